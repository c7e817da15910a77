"""Words that somebody writes in a language which they say; asked once where the words look like another one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
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


def line_input(**attributes: Any) -> forms.TextInput:
    """A line that people will read."""
    return forms.TextInput(attrs={"dir": "auto", **attributes})


def words_input(rows: int) -> forms.Textarea:
    """Words that people will read, in whatever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto"})


def day_input() -> forms.DateInput:
    """A day, chosen or typed as 2026-05-17."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def hour_input() -> forms.TimeInput:
    """An hour, chosen or typed as 14:30."""
    return forms.TimeInput(attrs={"type": "time"}, format="%H:%M")


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
        stored = str(self.initial.get("language", ""))
        codes = [code for code in dict.fromkeys([*network_languages(), stored]) if code]
        self.codes = codes
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = [(code, language_name(code)) for code in codes]
        reader = get_language() or ""
        field.initial = reader if reader in codes else next(iter(codes), "en")

    def clean(self) -> dict[str, Any]:
        """Words that are surely in another language: ask once, then the author's word stands."""
        given = super().clean() or {}
        chosen, confirmed = str(given.get("language", "")), str(given.get("confirmed", ""))
        words = "\n".join(str(given.get(name) or "") for name in self.SAID)
        if not chosen or confirmed == chosen or not words.strip():
            return given
        found = identify(normalise(words).text, self.codes, interface=get_language() or "")
        if found.is_sure and found.language and found.language != chosen:
            self.data = {**self.data.dict(), **self._lists(), "confirmed": chosen}  # type: ignore[attr-defined]
            self.add_error("language", self._ask(chosen, found.language))
        return given

    def _lists(self) -> dict[str, Any]:
        """What was ticked, which a copy with one value of each name would lose."""
        several = [name for name, field in self.fields.items() if isinstance(field, forms.MultipleChoiceField)]
        return {name: self.data.getlist(name) for name in several}  # type: ignore[attr-defined]

    def _ask(self, chosen: str, found: str) -> str:
        reader = get_language() or "en"
        return gettext(
            "%(chosen)s was chosen, and the words look like %(found)s. "
            "Choose the language that they are in and send them again; what you choose then counts."
        ) % {"chosen": language_name(chosen, reader), "found": language_name(found, reader)}
