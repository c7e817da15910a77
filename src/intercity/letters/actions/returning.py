"""Letters that came back: noting it, and writing to the mailbox again once it works."""

from __future__ import annotations

from hmac import compare_digest

from django.db import transaction
from django.utils import timezone

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.letters.bouncing import note
from intercity.letters.marks import seal_of
from intercity.letters.models import Bounce, Letter
from intercity.letters.reports import read_report


def note_bounce(message: bytes) -> Letter | None:
    """Keep what a mail server's report says of a letter; None where it tells of none that we sent, or it may yet come.

    Nobody's right is asked for: the seal in the letter's Message-ID shows that the report is of a letter of ours.
    """
    report = read_report(message)
    letter = Letter.objects.select_related("city").filter(key=report.key).first() if report else None
    if report is None or letter is None:
        return None
    mark = next((one for one in letter.marks if compare_digest(seal_of(letter.key, one), report.seal)), None)
    if mark is None:
        return None
    with transaction.atomic():
        found, is_new = note(letter, mark, report.status, to=letter.to, city=letter.city)
        if is_new:
            record(None, "letter.came_back", letter, status=found.status)
    return letter


def write_again(person: Visitor, bounce: Bounce) -> int:
    """Say that a mailbox works again, so that it is written to; returns how many letters it had not taken."""
    author = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        number = Bounce.objects.unsettled().filter(mark=bounce.mark).update(settled_at=timezone.now())
        if number:
            record(author, "mailbox.works_again", bounce, number=number)
    return number
