"""Forms about a practice that is written: notes, how it stands, who checked it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import NotAllowedError, Visitor, has_role, not_allowed
from intercity.practices.actions.rights import require_other_officer
from intercity.practices.forms.choices import line_input
from intercity.practices.models import Practice, PracticeStatus, Verification


class NoteForm(forms.Form):
    """One line about a change or a withdrawal."""

    note = forms.CharField(
        label=_("What you changed"),
        help_text=_("One line for the list of versions."),
        max_length=300,
        required=False,
        widget=line_input(),
    )

    def __init__(self, *args: Any, asks_why: bool = False, **kwargs: Any) -> None:
        """Of a withdrawal, why."""
        super().__init__(*args, **kwargs)
        if asks_why:
            self.fields["note"].label = _("Why")
            self.fields["note"].help_text = _("For your colleagues; it stays in the record.")


class StatusForm(forms.Form):
    """How it stands with the thing itself, today."""

    status = forms.ChoiceField(
        label=_("How does it stand today?"), choices=PracticeStatus.choices, widget=forms.RadioSelect
    )


class VerifyForm(forms.Form):
    """As whom somebody says that they have looked at it."""

    verification = forms.ChoiceField(label=_("What can you say?"), widget=forms.RadioSelect)
    by = forms.CharField(
        label=_("Who checked it"),
        help_text=_("Only of somebody independent: a university, an auditor, another organisation."),
        max_length=200,
        required=False,
        widget=line_input(),
    )

    def __init__(self, choices: list[tuple[str, Any]], *args: Any, **kwargs: Any) -> None:
        """With what this person can say."""
        super().__init__(*args, **kwargs)
        field = self.fields["verification"]
        if isinstance(field, forms.ChoiceField):
            field.choices = choices
        field.initial = choices[0][0]
        if Verification.INDEPENDENT not in dict(choices):
            del self.fields["by"]


def may_verify_as(person: Visitor, practice: Practice) -> list[tuple[str, Any]]:
    """What a person can say of who checked a practice; NotAllowedError where they can say nothing."""
    found = []
    try:
        require_other_officer(person, practice.city)
    except NotAllowedError:
        pass
    else:
        found.append(Verification.PEER)
    if has_role(person, Role.SECRETARIAT):
        found += [Verification.SECRETARIAT, Verification.INDEPENDENT]
    if not found:
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    return [(one.value, one.label) for one in found]
