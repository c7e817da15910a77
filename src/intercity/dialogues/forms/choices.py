"""Choices that several forms offer, and inputs that every browser knows."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings

from intercity.cities.models import Network
from intercity.core.language.names import language_name

Choices = list[tuple[str, str]]


def language_choices(*others: str) -> Choices:
    """The network's languages, each by its own name; `others` are added where they are not among them."""
    network = Network.current()
    codes = list(network.languages) if network is not None else []
    codes = codes or [code for code, _name in settings.LANGUAGES]
    return [(code, language_name(code)) for code in dict.fromkeys([*codes, *others]) if code]


def call_needed(form: forms.Form, *names: str) -> None:
    """Not called optional beside the input: it may be left empty now, and is needed for what comes next."""
    for name in names:
        form.fields[name].is_needed = True  # type: ignore[attr-defined]


def day_input() -> forms.DateInput:
    """A day, chosen from the browser's own calendar."""
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


def time_input() -> forms.DateTimeInput:
    """A day and a time of day, from the browser's own calendar."""
    return forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")


def words_input(rows: int, **attributes: Any) -> forms.Textarea:
    """Words that people will read, in whatever direction they are written."""
    return forms.Textarea(attrs={"rows": rows, "dir": "auto", **attributes})
