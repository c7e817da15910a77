"""Forms by which moderators decide."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext, gettext_lazy

from intercity.dialogues.forms.choices import call_needed
from intercity.dialogues.models import Dialogue, Reason, Statement

DECISIONS = ("accept", "remove", "merge")


class DecideForm(forms.Form):
    """What is decided on the statements that are ticked."""

    what = forms.ChoiceField(choices=[(name, name) for name in DECISIONS], widget=forms.HiddenInput)
    statements = forms.TypedMultipleChoiceField(
        coerce=int, required=False, widget=forms.MultipleHiddenInput, label=gettext_lazy("Statements")
    )
    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=[("", gettext_lazy("Choose a reason")), *Reason.choices],
        required=False,
        help_text=gettext_lazy("Needed to remove. It is counted on the public page about moderation."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For other moderators and the log."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
    into = forms.IntegerField(
        label=gettext_lazy("Number of the statement that stays"),
        min_value=1,
        required=False,
        help_text=gettext_lazy("Needed to merge. Votes on the others then count for it."),
    )

    def __init__(self, dialogue: Dialogue, *args: Any, **kwargs: Any) -> None:
        """On statements of this dialogue."""
        super().__init__(*args, **kwargs)
        self.dialogue = dialogue
        self.found: list[Statement] = []
        call_needed(self, "reason", "into")
        chosen = self.fields["statements"]
        if isinstance(self.data, QueryDict) and isinstance(chosen, forms.TypedMultipleChoiceField):
            typed = [number for number in self.data.getlist("statements") if number.isdecimal() and len(number) < 10]
            self.found = list(dialogue.statements.with_words().filter(number__in=typed[:1000]))
            chosen.choices = [(str(one.number), str(one.number)) for one in self.found]

    def clean_statements(self) -> list[Statement]:
        """The statements themselves."""
        numbers = self.cleaned_data["statements"]
        if not numbers:
            raise ValidationError(gettext("No statement is ticked. Tick at least one."))
        return [one for one in self.found if one.number in numbers]

    def clean(self) -> dict[str, Any]:
        """Find the statement that others are merged into."""
        cleaned = super().clean() or {}
        if cleaned.get("what") == "merge":
            number = cleaned.get("into") or 0
            cleaned["into"] = self.dialogue.statements.filter(number=number).first()
            if cleaned["into"] is None and "into" not in self.errors:
                self.add_error("into", gettext("Type the number of a statement of this dialogue that is shown."))
        return cleaned


class BanForm(forms.Form):
    """Why the participant who wrote a statement is excluded."""

    reason = forms.ChoiceField(
        label=gettext_lazy("Reason"),
        choices=Reason.choices,
        widget=forms.RadioSelect,
        help_text=gettext_lazy("From the published policy."),
    )
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=500,
        required=False,
        help_text=gettext_lazy("For other moderators and the log."),
        widget=forms.TextInput(attrs={"dir": "auto"}),
    )
