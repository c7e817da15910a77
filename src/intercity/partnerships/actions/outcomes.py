"""What came of an event: a dialogue that was opened, or a sentence with who says so and where it stands."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.rights import require_writer
from intercity.dialogues.models import Dialogue
from intercity.events.actions.checking import Said, cleaned, refuse, words_of
from intercity.events.models import Event, EventState
from intercity.languages.actions import write_text
from intercity.partnerships.models import EventOutcome
from intercity.refusals import RefusedError

LONGEST = 1_000
MOST_OUTCOMES = 100


def add_outcome(
    person: Visitor,
    event: Event,
    *,
    text: Said = ("", ""),
    dialogue: Dialogue | None = None,
    claimed_by: str = "",
    source: str = "",
) -> EventOutcome:
    """Say what came of an event: name a public dialogue, or write a sentence with who says so and its source."""
    author = require_writer(person, event.city)
    if event.state == EventState.DRAFT:
        raise RefusedError(_("Publish the event first."))
    if dialogue is not None:
        return _add(author, event, dialogue=_public(dialogue))
    language, words = words_of("text", text, LONGEST, _("Write what came of it, or choose a dialogue."))
    kept, faults = cleaned(EventOutcome, {"claimed_by": claimed_by, "source": source})
    faults += [("claimed_by", _("Write who says so: an office, a newspaper, a report."))] * (not kept["claimed_by"])
    faults += [("source", _("Write where it stands: an address, or the name of a report."))] * (not kept["source"])
    refuse(faults)
    with transaction.atomic():
        return _add(author, event, text=write_text(language, words), **kept)


def remove_outcome(person: Visitor, outcome: EventOutcome) -> None:
    """Take back that something came of an event; the record says that it stood there."""
    author = require_writer(person, outcome.event.city)
    with transaction.atomic():
        record(author, "outcome.removed", outcome, event=outcome.event.slug)
        text = outcome.text
        outcome.delete()
        if text is not None:
            text.delete()


def _public(dialogue: Dialogue) -> Dialogue:
    """The dialogue, where everybody can see it."""
    if not Dialogue.objects.visible_to(None).filter(pk=dialogue.pk).exists():
        raise RefusedError(_("Choose a dialogue that everybody can see."), "dialogue")
    return dialogue


def _add(author: Person, event: Event, **fields: Any) -> EventOutcome:
    with transaction.atomic():
        if Event.objects.select_for_update().get(pk=event.pk).outcomes.count() >= MOST_OUTCOMES:
            raise RefusedError(_("An event has at most %(most)d outcomes.") % {"most": MOST_OUTCOMES})
        try:
            with transaction.atomic():
                outcome = EventOutcome.objects.create(event=event, added_by=author, **fields)
        except IntegrityError as error:
            raise RefusedError(_("This dialogue is on the list already."), "dialogue") from error
        record(author, "outcome.added", outcome, event=event.slug)
    return outcome
