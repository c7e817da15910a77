"""Forms about people."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from intercity.accounts.actions import CITY_ROLES
from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.people import cities_for
from intercity.accounts.rights import Visitor, has_role
from intercity.core.language.names import language_name

NETWORK = "network"


def languages() -> list[tuple[str, str]]:
    """The languages of the interface, each by its own name."""
    return [(code, language_name(code)) for code, _english in settings.LANGUAGES]


class NameForm(forms.Form):
    """Who somebody is."""

    name = forms.CharField(
        label=_("Name"), max_length=150, help_text=_("As it is written on letters. Others of the network see it.")
    )
    email = forms.EmailField(
        label=_("E-mail address"),
        required=False,
        help_text=_("Codes to sign in go there. Without an address, a printed card signs in."),
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )
    language = forms.ChoiceField(label=_("Language of letters and pages"), choices=languages)


class RoleForm(forms.Form):
    """A role that the giver may give."""

    role = forms.ChoiceField(label=_("Role"))
    city: forms.ModelChoiceField[Any] = forms.ModelChoiceField(queryset=None, label=_("City"), required=False)
    mailbox = forms.EmailField(
        label=_("Role mailbox"),
        required=False,
        help_text=_("An address of the office, not of a person: letters go there, whoever holds the role."),
    )

    def __init__(self, giver: Visitor, *args: Any, required: bool = True, **kwargs: Any) -> None:
        """Offer what the giver may give."""
        super().__init__(*args, **kwargs)
        everything = has_role(giver, Role.SECRETARIAT)
        # The secretariat's own role comes last, and nothing is chosen beforehand: nobody gets it by a hasty click.
        roles = [*CITY_ROLES, Role.SECRETARIAT] if everything else list(CITY_ROLES)
        nothing = [("", _("Choose") if required else _("No role yet"))]
        role, city = self.fields["role"], self.fields["city"]
        role.required = required
        role.choices = [*nothing, *((each.value, each.label) for each in roles)]  # type: ignore[attr-defined]
        cities = cities_for(giver)
        city.queryset = cities  # type: ignore[attr-defined]
        city.required = not everything
        city.empty_label = _("The whole network") if everything else _("Choose")  # type: ignore[attr-defined]
        if not everything and len(cities) == 1:
            city.initial = cities[0]


class PersonForm(NameForm, RoleForm):
    """Somebody new, with or without a role."""

    field_order = ("name", "email", "language", "role", "city", "mailbox")

    def __init__(self, giver: Visitor, *args: Any, **kwargs: Any) -> None:
        """The secretariat may add people without a role."""
        super().__init__(giver, *args, required=not has_role(giver, Role.SECRETARIAT), **kwargs)


class HandOverForm(NameForm):
    """Who follows, and where."""

    place = forms.ChoiceField(label=_("Where you leave"), help_text=_("All your roles there go to your successor."))
    field_order = ("place", "name", "email", "language")

    def __init__(self, leaver: Person, *args: Any, **kwargs: Any) -> None:
        """Offer the places in which somebody has roles."""
        super().__init__(*args, **kwargs)
        roles = Membership.objects.current().filter(person=leaver).select_related("city")
        self.places = {str(each.city_id or NETWORK): each.city for each in roles}
        place = self.fields["place"]
        place.choices = [  # type: ignore[attr-defined]
            (key, city.name if city else _("The whole network")) for key, city in self.places.items()
        ]
        self.fields["name"].label = _("Name of your successor")
        self.fields["email"].help_text = _(
            "The successor's own address. Without one, the secretariat prints a card to sign in."
        )


class ProfileForm(forms.Form):
    """One's own name and language."""

    name = forms.CharField(label=_("Name"), max_length=150, widget=forms.TextInput(attrs={"autocomplete": "name"}))
    language = forms.ChoiceField(label=_("Language"), choices=languages)


class CardForm(forms.Form):
    """The code of a printed card."""

    code = forms.CharField(
        label=_("Code on the card"),
        max_length=40,
        help_text=_("Ten letters and digits. Spaces, hyphens and small letters do no harm."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autocapitalize": "characters", "spellcheck": "false"}
        ),
    )
