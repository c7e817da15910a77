"""Letters to role mailboxes: to whom, in which language, in which words, and how each is sent once.

**What holds when a worker is killed.** A letter is a row with a key of its own. A worker claims it by a conditional
UPDATE, so that of two workers one sends it; then it is handed to the mail server; then the row is marked as sent. No
mail server can be part of a transaction, so one gap remains. Killed between the claim and the mail server, the letter
was not sent: the claim runs out after `CLAIM` and it is sent then, once. Killed between the mail server and the mark,
it was sent and nobody knows: it is sent a second time after `CLAIM`. The second one has the same Message-ID, which is
made of the key, so that mail programs show one letter and whoever looks can tell that it is the same. So a letter is
never lost, and comes twice in that gap only.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import F
from django.template.loader import render_to_string
from django.utils import timezone, translation

from intercity.accounts.models import Membership, Role
from intercity.cities.models import City, Network
from intercity.practices.models import Adoption, Letter, LetterKind, Practice, PracticeField, Question, StepKind

log = logging.getLogger("intercity.practices")
CLAIM = timedelta(minutes=10)
"""So long a worker may have a letter in hand; a mail server is given up after 20 seconds."""
TRIES = 3
"""So often one address is tried before the next one is."""
LONGEST_REST = timedelta(days=1)
KEPT_OPEN = 900
"""Characters of a question or an answer that a letter shows; the rest is on the page."""


@dataclass(frozen=True)
class Recipient:
    """Whose mailboxes a letter goes to ("practice", "city", "taker", "secretariat" or "asker"), and what they read."""

    who: str
    addresses: tuple[str, ...]
    languages: tuple[str, ...]


def of_the_doers(practice: Practice) -> list[Recipient]:
    """Who can answer for a practice, the nearest first: its own mailbox, then its city's."""
    city = practice.city
    spoken = _spoken(city)
    found = [
        Recipient("practice", (practice.contact_mailbox,), spoken),
        Recipient("city", (city.mailbox if city else "",), spoken),
    ]
    return [one for one in found if any(one.addresses)]


def of_the_giver(adoption: Adoption) -> list[Recipient]:
    """Who gave what another city took over: those who did it first, or the city from which it was taken."""
    giver = adoption.from_city
    if giver is None or giver.pk == adoption.practice.city_id:
        return of_the_doers(adoption.practice)
    return [Recipient("city", (giver.mailbox,), _spoken(giver))] if giver.mailbox else []


def of_the_taker(adoption: Adoption) -> list[Recipient]:
    """The city that took it over."""
    taker = adoption.to_city
    return [Recipient("taker", (taker.mailbox,), _spoken(taker))] if taker.mailbox else []


def of_the_secretariat() -> list[Recipient]:
    """The network's contact, else everybody of the secretariat."""
    network = Network.current()
    if network is None:
        return []
    held = Membership.objects.current().filter(role=Role.SECRETARIAT).select_related("person")
    addresses = [network.contact] if network.contact else [one.address for one in held]
    known = tuple(dict.fromkeys(one for one in addresses if one))
    return [Recipient("secretariat", known, tuple(network.languages))] if known else []


def of_the_asker(question: Question) -> list[Recipient]:
    """Whoever asked, at their office's mailbox; where they are gone, the office of their city."""
    person, city = question.asked_by, question.from_city
    found = []
    if person is not None and person.is_active:
        held = Membership.objects.current().filter(person=person, role=Role.OFFICER, city=city).first()
        address = held.address if held else person.email or ""
        found.append(Recipient("asker", (address,), (person.language, *_spoken(city))))
    found.append(Recipient("city", (city.mailbox,), _spoken(city)))
    return [one for one in found if any(one.addresses)]


def _spoken(city: City | None) -> tuple[str, ...]:
    network = Network.current()
    return (*(city.languages if city else ()), *(network.languages if network else ()))


def language_for(recipient: Recipient) -> str:
    """The first of somebody's languages that our own words are in; English where none is."""
    ours = {code.lower(): code for code, _name in settings.LANGUAGES}
    return next((ours[code.lower()] for code in recipient.languages if code.lower() in ours), "en")


