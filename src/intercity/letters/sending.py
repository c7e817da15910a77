"""How each letter is sent once.

**What holds when a worker is killed.** A letter is a row with a key of its own. A worker claims it by a conditional
UPDATE, so that of two workers one sends it; it is handed to the mail server; at once the row notes which mailbox has
it; then the caller marks it as sent, in one transaction with what follows from it. No mail server can be part of a
transaction, so one gap remains. Killed before the mail server took it, the letter was not sent: the claim runs out
after `CLAIM` and it is sent then, once. Killed after the note, it is not sent again, only marked. Killed between the
mail server and the note, it was sent and nobody knows: it is sent a second time after `CLAIM`. The second one has the
same Message-ID, which is made of the key and the mailbox, so that mail programs show one letter and whoever looks can
tell that it is the same. So a letter is never lost, and comes twice in that gap only. A letter to several mailboxes is
one message to each, so that nobody learns who else got it and each can be left out; those that have it are left out
of a second try.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from datetime import timedelta
from smtplib import SMTPRecipientsRefused

from django.db.models import F, Model
from django.utils import timezone

from intercity.audit.record import name_of
from intercity.cities.models import Network
from intercity.letters.bouncing import dead_among, note_refusal, refusal
from intercity.letters.kinds import KINDS, LetterKind
from intercity.letters.marks import KEY, mark_of
from intercity.letters.models import Letter, Silence
from intercity.letters.recipients import Recipient
from intercity.letters.writing import hand_over, written

log = logging.getLogger("intercity.letters")
CLAIM = timedelta(minutes=10)
"""So long a worker may have a letter in hand; a mail server is given up after 20 seconds."""
TRIES = 3
"""So often one recipient is tried before the next one is."""
LONGEST_REST = timedelta(days=1)

Fill = Callable[[str], Mapping[str, str]]
"""Gives the values of a kind's names in a language, which is active while it is asked."""


class NobodyToWriteToError(LookupError):
    """None of the recipients has an address."""


def post(
    key: str,
    kind: LetterKind | str,
    recipients: Sequence[Recipient],
    fill: Fill,
    *,
    about: Sequence[Model | str] = (),
    topic: str | None = None,
    is_begun: bool = False,
) -> Letter | None:
    """Claim a letter and hand it to the mail server; None where it was sent, somebody has it in hand, or it failed.

    The letter goes to the first of the recipients whose mailbox takes it. The one that comes back is done with and
    not yet marked: the caller calls `mark` in one transaction with what follows from it. It comes back, too, where the
    recipient wants no letters about the topic; then nothing was sent, and the mark says so. A network that is a
    demonstration writes to nobody. With `is_begun` the letter is one that `begin` made: where its row is gone, it was
    sent and forgotten, and is not sent again. Call it outside a transaction; the head of this file says what holds
    when a worker is killed. ValueError where the key cannot stand in a Message-ID.
    """
    network = Network.current()
    if network is None or network.is_demonstration:
        return None
    if not KEY.fullmatch(key):
        raise ValueError(f"{key!r} cannot be the key of a letter: letters, digits and single hyphens.")
    kind = KINDS[kind] if isinstance(kind, str) else kind
    if not is_begun:
        begin(key, kind, about)
    mine = Letter.objects.free().filter(key=key)
    if not mine.update(claimed_until=timezone.now() + CLAIM, tries=F("tries") + 1):
        return None
    letter = Letter.objects.get(key=key)
    try:
        _send(letter, kind, recipients, fill, kind.topic if topic is None else topic)
    except Exception as error:  # whatever a mail server says must not stop the other letters
        _put_off(letter, error, recipients)
        return None
    return letter


