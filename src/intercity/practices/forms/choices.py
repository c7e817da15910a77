"""Choices and inputs that the forms of practices and challenges share."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intercity.cities.models import City
from intercity.core.language.identifying import identify
from intercity.core.language.names import language_name
from intercity.core.language.normalising import normalise
from intercity.languages.network import network_languages
from intercity.practices.dates import first_day

Choices = list[tuple[str, Any]]

if TYPE_CHECKING:
    OneCity = forms.ModelChoiceField[City]
else:
    OneCity = forms.ModelChoiceField


class CityChoice(OneCity):
    """Cities by their names in the reader's language."""

    def label_from_instance(self, obj: Any) -> str:
        """The city's name."""
        return str(obj.named(get_language() or "en"))


class WhenField(forms.CharField):
    """A year, a month or a day, as far as it is known."""

    def __init__(self, **options: Any) -> None:
        """Short, and typed without a calendar, as nobody knows the day a market was roofed."""
        options.setdefault(
            "help_text", _("A year, a month or a day, as far as it is known: 2021, 2021-05, 2021-05-17.")
        )
        super().__init__(max_length=10, widget=forms.TextInput(attrs={"size": "10", "dir": "ltr"}), **options)

    def clean(self, value: Any) -> str:
        """With Latin digits and hyphens; refused where it is no such thing."""
        typed = str(super().clean(value))
        day = "".join(str(int(sign)) if sign.isdecimal() else sign for sign in re.sub("[./‐‑–]", "-", typed))
        if day and first_day(day) is None:
            raise ValidationError(
                gettext("“%(typed)s” came. Write a year, a month or a day: 2021, 2021-05 or 2021-05-17.")
                % {"typed": typed}
            )
        return day


def language_choices(*others: str) -> Choices:
    """The network's languages, each by its own name; `others` are added where they are not among them."""
    return [(code, language_name(code)) for code in dict.fromkeys([*network_languages(), *others]) if code]


def reader_language(choices: Choices) -> str:
    """The language of the page where it can be chosen, else the first that can."""
    codes = [code for code, _name in choices]
    reader = get_language() or ""
    return reader if reader in codes else next(iter(codes), "en")


def other_language(words: str, chosen: str, codes: list[str], confirmed: str) -> str:
    """The language that words are surely in, where it is not the one that was chosen; else nothing.

    Asked once: after the author has `confirmed` a language, their word stands.
    """
    if confirmed == chosen or not words.strip():
        return ""
    found = identify(normalise(words).text, codes, interface=get_language() or "")
    return found.language if found.is_sure and found.language and found.language != chosen else ""


def answered(data: Any, **answers: str) -> Any:
    """What a form sent, with other hidden answers: a copy, since what came stays as it came."""
    again = data.copy()
    for name, answer in answers.items():
        again[name] = answer
    return again


def words_input(rows: int, **attributes: Any) -> forms.Textarea:
    """Words that people will read, in whatever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attributes})


def line_input(**attributes: Any) -> forms.TextInput:
    """A line that people will read."""
    return forms.TextInput(attrs={"dir": "auto", **attributes})


def label_of(model: Any, name: str) -> Any:
    """What a column is called, as the label of an input."""
    return capfirst(model._meta.get_field(name).verbose_name)


def call_needed(form: forms.Form, *names: str) -> None:
    """Not called optional beside the input: it may be left empty now, and is needed for what comes next."""
    for name in names:
        form.fields[name].is_needed = True  # type: ignore[attr-defined]
