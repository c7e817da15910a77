"""Words that somebody writes in a language which they say; asked once where the words look like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import Cities, City
from intercity.core.language.identifying import identify
from intercity.core.language.names import language_name
from intercity.core.language.normalising import normalise
from intercity.languages.network import network_languages

if TYPE_CHECKING:
    OneCity = forms.ModelChoiceField[City]
else:
    OneCity = forms.ModelChoiceField


class CityChoice(OneCity):
    """Cities by their names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The city's name."""
        return str(obj.named(get_language() or "en"))


def line_input() -> forms.TextInput:
    """A line that people will read, in whatever direction it is written."""
    return forms.TextInput(attrs={"dir": "auto"})


def words_input(rows: int) -> forms.Textarea:
    """Words that people will read, in whatever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def languages_to_choose() -> list[tuple[str, str]]:
    """The network's languages, each by its own name."""
    return [(code, language_name(code)) for code in network_languages()]


class SayingForm(forms.Form):
    """Words and their language. `SAID` are the fields with words; `confirmed` is the language that was asked about."""

    SAID: ClassVar[tuple[str, ...]] = ()

    language = forms.ChoiceField(
        label=_("Language of your words"),
        help_text=_("Write in the language you know best. Others read it in theirs."),
    )
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """With the network's languages; the reader's is chosen where nothing is stored."""
        super().__init__(*args, **kwargs)
        choices = languages_to_choose()
        stored = str(self.initial.get("language", ""))
        if stored and stored not in dict(choices):
            choices.append((stored, language_name(stored)))
        self.codes = [code for code, _name in choices]
        self.choose("language", choices)
        reader = get_language() or ""
        self.fields["language"].initial = reader if reader in self.codes else next(iter(self.codes), "en")

    def choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        """Set what can be chosen in a field."""
        field = self.fields[name]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices

    def choose_city(self, name: str, cities: Cities) -> None:
        """Set which cities can be chosen; the only one is chosen already."""
        field = self.fields[name]
        if isinstance(field, forms.ModelChoiceField):
            field.queryset = cities
            some = list(cities[:2])
            field.initial = some[0].pk if len(some) == 1 else None

    def clean(self) -> dict[str, Any]:
        """Words that are surely in another language: ask once, then the author's word stands."""
        given = super().clean() or {}
        chosen, confirmed = str(given.get("language", "")), str(given.get("confirmed", ""))
        words = "\n".join(str(given.get(name) or "") for name in self.SAID)
        if not chosen or confirmed == chosen or not words.strip():
            return given
        found = identify(normalise(words).text, self.codes, interface=get_language() or "")
        if found.is_sure and found.language and found.language != chosen:
            self.data = {**self.data.dict(), "confirmed": chosen}  # type: ignore[attr-defined]
            self.add_error("language", _ask(chosen, found.language))
        return given


def _ask(chosen: str, found: str) -> str:
    reader = get_language() or "en"
    return gettext(
        "%(chosen)s was chosen, and the words look like %(found)s. "
        "Choose the language that they are in and send them again; what you choose then counts."
    ) % {"chosen": language_name(chosen, reader), "found": language_name(found, reader)}
