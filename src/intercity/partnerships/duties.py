"""Letters that must be written by themselves: each may be tried twice, late, or after a crash, and is sent once.

Reminders are collected: one letter to a mailbox in a week (ISO 8601), with everything that it has promised and that
is due to be said. The letter's row names what it tells of before it is sent, so that whoever finishes it after a kill
tells of the same; that it was told is kept in the transaction in which the letter is marked as sent.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar

from django.db import transaction
from django.db.models import Exists, Model, OuterRef, Q
from django.utils import timezone

from intercity.audit.record import name_of
from intercity.cities.models import Network
from intercity.letters.kinds import LetterKind
from intercity.letters.marks import mark_of
from intercity.letters.models import Letter
from intercity.letters.recipients import Recipient, of_secretariat
from intercity.letters.sending import Fill, mark, post
from intercity.partnerships import letters
from intercity.partnerships.models import Agreement, Commitment, CommitmentState, Confirmation, ProgressReport
from intercity.partnerships.models.commitments import Commitments
from intercity.partnerships.reminding import BEFORE, is_to_remind, is_to_remind_this_week, monday_of, week_of

T = TypeVar("T")

A_TURN = 50
"""Letters of each kind in one turn, so that other duties have theirs."""
SILENT = timedelta(days=14)
"""After so long without a word the secretariat is told."""
TOLD_WITHIN = timedelta(days=30)
"""What happened longer ago is told to nobody any more: records that are brought in later write no letters."""


@dataclass(frozen=True)
class Digest:
    """A collected letter: its kind, the column that says when something was told, its page, and to whom it goes."""

    kind: LetterKind
    prefix: str
    told: str
    page: str
    to: Callable[[Commitment], list[Recipient]]


REMINDERS = Digest(letters.DUE, "due", "reminded_on", "commitments", letters.of_owner)
OVERDUE = Digest(letters.OVERDUE, "overdue", "escalated_on", "overdue", lambda _commitment: [of_secretariat()])


def remind() -> int:
    """Tell those who promised what is due in 30 and in 7 days, and what is late, week by week."""
    if not _writes():
        return 0
    return _finish(REMINDERS, _ours().open()) + _begin(REMINDERS, _to_remind)


def escalate() -> int:
    """Tell the secretariat, once, what is late for 14 days without a report, or waits so long for confirmation."""
    if not _writes():
        return 0
    return _finish(OVERDUE, _ours().unsettled()) + _begin(OVERDUE, _to_escalate)


def ask_to_confirm() -> int:
    """Ask the second party, once for each report that something is done, whether it is so."""
    if not _writes():
        return 0
    since = timezone.now() - TOLD_WITHIN
    later = ProgressReport.objects.filter(commitment=OuterRef("commitment"), says_done=True, pk__gt=OuterRef("pk"))
    found = (
        ProgressReport.objects.filter(says_done=True, made_at__gte=since, is_simulated=False)
        .filter(commitment__in=_ours().filter(state=CommitmentState.REPORTED))
        .exclude(Exists(later))
        .select_related("commitment__city", "commitment__confirmer_city", "commitment__text", "text")
        .order_by("pk")
    )
    return _each({_key_of(one): one for one in found}, _ask_to_confirm)


def tell_owners() -> int:
    """Tell those who promised, once, what the second party said."""
    if not _writes():
        return 0
    since = timezone.now() - TOLD_WITHIN
    found = (
        Confirmation.objects.filter(made_at__gte=since, is_simulated=False, commitment__in=_ours())
        .select_related("commitment__city", "commitment__text", "city", "report__text", "reason")
        .order_by("pk")
    )
    return _each({f"confirmation-{one.pk}": one for one in found}, _tell_owner)


def ask_to_review() -> int:
    """Ask each party, once for each review date, how an agreement stands."""
    if not _writes():
        return 0
    found = (
        Agreement.objects.to_review()
        .filter(review_on__gte=timezone.localdate() - TOLD_WITHIN, is_simulated=False)
        .select_related("title")
        .prefetch_related("parties__city")
        .order_by("pk")
    )
    pairs = {
        f"review-{one.pk}-{one.review_on:%Y%m%d}-{party.city_id}": (one, party.city)
        for one in found
        for party in one.parties.all()
        if party.city is not None and party.city.left_on is None
    }
    return _each(
        pairs,
        lambda key, pair: _post(
            key, letters.REVIEW, letters.of_party(pair[1]), lambda code: letters.of_review(pair[0], code), [pair[0]]
        ),
    )


LETTERS = (remind, escalate, ask_to_confirm, tell_owners, ask_to_review)
"""All of them, for the worker."""


def _writes() -> bool:
    """Whether this network writes letters: a demonstration writes to nobody, its mailboxes may be of real offices."""
    network = Network.current()
    return network is not None and not network.is_demonstration


def _ours() -> Commitments:
    """Promises that letters may tell of: real ones, of members and of the network itself."""
    return Commitment.objects.filter(is_simulated=False, city__left_on=None)


def _to_remind(today: date) -> tuple[list[int], list[int]]:
    """Promises for whom the day of a reminder has come; and those for whom it comes this week."""
    lately = Q(reminded_on__gte=monday_of(today))
    soon = today + timedelta(days=max(BEFORE) + 7)
    rows = _ours().open().exclude(lately).filter(due_on__lte=soon).order_by("due_on", "pk")
    now, this_week = [], []
    for key, due_on, written_at, reminded_on in rows.values_list("pk", "due_on", "written_at", "reminded_on"):
        written_on = timezone.localdate(written_at)
        if is_to_remind(due_on, written_on=written_on, reminded_on=reminded_on, today=today):
            now.append(key)
        elif is_to_remind_this_week(due_on, written_on=written_on, reminded_on=reminded_on, today=today):
            this_week.append(key)
    return now, this_week


def _to_escalate(today: date) -> tuple[list[int], list[int]]:
    """Promises about which nobody has said anything for so long."""
    said = ProgressReport.objects.filter(commitment=OuterRef("pk"), made_at__gte=timezone.now() - SILENT)
    late = Q(state=CommitmentState.OPEN, due_on__lte=today - SILENT)
    found = _ours().filter(late | Q(state=CommitmentState.REPORTED), escalated_on=None).exclude(Exists(said))
    return list(found.order_by("due_on", "pk").values_list("pk", flat=True)), []


def _finish(digest: Digest, still: Commitments) -> int:
    """Letters that were begun and are not sent: the same key, and what their row names, as far as it is still so."""
    begun = Letter.objects.free().filter(kind=digest.kind.name).order_by("pk")
    done = 0
    for letter in begun[:A_TURN]:
        keys = _told_by(letter)
        found = list(_whole(still.filter(pk__in=keys)))
        if found:
            done += _send(digest, letter.key, digest.to(found[0]), found, keys)
        elif letter.marks:
            with transaction.atomic():  # a mailbox has it, and all of it was done since
                mark(letter)
        else:
            Letter.objects.free().filter(pk=letter.pk).delete()  # nothing is left to be said
    return done


def _begin(digest: Digest, due: Callable[[date], tuple[list[int], list[int]]]) -> int:
    """New letters: one to a mailbox in a week, begun when there is something that has to be said today."""
    today = timezone.localdate()
    now, this_week = due(today)
    in_hand = _in_hand(digest)
    now = [key for key in now if key not in in_hand]
    if not now:
        return 0
    grouped: dict[str, tuple[list[Recipient], list[Commitment]]] = {}
    for one in _whole(_ours().filter(pk__in={*now, *this_week} - in_hand)):
        recipients = digest.to(one)
        grouped.setdefault(_mailbox_of(recipients), (recipients, []))[1].append(one)
    due_now = set(now)
    closed = _closed(digest, today)
    done = 0
    for mailbox, (recipients, found) in grouped.items():
        if mailbox in closed or not due_now & {one.pk for one in found} or done >= A_TURN:
            continue
        key = f"{digest.prefix}-{mailbox}-{week_of(today)}"
        done += _send(digest, key, recipients, found, [one.pk for one in found])
    return done


def _send(
    digest: Digest, key: str, recipients: list[Recipient], found: Sequence[Commitment], keys: Iterable[int]
) -> bool:
    """Send a collected letter, and keep in one transaction that it was sent and what it told."""
    about = [name_of(one) for one in found]
    letter = post(key, digest.kind, recipients, lambda code: letters.many(found, digest.page, code), about=about)
    if letter is None:
        return False
    with transaction.atomic():
        mark(letter)
        Commitment.objects.filter(pk__in=keys).update(**{digest.told: timezone.localdate()})
    return True


def _in_hand(digest: Digest) -> set[int]:
    """What stands in letters that were begun and are not sent yet."""
    begun = Letter.objects.filter(kind=digest.kind.name, sent_at=None, silenced_at=None)
    return {key for letter in begun for key in _told_by(letter)}


def _closed(digest: Digest, today: date) -> set[str]:
    """Mailboxes that get no further letter this week: one has gone there, or is about to."""
    monday = monday_of(today)
    letters_of = Letter.objects.filter(kind=digest.kind.name)
    this_week = Q(sent_at__date__gte=monday) | Q(silenced_at__date__gte=monday)
    found = letters_of.filter(this_week | Q(sent_at=None, silenced_at=None) | Q(key__endswith=week_of(today)))
    return {key.split("-")[1] for key in found.values_list("key", flat=True)}


def _mailbox_of(recipients: Sequence[Recipient]) -> str:
    """What stands in the key of a letter for the mailboxes that it goes to first; it leads to none of them."""
    first = next((one.addresses for one in recipients if one.addresses), ())
    return hashlib.sha256("\n".join(sorted(mark_of(one) for one in first)).encode()).hexdigest()[:24]


def _told_by(letter: Letter) -> list[int]:
    """The promises that a letter tells of."""
    return [int(name.rpartition(":")[2]) for name in letter.about]


def _whole(found: Commitments) -> Commitments:
    return found.select_related("city", "text").order_by("due_on", "number")


def _key_of(report: ProgressReport) -> str:
    """One letter for a report and who confirms it: whoever is named in their place is asked, too."""
    commitment = report.commitment
    who = f"{commitment.confirmer}\n{commitment.confirmer_city_id}\n{commitment.confirmer_group}\n"
    digest = hashlib.sha256(f"{who}{mark_of(commitment.confirmer_mailbox)}".encode()).hexdigest()
    return f"confirm-{report.pk}-{digest[:12]}"


def _ask_to_confirm(key: str, report: ProgressReport) -> bool:
    commitment = report.commitment
    kind = letters.TO_CONFIRM_BY_LINK if letters.has_link(commitment) else letters.TO_CONFIRM
    recipients = letters.of_second_party(commitment)
    return _post(key, kind, recipients, lambda code: letters.of_report(report, code), [commitment, report])


def _tell_owner(key: str, confirmation: Confirmation) -> bool:
    kind = letters.CONFIRMED if confirmation.is_so else letters.NOT_CONFIRMED
    commitment = confirmation.commitment
    recipients = letters.of_owner(commitment)
    return _post(key, kind, recipients, lambda code: letters.of_confirmation(confirmation, code), [commitment])


def _each(due: Mapping[str, T], send: Callable[[str, T], bool]) -> int:
    """Send those letters that are neither sent nor unwanted, a few in one turn."""
    settled = set(Letter.objects.settled().filter(key__in=due).values_list("key", flat=True))
    waiting = set(Letter.objects.in_hand().filter(key__in=due).values_list("key", flat=True))
    free = [key for key in due if key not in settled | waiting]
    return sum(send(key, due[key]) for key in free[:A_TURN])


def _post(key: str, kind: LetterKind, recipients: list[Recipient], fill: Fill, about: Sequence[Model]) -> bool:
    letter = post(key, kind, recipients, fill, about=about)
    if letter is None:
        return False
    with transaction.atomic():
        mark(letter)
    return True
