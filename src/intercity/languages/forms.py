"""What is typed on the pages of languages."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.core.language.names import language_name
from intercity.languages.exchange import FORMATS
from intercity.languages.models import GlossaryTerm


def language_choices(*codes: str) -> list[tuple[str, str]]:
    """Languages, each by its own name."""
    return [(code, language_name(code)) for code in dict.fromkeys(codes) if code]


class ReviewForm(forms.Form):
    """A translation, and what its reader said of it; `seen` and `version` say what stood there when it was opened."""

    body = forms.CharField(label=_("Translation"))
    seen = forms.CharField(required=False, widget=forms.HiddenInput, strip=False)
    version = forms.IntegerField(widget=forms.HiddenInput)
    what = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, language: str, *args: Any, **kwargs: Any) -> None:
        """The input is in the language of the translation, whatever that of the page."""
        super().__init__(*args, **kwargs)
        self.fields["body"].widget = forms.Textarea(attrs={"rows": 7, "lang": language, "dir": "auto"})

    def clean(self) -> dict[str, Any]:
        """Words that were changed and then called right as they were: ask which is meant."""
        given = super().clean() or {}
        if given.get("what") == "right" and _lines(given.get("body", "")) != _lines(given.get("seen", "")):
            self.add_error(
                "body",
                _("You changed the words. Save your correction, or put them back before you say that they are right."),
            )
        return given

    def look_again(self, seen: str, version: int) -> None:
        """Shown again beside what stands there now, so that the next press counts for that."""
        self.data = {**self.data.dict(), "seen": seen, "version": str(version)}  # type: ignore[attr-defined]


def _lines(words: str) -> str:
    """A browser sends the ends of lines in its own way."""
    return words.replace("\r\n", "\n").strip()


class ComplaintForm(forms.Form):
    """What is wrong with a translation, if somebody wants to say it."""

    note = forms.CharField(
        label=_("What is wrong?"),
        help_text=_("A word or a better sentence helps whoever corrects it. Do not write who you are."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
    )


class TermForm(forms.Form):
    """A term of the glossary, and how it is said in each language of the network."""

    words = forms.CharField(label=_("Term"), max_length=120, widget=forms.TextInput(attrs={"dir": "auto"}))
    language = forms.ChoiceField(
        label=_("Language of the term"), help_text=_("The language in which the network agreed on it.")
    )
    meaning = forms.CharField(
        label=_("What is meant"),
        help_text=_("One sentence, so that translators choose the right word."),
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "dir": "auto"}),
    )

    def __init__(self, languages: tuple[str, ...], term: GlossaryTerm | None, *args: Any, **kwargs: Any) -> None:
        """A field for each language, filled in where the term is there already."""
        super().__init__(*args, **kwargs)
        said = {word.language: word.words for word in term.translations.all()} if term else {}
        codes = tuple(dict.fromkeys([*languages, *said]))
        choice = self.fields["language"]
        choice.choices = language_choices(*codes, term.language if term else "")  # type: ignore[attr-defined]
        if term is not None:
            self.initial.update(words=term.words, language=term.language, meaning=term.meaning)
        reader = get_language() or "en"
        for code in codes:
            attributes = {"lang": code, "dir": "auto"}
            self.fields[_in(code)] = forms.CharField(
                label=language_name(code, reader),
                required=False,
                max_length=120,
                initial=said.get(code, ""),
                widget=forms.TextInput(attrs=attributes),
            )
        self.codes = codes

    def translations(self) -> dict[str, str]:
        """What was typed for each other language; empty where there is no agreed word."""
        own = self.cleaned_data["language"]
        return {code: self.cleaned_data[_in(code)] for code in self.codes if code != own}


def _in(code: str) -> str:
    return f"in_{code}"


class FetchForm(forms.Form):
    """Which texts, in which format, an outside translator is to get."""

    format = forms.ChoiceField(label=_("Format"), choices=FORMATS, initial=FORMATS[0][0], widget=forms.RadioSelect)
    everything = forms.BooleanField(label=_("Also texts whose translation was checked"), required=False)


class BringForm(forms.Form):
    """A file that came back."""

    file = forms.FileField(
        label=_("The translated file"),
        help_text=_("PO or XLIFF, as it was downloaded here, with translations filled in."),
        widget=forms.FileInput(attrs={"accept": ".po,.xlf,.xliff"}),
    )