def post(
    key: str,
    kind: LetterKind,
    recipients: Sequence[Recipient],
    practice: Practice,
    question: Question | None = None,
    adoption: Adoption | None = None,
) -> Letter | None:
    """Claim a letter and hand it to the mail server; None where it was sent, somebody has it in hand, or it failed.

    The letter that comes back is sent and not yet marked: the caller does that in one transaction with what follows
    from it. See the head of this file for what holds when a worker is killed.
    """
    of = {"practice": practice, "question": question, "adoption": adoption}
    Letter.objects.get_or_create(key=key, defaults={"kind": kind, **of})
    mine = Letter.objects.free().filter(key=key)
    if not mine.update(claimed_until=timezone.now() + CLAIM, tries=F("tries") + 1):
        return None
    letter = Letter.objects.get(key=key)
    try:
        recipient = recipients[min((letter.tries - 1) // TRIES, len(recipients) - 1)]
        _send(letter, recipient, practice, question)
    except Exception as error:  # whatever a mail server says must not stop the other letters
        # Only the kind of error: its words may hold an address.
        name = "NobodyToWriteTo" if isinstance(error, IndexError) else type(error).__name__
        log.warning("the letter %s was not sent: %s", key, name)
        rest = min(CLAIM * 2 ** min(letter.tries, 10), LONGEST_REST)
        Letter.objects.filter(pk=letter.pk).update(error=name[:60], claimed_until=timezone.now() + rest)
        return None
    letter.to = recipient.who
    return letter


def mark(letter: Letter) -> None:
    """Note that a letter was sent, inside the transaction of what follows from it."""
    Letter.objects.filter(pk=letter.pk).update(sent_at=timezone.now(), claimed_until=None, error="", to=letter.to)


def _send(letter: Letter, recipient: Recipient, practice: Practice, question: Question | None) -> None:
    network = Network.current()
    subject, body = written(letter, recipient, practice, question)
    EmailMessage(
        subject,
        body,
        None,
        list(recipient.addresses),
        reply_to=[network.contact] if network and network.contact else None,
        headers={"Message-ID": message_id(letter.key), "Auto-Submitted": "auto-generated"},
    ).send()


def message_id(key: str) -> str:
    """The same for a letter that is sent a second time."""
    return f"<{key}@{urlsplit(settings.ADDRESS).hostname}>"


def written(letter: Letter, recipient: Recipient, practice: Practice, question: Question | None) -> tuple[str, str]:
    """Subject and words of a letter, in the language of who gets it; the template's first line is the subject."""
    language = language_for(recipient)
    with translation.override(language):
        network = Network.current()
        told = _Told(language, tuple(network.languages) if network else ())
        context = {
            "network": network.name if network else "Intercity",
            "address": settings.ADDRESS,
            "contact": network.contact if network else "",
            "who": recipient.who,
            "practice": practice,
            "title": told.title(practice),
            "doer": _place(practice, language),
            **_of_adoption(letter.adoption, language),
            "number": question.reminded if question else 0,
            "question": question,
            "from_city": question.from_city.named(language) if question else "",
            "asked": told.words(question.text) if question else None,
            "answer": told.words(question.answer) if question and question.answer else None,
        }
        text = render_to_string(f"practices/letters/{letter.kind}.txt", context).strip()
    subject, _line, body = text.partition("\n")
    return " ".join(subject.split())[:200], re.sub(r"\n{3,}", "\n\n", f"{body.strip()}\n")


def _of_adoption(adoption: Adoption | None, language: str) -> dict[str, Any]:
    """What a letter about an adoption says of it; the last step is that of which the letter tells."""
    if adoption is None:
        return {}
    step = adoption.steps.filter(what=StepKind.TAKEN_BACK).order_by("pk").last()
    giver = adoption.from_city.named(language) if adoption.from_city else _place(adoption.practice, language)
    return {"adoption": adoption, "taker": adoption.to_city.named(language), "giver": giver, "step": step}


def _place(practice: Practice, language: str) -> str:
    return practice.city.named(language) if practice.city else practice.place


@dataclass(frozen=True)
class _Told:
    """People's words for the reader of a letter."""

    language: str
    others: tuple[str, ...]

    def title(self, practice: Practice) -> str:
        text = practice.text(PracticeField.TITLE)
        return " ".join(text.words(self.language, self.others).body.split()) if text else practice.slug

    def words(self, text: Any) -> dict[str, Any]:
        """Words, shortened where they are long, and where they come from."""
        said = text.words(self.language, self.others)
        short = said.body if len(said.body) <= KEPT_OPEN else f"{said.body[:KEPT_OPEN].rstrip()} …"
        return {"body": short, "said": said, "original": said.original[:KEPT_OPEN]}
