"""Forms about cities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.cities.actions import BY_SECRETARIAT, faults
from intercity.cities.countries import country_choices
from intercity.cities.models import City, Network
from intercity.core.language.names import language_name, locale_of

if TYPE_CHECKING:
    CityModelForm = forms.ModelForm[City]
else:
    CityModelForm = forms.ModelForm  # Django's own cannot say of which model it is


def known_languages(city: City | None = None) -> list[tuple[str, str]]:
    """Languages to choose from: the network's, the interface's, and the city's."""
    network = Network.current()
    own = [*city.languages, *(one.language for one in city.names.all())] if city and city.pk else []
    codes = dict.fromkeys(
        [*(network.languages if network else []), *own, *(code for code, _name in settings.LANGUAGES)]
    )
    reader = get_language() or "en"
    return [(code, language_name(code, reader)) for code in codes]


class CityForm(CityModelForm):
    """What is said of a city, as far as somebody may change it."""

    country = forms.ChoiceField(label=_("Country or territory"))
    languages = forms.MultipleChoiceField(
        label=_("Languages of the city"), required=False, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = City
        fields = BY_SECRETARIAT
        labels: ClassVar = {"represented_source": _("Source for who represents it")}
        help_texts: ClassVar = {
            "name": _("In Latin letters. Names in other languages and scripts are added after."),
            "geonames_id": _("The number at the end of the place's address at geonames.org."),
            "wikidata_id": _("Like Q1858."),
            "locode": _("Like VNHAN: the country's two letters and three more."),
            "latitude": _("In degrees; south is negative."),
            "longitude": _("In degrees; west is negative."),
            "timezone": _("Like Asia/Bangkok."),
            "population": _(
                "A number has a year and a source. What is not known stays empty and is shown as not known."
            ),
            "population_definition": _("For example: residents of the city proper; of the whole municipality."),
            "population_source": _("A yearbook, a census, or an address."),
            "represented_by": _("Name and office, as published. Empty if not known."),
            "represented_source": _("Where it is published, best an address."),
            "mailbox": _("An address of the office, not of a person."),
        }
        widgets: ClassVar = {"joined_on": forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})}

    def __init__(self, *args: Any, allowed: tuple[str, ...] = BY_SECRETARIAT, **kwargs: Any) -> None:
        """Keep the fields that somebody may change."""
        super().__init__(*args, **kwargs)
        self.fields["country"].choices = country_choices(get_language() or "en")  # type: ignore[attr-defined]
        self.fields["languages"].choices = known_languages(self.instance)  # type: ignore[attr-defined]
        for name in set(self.fields) - set(allowed):
            del self.fields[name]

    def clean(self) -> dict[str, Any]:
        """A number without a year and a source is refused."""
        given = super().clean() or {}
        for field, message in faults(given, self.changed_data).items():
            self.add_error(field, message)
        return given


class NamesForm(forms.Form):
    """What a city is called in each language."""

    code = forms.CharField(
        label=_("Code of another language"), max_length=20, required=False, help_text=_("For example: ta, fil, pt-br.")
    )
    other = forms.CharField(label=_("Name in this language"), max_length=120, required=False)

    def __init__(self, city: City, *args: Any, **kwargs: Any) -> None:
        """One field for each language."""
        super().__init__(*args, **kwargs)
        self.known = {one.language: one.name for one in city.names.all()}
        self.by_field = {f"name-{code}": code for code, _name in known_languages(city)}
        for field, code in self.by_field.items():
            self.fields[field] = forms.CharField(
                label=language_name(code, get_language() or "en"),
                max_length=120,
                required=False,
                initial=self.known.get(code, ""),
                widget=forms.TextInput(attrs={"lang": code, "dir": "auto"}),
            )
        self.order_fields([*self.by_field, "code", "other"])

    def clean(self) -> dict[str, Any]:
        """A name in another language needs the code of that language, and the other way round."""
        given = super().clean() or {}
        code, other = given.get("code", ""), given.get("other", "")
        if bool(code) != bool(other):
            self.add_error(
                "other" if code else "code", _("Write both the code of the language and the name, or neither.")
            )
        elif code and locale_of(code) is None:
            self.add_error("code", _("This is not the code of a language. Examples: en, zh-hans, km."))
        return given

    def changes(self) -> dict[str, str]:
        """Languages whose name was changed, with the new name; empty where it was taken back."""
        given = {code: self.cleaned_data[field].strip() for field, code in self.by_field.items()}
        if self.cleaned_data["code"]:
            given[self.cleaned_data["code"].lower()] = self.cleaned_data["other"].strip()
        return {code: name for code, name in given.items() if name != self.known.get(code, "")}


class LeaveForm(forms.Form):
    """When a city left."""

    left_on = forms.DateField(label=_("Member until"), widget=forms.DateInput(attrs={"type": "date"}))
