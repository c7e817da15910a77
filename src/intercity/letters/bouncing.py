"""Mailboxes that did not take a letter: what the mail server said, at once or in a report later."""

from __future__ import annotations

import re
from collections.abc import Iterable
from smtplib import SMTPRecipientsRefused

from django.utils.translation import gettext as _

from intercity.cities.models import City
from intercity.letters.marks import mark_of
from intercity.letters.models import Bounce, Letter
from intercity.letters.recipients import Recipient

STATUS = re.compile(r"\b([245]\.\d{1,3}\.\d{1,3})\b")


def dead_among(marks: Iterable[str]) -> set[str]:
    """Which of these mailboxes refused a letter for good, and nobody has said since that they work again."""
    refused = Bounce.objects.unsettled().filter(mark__in=list(marks), status__startswith="5")
    return set(refused.values_list("mark", flat=True))


def refusal(error: Exception) -> str:
    """With which status a mail server refused a mailbox for good ("5.1.1", else "550"); "" where it did not."""
    if not isinstance(error, SMTPRecipientsRefused):
        return ""
    for code, said in error.recipients.values():
        if code >= 500:
            words = bytes(said).decode(errors="replace")
            found = STATUS.search(words)
            return found[1] if found and found[1].startswith("5") else str(code)
    return ""


def note_refusal(letter: Letter, recipient: Recipient, address: str, error: SMTPRecipientsRefused) -> bool:
    """Keep that a mailbox refused a letter for good; False where it may take it later."""
    status = refusal(error)
    if status:
        note(letter, mark_of(address), status, to=recipient.who, city=recipient.city)
    return bool(status)


def note(letter: Letter, mark: str, status: str, *, to: str, city: City | None) -> tuple[Bounce, bool]:
    """Keep that a mailbox did not take a letter, once for each letter; whether it was not known before."""
    return Bounce.objects.get_or_create(
        letter=letter, mark=mark, defaults={"status": status[:20], "to": to, "city": city}
    )


def in_words(status: str) -> str:
    """What a mail server meant, in words (RFC 3463)."""
    kind, _dot, detail = status.partition(".")
    if status in {"5.1.1", "5.1.0", "5.1.10", "5.1.6", "5.2.1", "550"}:
        return _("There is no such mailbox.")
    if detail.startswith("1."):
        return _("The address cannot be reached: perhaps it was mistyped.")
    if detail == "2.2":
        return _("The mailbox is full.")
    if detail.startswith("7."):
        return _("The mail server there refuses our letters.")
    if kind == "4" or detail.startswith("4."):
        return _("The mail server there could not be reached for days.")
    return _("The mail server there did not take it.")
