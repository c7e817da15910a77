"""Asking those who did something, and answering."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.practices.forms.choices import words_input
from intercity.practices.forms.saying import OfCityForm, SayingForm
from intercity.practices.models import DeclineReason


class AskForm(OfCityForm):
    """A question of a city."""

    SAID = ("body",)
    HELP = _("Write in the language you know best. Others read it in theirs.")

    body = forms.CharField(
        label=_("Your question"),
        help_text=_("One question, so that it can be answered in a few sentences. Say what you want to do with it."),
        max_length=2000,
        widget=words_input(5),
    )
    field_order = ("city", "body", "language")


class AnswerForm(SayingForm):
    """An answer, which everybody reads."""

    SAID = ("body",)
    HELP = _("Write in the language you know best. Others read it in theirs.")

    body = forms.CharField(
        label=_("Your answer"),
        help_text=_("Two or three sentences are enough. Everybody can read it, so that nobody asks you again."),
        max_length=4000,
        widget=words_input(6),
    )
    field_order = ("body", "language")


class DeclineForm(forms.Form):
    """Why a question will not be answered."""

    because = forms.ChoiceField(
        label=_("Why not?"),
        help_text=_("Whoever asked reads this sentence in their language."),
        choices=DeclineReason.choices,
        widget=forms.RadioSelect,
    )
