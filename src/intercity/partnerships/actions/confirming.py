"""A second party says that a promise is kept, or that it is not yet. There is no other way to "kept"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.core import signing
from django.db import transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.cities.models import City
from intercity.cities.rights import check_simulated, name_of
from intercity.languages.actions import write_text
from intercity.partnerships.actions.rights import last_done, require_second_party
from intercity.partnerships.actions.stepping import Said, locked, reason_of, step
from intercity.partnerships.models import (
    Commitment,
    CommitmentState,
    CommitmentStepKind,
    Confirmation,
    ConfirmerKind,
    ProgressReport,
)
from intercity.practices.actions.checking import words_of
from intercity.refusals import RefusedError

SALT = "intercity.partnerships.confirm"
VALID_FOR = timedelta(days=60)
"""How long the link in a letter to a group of residents answers."""
LONGEST_REASON = 1_000


class LinkError(RefusedError):
    """A link to confirm something is damaged, too old, or has been replaced."""


@dataclass(frozen=True)
class _Answer:
    """What the second party says of the report that it saw."""

    seen: int
    is_so: bool
    reason: Said | None
    is_simulated: bool = False


def confirm(
    person: Visitor,
    commitment: Commitment,
    *,
    seen: int,
    is_so: bool,
    reason: Said | None = None,
    is_simulated: bool = False,
) -> Confirmation:
    """Say for the named second party that it is done, or that it is not yet, and why: then it is open again.

    `seen` is the key of the last report that the person read. What a group of residents says by word of mouth, a
    moderator or the secretariat enters: then the reason says who said it, when and how.
    """
    check_simulated(is_simulated)
    with transaction.atomic():
        found = locked(commitment)
        author = require_second_party(person, found, last_done(found))
        said = _Answer(seen, is_so, _reason(found, is_so, reason, by_link=False), is_simulated)
        made = _settle(author, found, said)
    commitment.refresh_from_db()
    return made


def confirm_by_link(token: str, is_so: bool, reason: Said | None = None) -> Confirmation:
    """Say the same for a group of residents by the link of its letter; LinkError where the link does not answer."""
    commitment, report = read_link(token)
    with transaction.atomic():
        found = locked(commitment)
        if _mark(found) != _mark(commitment):
            raise _replaced()
        return _settle(None, found, _Answer(report.pk, is_so, _reason(found, is_so, reason, by_link=True)))


def link_token(report: ProgressReport) -> str:
    """What stands in the link of the letter: it answers for one report and one mailbox of the group, for 60 days."""
    return signing.dumps([report.pk, _mark(report.commitment)], salt=SALT)


def read_link(token: str) -> tuple[Commitment, ProgressReport]:
    """The commitment and the report that a link is about; LinkError where it answers no more."""
    try:
        key, mark = signing.loads(token, salt=SALT, max_age=VALID_FOR)
    except signing.SignatureExpired:
        raise LinkError(
            _("This link is older than %(days)d days. Write to the secretariat, and it sends you a new one.")
            % {"days": VALID_FOR.days}
        ) from None
    except (signing.BadSignature, ValueError, TypeError):
        raise LinkError(_("This link is not complete. Copy all of it from the letter.")) from None
    report = ProgressReport.objects.select_related("commitment__text", "text").filter(pk=key).first()
    if report is None or not mark or _mark(report.commitment) != mark:
        raise _replaced()
    return report.commitment, report


def _replaced() -> LinkError:
    return LinkError(_("Somebody else confirms this by now, so this link does not answer any more."))


def _mark(commitment: Commitment) -> str:
    """Which group and which mailbox of it may answer; another one makes old links void, and shows no address."""
    if commitment.confirmer != ConfirmerKind.RESIDENTS:
        return ""
    who = f"{commitment.confirmer_group}\n{commitment.confirmer_mailbox.lower()}"
    return salted_hmac(SALT, who, algorithm="sha256").hexdigest()[:16]


def _reason(commitment: Commitment, is_so: bool, reason: Said | None, *, by_link: bool) -> Said | None:
    """Why; needed of what is not so, and of what somebody enters for a group of residents."""
    if not is_so:
        return reason_of(reason, _("Say what is missing, so that the owner knows what to do."))
    if commitment.confirmer == ConfirmerKind.RESIDENTS and not by_link:
        return reason_of(reason, _("You enter this for the group. Say who said it, when, and how."))
    kept = words_of("reason", reason or ("", ""), LONGEST_REASON)
    return kept if kept[1] else None


def _settle(author: Person | None, commitment: Commitment, said: _Answer) -> Confirmation:
    """Write what the second party says into a locked commitment."""
    if commitment.state != CommitmentState.REPORTED:
        raise RefusedError(
            _("Number %(number)d does not wait for confirmation: it stands as “%(state)s”.")
            % {"number": commitment.number, "state": commitment.get_state_display()}
        )
    last = commitment.reports.order_by("-pk").first()
    report = last_done(commitment)
    # A link answers for the report it was sent for, whatever was told beside it: its page shows that, too.
    expected = report if author is None else last
    if report is None or expected is None or said.seen != expected.pk:
        raise RefusedError(_("Something was reported since you opened this. Read it once more, then answer."), "seen")
    city = commitment.confirmer_city if commitment.confirmer == ConfirmerKind.CITY else None
    made = Confirmation.objects.create(
        commitment=commitment,
        report=report,
        is_so=said.is_so,
        reason=write_text(*said.reason) if said.reason else None,
        kind=commitment.confirmer,
        city=city,
        group=commitment.confirmer_group,
        by_link=author is None,
        made_by=author,
        is_simulated=said.is_simulated,
    )
    if said.is_so:
        what, commitment.state = CommitmentStepKind.CONFIRMED, CommitmentState.KEPT
        commitment.settled_on = timezone.localdate()
    else:
        what, commitment.state, commitment.done_on = CommitmentStepKind.NOT_CONFIRMED, CommitmentState.OPEN, None
    step(
        author,
        commitment,
        what,
        reason=said.reason,
        made_as=_second(author, commitment, city),
        confirmation=made.pk,
        by_link=author is None,
    )
    return made


def _second(author: Person | None, commitment: Commitment, city: City | None) -> str:
    """For whom the second party speaks."""
    return commitment.confirmer_group or (city.name if city else name_of(author, None) if author else "")
