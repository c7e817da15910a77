"""What is filled in for a program that is told."""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.partnerships.models import WebhookEvent
from intercity.practices.forms.choices import line_input


class WebhookForm(forms.Form):
    """An address, and what it is told."""

    address = forms.CharField(
        label=_("Address"),
        help_text=_("Where your program listens; it begins with https://."),
        max_length=500,
        widget=forms.URLInput(attrs={"dir": "ltr"}),
    )
    events = forms.MultipleChoiceField(
        label=_("What it is told of"), choices=WebhookEvent.choices, widget=forms.CheckboxSelectMultiple
    )
    note = forms.CharField(label=_("What for"), max_length=200, required=False, widget=line_input())
