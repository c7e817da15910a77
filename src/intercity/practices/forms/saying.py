"""Words that somebody writes in a language which they say; asked once where the words look like another one."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Membership, Role
from intercity.accounts.rights import Visitor
from intercity.cities.models import Cities, City
from intercity.core.language.names import language_name
from intercity.practices.forms.choices import CityChoice, language_choices, other_language, reader_language


class SayingForm(forms.Form):
    """Words and their language. `SAID` are the fields with words; `confirmed` is the language that was asked about."""

    SAID: ClassVar[tuple[str, ...]] = ()
    HELP: ClassVar[Any] = _("Write in the language you know best.")

    language = forms.ChoiceField(label=_("Language of your words"))
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the network's languages; the reader's is chosen."""
        super().__init__(*args, **kwargs)
        choices = language_choices(self.initial.get("language", ""))
        self.codes = [code for code, _name in choices]
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        field.initial = reader_language(choices)
        field.help_text = self.HELP

    def said(self) -> str:
        """All words that were typed."""
        return "\n".join(str(self.cleaned_data.get(name) or "") for name in self.SAID)

    def clean(self) -> dict[str, Any]:
        """Words that are surely in another language: ask once, then the author's word stands."""
        given = super().clean() or {}
        chosen = str(given.get("language", ""))
        found = other_language(self.said(), chosen, self.codes, str(given.get("confirmed", ""))) if chosen else ""
        if found:
            self.data = {**self.data.dict(), "confirmed": chosen}  # type: ignore[attr-defined]
            self.add_error(
                "language",
                gettext(
                    "%(chosen)s was chosen, and the words look like %(found)s. "
                    "Choose the language that they are in and send them again; what you choose then counts."
                )
                % {
                    "chosen": language_name(chosen, get_language() or "en"),
                    "found": language_name(found, get_language() or "en"),
                },
            )
        return given


class OfCityForm(SayingForm):
    """Words that are said for a city; the city of whoever writes is chosen."""

    city = CityChoice(queryset=City.objects.none(), label=_("For which city"), empty_label=_("Choose a city"))

    def __init__(self, person: Visitor, cities: Cities, *args: Any, **kwargs: Any) -> None:
        """Only cities for which the person may speak."""
        super().__init__(*args, **kwargs)
        field = self.fields["city"]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cities
        own = cities.filter(pk__in=_own(person))
        field.initial = own[0].pk if len(own) == 1 else None


def _own(person: Visitor) -> list[int]:
    held = Membership.objects.current().filter(person__pk=(person.pk if person else None) or 0, role=Role.OFFICER)
    return [pk for pk in held.values_list("city", flat=True) if pk]
