"""The form in which the words of a letter are written."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.letters.kinds import LONGEST_BODY, LONGEST_SUBJECT


class WordingForm(forms.Form):
    """Subject and words; `version` is that of the words that its writer saw."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    body = forms.CharField(
        label=_("Words"),
        max_length=LONGEST_BODY,
        widget=forms.Textarea(attrs={"rows": 16}),
        help_text=_("Names in braces are filled in when the letter is sent. An empty line begins a new paragraph."),
    )
    version = forms.IntegerField(min_value=0, widget=forms.HiddenInput)

    def __init__(self, language: str, *given: Any, **more: Any) -> None:
        """The words are in this language."""
        super().__init__(*given, **more)
        for name in ("subject", "body"):
            self.fields[name].widget.attrs.update(lang=language, dir="auto")

    def look_again(self, version: int) -> None:
        """Let what was typed be saved over what stands now, once its writer has seen that."""
        self.data = {**{name: self.data.get(name) for name in self.data}, "version": str(version)}