def begin(key: str, kind: LetterKind, about: Sequence[Model | str] = ()) -> None:
    """Note that a letter is to be sent; to be called by itself where letters are forgotten once they are sent.

    Then it belongs into a transaction that has locked what the letter comes from, so that no worker begins anew what
    another one has sent and forgotten meanwhile.
    """
    named = [name_of(one) if isinstance(one, Model) else one for one in about]
    Letter.objects.get_or_create(key=key, defaults={"kind": kind.name, "about": named})


def mark(letter: Letter) -> None:
    """Note that a letter is done with, inside the transaction of what follows from it."""
    if not letter.silenced_at:
        letter.sent_at = timezone.now()
    letter.claimed_until, letter.error = None, ""
    letter.save(update_fields=["sent_at", "silenced_at", "claimed_until", "error", "to", "city"])


def _send(letter: Letter, kind: LetterKind, recipients: Sequence[Recipient], fill: Fill, topic: str) -> None:
    """To every mailbox of one recipient that has it not yet; raises what the last one said, if none took it."""
    recipient = _turn(letter, recipients)
    if recipient is None:
        return  # somebody has it, and was killed before the mark
    letter.to, letter.city = recipient.who, recipient.city
    wanting = _wanting(recipient, topic)
    if not wanting:
        letter.silenced_at = timezone.now()
        return
    subject, body = written(kind, recipient, recipients, fill)
    refused: SMTPRecipientsRefused | None = None
    for address in wanting:
        if mark_of(address) in letter.marks:
            continue
        try:
            hand_over(letter.key, address, recipient, subject, body, topic)
        except SMTPRecipientsRefused as error:
            if not note_refusal(letter, recipient, address, error):
                raise
            refused = error
            continue
        letter.marks = [*letter.marks, mark_of(address)]
        letter.save(update_fields=["marks", "to", "city"])
    if refused is not None and not letter.marks:
        raise refused


def _turn(letter: Letter, recipients: Sequence[Recipient]) -> Recipient | None:
    """Whose turn it is: the next one after `TRIES`; those whose mailbox is known to refuse come last.

    A letter that some mailbox has already stays with its recipient; None where that one is no longer named.
    """
    if letter.marks:
        has_it = [one for one in recipients if any(mark_of(each) in letter.marks for each in one.addresses)]
        return has_it[0] if has_it else None
    named = [one for one in recipients if one.addresses]
    if not named:
        raise NobodyToWriteToError
    named.sort(key=lambda one: not _alive(one.addresses))
    return named[min((letter.tries - 1) // TRIES, len(named) - 1)]


def _alive(addresses: Sequence[str]) -> list[str]:
    """Those that are not known to refuse letters."""
    dead = dead_among(mark_of(one) for one in addresses)
    return [one for one in addresses if mark_of(one) not in dead]


def _others_may_take_it(recipients: Sequence[Recipient]) -> bool:
    return any(_alive(one.addresses) for one in recipients)


def _wanting(recipient: Recipient, topic: str) -> list[str]:
    """The addresses of a recipient that want letters about a topic; without those that refuse, if others take them."""
    marks = {mark_of(address): address for address in recipient.addresses}
    silent = (
        set(Silence.objects.filter(topic=topic, mark__in=marks).values_list("mark", flat=True)) if topic else set()
    )
    wanting = [address for mark, address in marks.items() if mark not in silent]
    return _alive(wanting) or wanting


def _put_off(letter: Letter, error: Exception, recipients: Sequence[Recipient]) -> None:
    """Note the kind of error, and when it is tried again: soon where a mailbox refused it and another may take it."""
    # Only the kind of error: its words may hold an address.
    name = type(error).__name__.removesuffix("Error")
    log.warning("the letter %s was not sent: %s", letter.key, name)
    rest = min(CLAIM * 2 ** min(letter.tries, 10), LONGEST_REST)
    changes: dict[str, object] = {"error": name[:60], "claimed_until": timezone.now() + rest}
    if refusal(error) and _others_may_take_it(recipients):
        changes.update(tries=0, claimed_until=timezone.now())
    Letter.objects.filter(pk=letter.pk).update(**changes)
