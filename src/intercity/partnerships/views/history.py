"""What happened to a commitment or an agreement, step by step, and what each step changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.core.language.formats import format_day
from intercity.languages.models import Text
from intercity.partnerships.models import AgreementStep, AgreementStepKind, CommitmentStep, CommitmentStepKind

LABELS: Mapping[str, Any] = {
    "text": _("What is promised"),
    "owner": _("Who does it"),
    "due_on": _("Until when"),
    "known_by": _("How one will know"),
    "confirmer_city": _("Which city confirms it"),
    "confirmer_group": _("Which group confirms it"),
    "title": _("Title"),
    "why": _("Why it was made"),
    "signed_on": _("Signed on"),
    "review_on": _("To be looked at again on"),
    "parties": _("Who signed it"),
    "source": _("Source"),
}
"""What of a document is compared, and what it is called."""
DAYS = frozenset({"due_on", "review_on"})


@dataclass(frozen=True)
class Change:
    """What a step put in the place of something else, as people read it."""

    label: Any
    before: str
    after: str


@dataclass(frozen=True)
class Step:
    """A step: what was done, by which office, when, why, and what became different."""

    said: str
    made_as: str
    made_at: datetime
    reason: Text | None
    changes: tuple[Change, ...]


def told(steps: Iterable[CommitmentStep | AgreementStep]) -> list[Step]:
    """The steps in order, each with what is different from the one before."""
    found, before = [], None
    kinds = dict([*AgreementStepKind.choices, *CommitmentStepKind.choices])
    for one in steps:
        said = str(kinds.get(one.what, one.what))
        changes = () if before is None else tuple(_changes(before, one.document))
        found.append(Step(said, one.made_as, one.made_at, one.reason, changes))
        before = one.document
    return found


def _changes(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterable[Change]:
    for name, label in LABELS.items():
        if name in after and before.get(name) != after[name]:
            yield Change(label, _plain(name, before.get(name)), _plain(name, after[name]))


def _plain(name: str, value: Any) -> str:
    """A value of a document in words; "–" where nothing stood there."""
    if isinstance(value, Mapping):
        value = value.get("body", "")
    elif isinstance(value, list):
        value = " · ".join(str(one.get("city") or one.get("name") or "") for one in value)
    elif value and name in DAYS:
        value = format_day(date.fromisoformat(value), get_language() or "en", "long")
    return str(value or "–")
