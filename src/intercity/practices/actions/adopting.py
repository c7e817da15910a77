"""Taking a practice over: wanted, tried, running, stopped. Only the city that takes it over confirms that it is so.

Every step keeps the adoption whole as it stood after it, so nothing that was said is lost. Whatever somebody else
changes after the city confirmed has to be confirmed anew.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.practices.actions.changing import renew_evidence
from intercity.practices.actions.checking import line_of, words_of
from intercity.practices.actions.rights import check_simulated, require_own_officer, require_writer, speaks_for
from intercity.practices.models import (
    DONE,
    Adoption,
    AdoptionPart,
    AdoptionStage,
    AdoptionStep,
    PartKind,
    Practice,
    PracticeState,
    StepKind,
)
from intercity.practices.models.versions import OF_COSTS, OF_RESULTS, plain_value, rows
from intercity.refusals import RefusedError

LONGEST_WHY = 1_000
LONGEST_NOTE = 500
MOST_PARTS = 40


class Part(NamedTuple):
    """A part of the practice, and what became of it in the adopting city: kept, changed or dropped."""

    kind: str
    part: str
    why: str = ""
    language: str = ""


def want_to_try(
    person: Visitor,
    practice: Practice,
    city: City,
    why: str = "",
    *,
    language: str = "",
    from_city: City | None = None,
    source: str = "",
    began_on: date | None = None,
    is_simulated: bool = False,
) -> Adoption:
    """Say for a city that it wants to try what another did, and why; the first stage of an adoption.

    `from_city` is whom it takes it from, if not from those who did it first: a city that adopted it itself.
    """
    author = require_writer(person, city)
    check_simulated(is_simulated)
    code, words = words_of("why", (language, why), LONGEST_WHY)
    origin = line_of("source", source, 500)
    if began_on is not None and began_on > timezone.localdate():
        raise RefusedError(_("This day has not come yet. Write since when it is so."), "began_on")
    with transaction.atomic():
        _check_wanted(practice, city, from_city)
        adoption = Adoption.objects.create(
            practice=practice,
            to_city=city,
            from_city=from_city or practice.city,
            began_on=began_on or timezone.localdate(),
            why=words,
            why_language=code,
            source=origin,
            written_by=author,
            is_simulated=is_simulated,
        )
        adoption_changed(author, adoption, StepKind.WANTED, why=words, language=code)
    return adoption


def move(
    person: Visitor, adoption: Adoption, stage: str, note: str = "", *, language: str = "", seen: str | None = None
) -> Adoption:
    """Say how far it has come, or only write a note. Who stops says why: others learn most from that.

    `seen` is the stage that the person saw, where they may have looked at an old page.
    """
    author = require_writer(person, adoption.to_city)
    code, words = words_of("note", (language, note), LONGEST_NOTE)
    if stage not in AdoptionStage.values:
        raise RefusedError(_("Choose one of the stages."), "stage")
    with transaction.atomic():
        found = locked_adoption(adoption)
        if seen is not None and seen != found.stage:
            raise RefusedError(
                _("Somebody has said meanwhile: %(stage)s. Look at it, and send yours again if it is still so.")
                % {"stage": found.get_stage_display()},
                "stage",
            )
        if stage == found.stage and not words:
            raise RefusedError(_("It is at this stage already. Choose another one, or write a note."), "stage")
        if stage == AdoptionStage.STOPPED and not words:
            raise RefusedError(_("Say why it was stopped: others learn most from that."), "note")
        kind = StepKind.NOTED if stage == found.stage else StepKind.MOVED
        found.stage = stage
        adoption_changed(author, found, kind, note=words, language=code)
    return _again(adoption)


def set_parts(
    person: Visitor, adoption: Adoption, parts: Iterable[Part | tuple[str, ...] | Mapping[str, str]]
) -> Adoption:
    """Say what the city keeps, changes and drops of the practice, and why; in the place of what was said before."""
    author = require_writer(person, adoption.to_city)
    wanted = [_part(number, one) for number, one in enumerate(parts)]
    if len(wanted) > MOST_PARTS:
        raise RefusedError(_("At most %(most)d parts are allowed.") % {"most": MOST_PARTS}, "parts")
    with transaction.atomic():
        found = locked_adoption(adoption)
        if [Part(one.kind, one.part, one.why, one.language) for one in found.parts.order_by("pk")] == wanted:
            return _again(adoption)
        found.parts.all().delete()
        AdoptionPart.objects.bulk_create(AdoptionPart(adoption=found, **one._asdict()) for one in wanted)
        adoption_changed(author, found, StepKind.PARTS)
    return _again(adoption)


def confirm(
    person: Visitor, adoption: Adoption, note: str = "", *, language: str = "", seen: int | None = None
) -> Adoption:
    """Say for the adopting city that what is written here is so. Nobody else can: no secretariat, and no giver.

    `seen` is the key of the last step that the officer saw: what came after it, they have not read.
    """
    officer = require_own_officer(person, adoption.to_city)
    if any(speaks_for(officer, city) for city in (adoption.from_city, adoption.practice.city)):
        raise NotAllowedError(_("You are an officer of the city that gave it, too. Somebody else has to confirm it."))
    code, words = words_of("note", (language, note), LONGEST_NOTE)
    with transaction.atomic():
        found = locked_adoption(adoption)
        if found.stage not in DONE:
            raise RefusedError(
                _("Nothing has been tried yet, so there is nothing to confirm. Say first how far it has come."),
                "stage",
            )
        last = found.steps.order_by("-pk").first()
        if seen is not None and last is not None and last.pk != seen:
            raise RefusedError(_("Somebody has changed this since you opened it. Read it once more, then confirm it."))
        if found.confirmed_at is None:
            found.confirmed_at, found.confirmed_by = timezone.now(), officer
            adoption_changed(officer, found, StepKind.CONFIRMED, note=words, language=code)
    return _again(adoption)


def withdraw_confirmation(person: Visitor, adoption: Adoption, note: str = "", *, language: str = "") -> Adoption:
    """Say for the adopting city that it is not so, or no longer."""
    officer = require_own_officer(person, adoption.to_city)
    code, words = words_of("note", (language, note), LONGEST_NOTE)
    with transaction.atomic():
        found = locked_adoption(adoption)
        if found.confirmed_at is None:
            raise RefusedError(_("This is not confirmed, so there is nothing to take back."))
        found.confirmed_at = found.confirmed_by = None
        adoption_changed(officer, found, StepKind.TAKEN_BACK, note=words, language=code)
    return _again(adoption)


def locked_adoption(adoption: Adoption) -> Adoption:
    """The adoption as it stands in the database; it and its practice are locked until the transaction ends.

    The practice first, as whatever changes a practice does, so that nobody waits for somebody who waits for them.
    """
    Practice.objects.select_for_update().get(pk=adoption.practice_id)
    return Adoption.objects.select_for_update().get(pk=adoption.pk)


def adoption_changed(
    author: Person, adoption: Adoption, kind: StepKind, *, note: str = "", language: str = "", **details: Any
) -> None:
    """Keep a locked adoption that was changed, its step, the evidence and the record.

    A confirmation lapses when somebody else changes what was confirmed, or when nothing is being done any more.
    """
    lapses = adoption.confirmed_at is not None and (
        adoption.stage not in DONE
        or (kind not in {StepKind.CONFIRMED, StepKind.NOTED} and not speaks_for(author, adoption.to_city))
    )
    if lapses:
        adoption.confirmed_at = adoption.confirmed_by = None
    adoption.save()
    for what in (kind, StepKind.LAPSED) if lapses else (kind,):
        is_first = what == kind
        AdoptionStep.objects.create(
            adoption=adoption,
            stage=adoption.stage,
            what=what,
            document=_document(adoption),
            note=note if is_first else "",
            language=language if is_first and note else "",
            made_by=author,
        )
        record(author, f"adoption.{what}", adoption, stage=adoption.stage)
    want(Kind.PRACTICE, [adoption.practice_id])  # it stands on the page of the practice, and in what is taken along
    renew_evidence(adoption.practice)


def _document(adoption: Adoption) -> dict[str, Any]:
    """The adoption whole, as plain JSON."""
    return {
        "stage": adoption.stage,
        "from_city": adoption.from_city.slug if adoption.from_city else "",
        "began_on": plain_value(adoption.began_on),
        "why": {"language": adoption.why_language, "body": adoption.why},
        "source": adoption.source,
        "is_confirmed": adoption.confirmed_at is not None,
        "parts": rows(adoption.parts, Part._fields),
        "costs": rows(adoption.costs, OF_COSTS),
        "results": rows(adoption.results, OF_RESULTS),
    }


def _check_wanted(practice: Practice, city: City, from_city: City | None) -> None:
    """Whether a city can take this over, and from there."""
    found = Practice.objects.select_for_update().get(pk=practice.pk)
    if found.state != PracticeState.PUBLISHED:
        raise RefusedError(_("This is not public, so nobody can take it over."))
    if city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "to_city")
    if found.city_id == city.pk:
        raise RefusedError(_("%(city)s did this first. Choose another city.") % {"city": city.name}, "to_city")
    if Adoption.objects.filter(practice=found, to_city=city).exists():
        raise RefusedError(
            _("%(city)s has said this already. Write there how far it has come.") % {"city": city.name}, "to_city"
        )
    takers = Adoption.objects.filter(practice=found, stage__in=DONE, to_city=from_city)
    if from_city is not None and from_city.pk != found.city_id and not takers.exists():
        raise RefusedError(
            _("%(city)s has not done this. Choose who did, or leave it empty.") % {"city": from_city.name}, "from_city"
        )


def _part(number: int, given: Part | tuple[str, ...] | Mapping[str, str]) -> Part:
    """A part as it is kept; RefusedError names its place, counted from 0, in the field: "parts.0.part"."""
    said = Part(**given) if isinstance(given, Mapping) else Part(*given)
    place = f"parts.{number}"
    if said.kind not in PartKind.values:
        raise RefusedError(_("Say whether this part is kept, changed or dropped."), f"{place}.kind")
    code, words = words_of(f"{place}.part", (said.language, said.part), 300)
    if not words:
        raise RefusedError(_("Say which part of the practice you mean."), f"{place}.part")
    return Part(said.kind, words, line_of(f"{place}.why", said.why, 500), code)


def _again(adoption: Adoption) -> Adoption:
    adoption.refresh_from_db()
    return adoption
