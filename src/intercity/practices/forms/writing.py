"""The steps by which a practice is written: each has words in one language, and facts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.practices.forms.choices import (
    answered,
    language_choices,
    line_input,
    other_language,
    reader_language,
)
from intercity.practices.forms.headings import words_field
from intercity.practices.models import NEEDED, Practice, PracticeField, PracticeState


def lines(words: str) -> str:
    """A browser sends the ends of lines in its own way."""
    return words.replace("\r\n", "\n").strip()


class StepForm(forms.Form):
    """Words under headings, all in one language, and facts of a practice; `version` says what was there to begin with.

    `WORDS` are the headings, `FACTS` the columns that are stored as they are typed, `UNKNOWN` what can be said to be
    not known, `ORDER` what comes first on the page.
    """

    WORDS: ClassVar[tuple[str, ...]] = ()
    FACTS: ClassVar[tuple[str, ...]] = ()
    UNKNOWN: ClassVar[tuple[str, ...]] = ()
    ORDER: ClassVar[tuple[str, ...]] = ()

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)
    confirmed = forms.CharField(required=False, widget=forms.HiddenInput)
    language = forms.ChoiceField(
        label=_("Language of your words"),
        help_text=_("Write in the language you know best. Others read it in theirs."),
    )

    note = forms.CharField(
        label=_("What you changed"),
        help_text=_("One line for the list of versions. What you save is public at once."),
        max_length=300,
        required=False,
        widget=line_input(),
    )

    def __init__(self, practice: Practice | None, *args: Any, **kwargs: Any) -> None:
        """Filled with what is stored; the words of this step first."""
        self.stored = {name: text for name in self.WORDS if practice and (text := practice.text(name))}
        kwargs["initial"] = self._kept(practice) | kwargs.get("initial", {})
        super().__init__(*args, **kwargs)
        self.fields = {name: words_field(name) for name in self.WORDS} | self.fields
        for name, text in self.stored.items():
            self.fields[name].widget.attrs["lang"] = text.language
        for name in {*NEEDED} & self.fields.keys():
            self.fields[name].is_needed = True  # type: ignore[attr-defined]
        if practice is None or practice.state != PracticeState.PUBLISHED:
            del self.fields["note"]
        self._offer_languages(practice)
        self.order_fields(self.ORDER)

    def _kept(self, practice: Practice | None) -> dict[str, Any]:
        kept: dict[str, Any] = {name: text.body for name, text in self.stored.items()}
        if practice is not None:
            kept |= {name: getattr(practice, name) for name in self.FACTS}
            kept |= {f"unknown_{name}": name in practice.unknown for name in self.UNKNOWN}
            kept["version"] = practice.version
        return kept

    def _offer_languages(self, practice: Practice | None) -> None:
        if not self.WORDS:
            del self.fields["language"]
            return
        spoken = [text.language for text in self.stored.values()]
        title = practice.text(PracticeField.TITLE) if practice else None
        choices = language_choices(*spoken)
        self.codes = [code for code, _name in choices]
        field = self.fields["language"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        self.was = next(iter(spoken), title.language if title else reader_language(choices))
        field.initial = self.was

    def words(self) -> dict[str, tuple[str, str]]:
        """Headings whose words were changed, or whose language was; the others stay as somebody wrote them."""
        given, chosen = self.cleaned_data, self.cleaned_data.get("language", "")
        before = {name: text.body for name, text in self.stored.items()}
        spoken = {name: text.language for name, text in self.stored.items()}
        return {
            name: (chosen, lines(given[name]))
            for name in self.WORDS
            if lines(given[name]) != lines(before.get(name, ""))
            or (name in before and chosen not in {spoken[name], self.was})
        }

    def facts(self) -> dict[str, Any]:
        """What was said beside the words, and what to be not known."""
        given = self.cleaned_data
        unknown = {name: given[f"unknown_{name}"] for name in self.UNKNOWN if f"unknown_{name}" in given}
        return {name: given[name] for name in self.FACTS if name in given} | ({"unknown": unknown} if unknown else {})

    def looks_like(self) -> str:
        """The language of the words as it is recognised, where another one was chosen for them."""
        changed = self.words()
        if not changed:
            return ""
        typed = "\n".join(body for _language, body in changed.values())
        chosen = self.cleaned_data["language"]
        return other_language(typed, chosen, self.codes, str(self.data.get("confirmed", "")))

    def look_again(self, **answers: str) -> None:
        """Shown again with other hidden answers: over which version it is saved, which language was confirmed."""
        self.data = answered(self.data, **answers)
