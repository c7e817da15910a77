"""Writing a practice: begun with a title, saved at every step, public when nothing that others need is missing."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, has_role
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Text
from intercity.practices.actions.addressing import save_at, stem_of
from intercity.practices.actions.changing import changed, last_version, locked
from intercity.practices.actions.checking import ConflictError, Faults, line_of, refuse, words_of
from intercity.practices.actions.facts import ROWS, checked_facts, faults_together, still_unknown
from intercity.practices.actions.rights import name_of, require_writer, speaks_for
from intercity.practices.models import (
    LENGTH,
    LENGTHS,
    NEEDED,
    Difference,
    Practice,
    PracticeField,
    PracticeState,
    PracticeStatus,
    PracticeWords,
    Provenance,
    Verification,
)
from intercity.practices.models.versions import label_of, plain_value, rows
from intercity.refusals import RefusedError

Words = Mapping[str, tuple[str, str]]
"""Language and words by heading; empty words take away what stands there."""

TAKEN = frozenset(
    {
        "add", "api", "begin", "challenges", "compare", "data", "export", "failed", "feed", "import", "list", "new",
        "publish", "questions", "reading-list", "saved", "search", "vocabulary", "write",
    }
)  # fmt: skip
"""Addresses that pages have."""


def begin(
    person: Visitor,
    where: City | str,
    words: Words,
    facts: Mapping[str, Any] | None = None,
    *,
    begun_with: UUID | None = None,
) -> Practice:
    """Begin a draft, seen only by those who may write it: where it was done, a title, and what else is known by now.

    `where` is a member of the network, or the name of another place, of which only the secretariat writes.
    `begun_with` is the mark of the form: where it comes a second time, BegunBeforeError has the draft that is there.
    """
    city = where if isinstance(where, City) else None
    author = require_writer(person, city)
    if city is not None and city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "city")
    practice = Practice(city=city, place="" if isinstance(where, City) else line_of("place", where, 160))
    practice.written_by, practice.begun_with = author, begun_with
    practice.provenance = Provenance.CITY if speaks_for(author, city) else Provenance.SOURCES
    said, told = _checked(author, practice, words, {} if facts is None else facts)
    if not said.get(PracticeField.TITLE, ("", ""))[1]:
        raise RefusedError(_("Give it a title: what was done, in one line. Everything else can wait."), "title")
    with transaction.atomic():
        practice.version = 1
        _set_facts(author, practice, told)
        refuse(faults_together(practice))
        save_at(practice, stem_of(said[PracticeField.TITLE][1], str(where), "practice"), TAKEN)
        _set_rows(practice, told)
        _set_words(practice, said)
        practice.unknown = still_unknown(practice)
        changed(author, practice, "practice.begun", fields=sorted([*said, *told]))
    return practice


def save(
    person: Visitor,
    practice: Practice,
    *,
    words: Words | None = None,
    facts: Mapping[str, Any] | None = None,
    version: int,
    note: str = "",
) -> Practice:
    """Keep what was written, however little; of a public practice as its next version.

    `version` is that which the person began from. Where somebody saved other words in the same fields since,
    ConflictError says which; fields that nobody else touched do not conflict, and the same words again change nothing,
    so that a step sent twice over a bad line is saved once. FaultsError says everything that is wrong at once.
    """
    author = require_writer(person, practice.city)
    with transaction.atomic():
        found = locked(practice)
        require_writer(person, found.city)
        said, told = _checked(author, found, words or {}, facts or {})
        differences = _differences(found, said, told)
        meanwhile = [one for one in differences if found.changed_in.get(one.field, 0) > (version or 0)]
        if meanwhile:
            raise ConflictError(meanwhile, found.version)
        if differences:
            _apply(author, found, differences, said, told)
            if found.state == PracticeState.PUBLISHED:
                refuse(missing_before_publishing(found))
            fields = [one.field for one in differences]
            changed(author, found, "practice.saved", note=line_of("note", note, 300), fields=fields)
    return _again(practice)


def missing_before_publishing(practice: Practice) -> Faults:
    """What everybody else would miss, as field and sentence; nothing where it can be published."""
    told = set(practice.words.values_list("field", flat=True))
    faults: Faults = [(name, _needed(name)) for name in NEEDED if name not in told]
    faults += faults_together(practice)
    if "costs" not in practice.unknown and not practice.costs.exists():
        faults.append(("costs", _("Say what it cost, or that the cost is not known. Others ask for this first.")))
    if "results" not in practice.unknown and not practice.results.exists():
        faults.append(("results", _("Give at least one result with its source, or say that results are not known.")))
    if practice.provenance in {Provenance.SOURCES, Provenance.IMPORT} and not practice.source:
        faults.append(("source", _("Name the source it was written from.")))
    if practice.provenance == Provenance.SOURCES and practice.retrieved_on is None:
        faults.append(("retrieved_on", _("Say on which day the source was read.")))
    return faults


def publish(person: Visitor, practice: Practice, note: str = "") -> Practice:
    """Let everybody read it. FaultsError says at once everything that is missing.

    Of what is public already, `note` says what the last version changed, if this person made it and said nothing yet.
    """
    author, said = require_writer(person, practice.city), line_of("note", note, 300)
    with transaction.atomic():
        found = locked(practice)
        require_writer(person, found.city)
        if found.state == PracticeState.PUBLISHED:
            _note(author, found, said)
            return _again(practice)
        refuse(missing_before_publishing(found))
        _make_public(found)
        changed(author, found, "practice.published", note=said)
    return _again(practice)


def withdraw(person: Visitor, practice: Practice, note: str = "") -> Practice:
    """Take a practice out of public view. Its versions stay, and it can be restored."""
    author, said = require_writer(person, practice.city), line_of("note", note, 300)
    with transaction.atomic():
        found = locked(practice)
        if found.state != PracticeState.PUBLISHED:
            raise RefusedError(_("Only what is public can be withdrawn. A draft is seen by nobody else."))
        found.state = PracticeState.WITHDRAWN
        changed(author, found, "practice.withdrawn", why=said)
    return _again(practice)


def restore(person: Visitor, practice: Practice, note: str = "") -> Practice:
    """Let everybody read again what was withdrawn."""
    author, said = require_writer(person, practice.city), line_of("note", note, 300)
    with transaction.atomic():
        found = locked(practice)
        if found.state != PracticeState.WITHDRAWN:
            raise RefusedError(_("Only what was withdrawn can be restored. Publish a draft instead."))
        refuse(missing_before_publishing(found))
        _make_public(found)
        changed(author, found, "practice.restored", note=said)
    return _again(practice)


def discard(person: Visitor, practice: Practice) -> None:
    """Delete a draft that never was public."""
    author = require_writer(person, practice.city)
    with transaction.atomic():
        found = locked(practice)
        if found.state != PracticeState.DRAFT or last_version(found) is not None:
            raise RefusedError(_("Only a draft that never was public can be deleted. Withdraw this instead."))
        record(author, "practice.discarded", found, slug=found.slug)
        texts = list(found.words.values_list("text", flat=True))
        found.delete()
        Text.objects.filter(pk__in=texts).delete()


def _needed(field: str) -> str:
    """Why something has to be told."""
    return {
        PracticeField.TITLE: _("Give it a title: what was done, in one line."),
        PracticeField.SUMMARY: _("Say in three or four sentences what was done, for whom, and what came of it."),
        PracticeField.PROBLEM: _("Describe the problem, so that others can see whether it is theirs, too."),
        PracticeField.SOLUTION: _("Describe what was done, so that others could do it."),
        PracticeField.DIFFICULTIES: _(
            "Say what was difficult: every practice had difficulties, and others learn most from them."
        ),
    }[PracticeField(field)]


def _again(practice: Practice) -> Practice:
    """The practice that the caller holds, as it stands now, without what was prefetched before."""
    practice.refresh_from_db()
    return practice


def _make_public(practice: Practice) -> None:
    """What becomes of the record itself."""
    practice.state = PracticeState.PUBLISHED
    practice.published_at = practice.published_at or timezone.now()
    if practice.provenance in {Provenance.SOURCES, Provenance.IMPORT} and practice.verification == Verification.SELF:
        practice.verification = Verification.SOURCES


def _note(author: Person, practice: Practice, note: str) -> None:
    last = last_version(practice)
    if not note or last is None or last.note or last.made_by_id != author.pk:
        raise RefusedError(_("This is public already. What you change and save is public at once, as a new version."))
    last.note = note
    last.save(update_fields=["note"])
    record(author, "practice.version_noted", practice, number=last.number)


def _checked(
    author: Person, practice: Practice, words: Words, facts: Mapping[str, Any]
) -> tuple[dict[str, tuple[str, str]], dict[str, Any]]:
    """Words and facts as they are kept; FaultsError with everything that is wrong."""
    told, faults = checked_facts(facts, practice.unknown)
    said = {}
    for field, given in words.items():
        if field not in PracticeField.values:
            raise RefusedError(_("There is no heading “%(field)s”.") % {"field": field[:40]}, field)
        try:
            said[field] = words_of(field, given, LENGTHS.get(PracticeField(field), LENGTH))
        except RefusedError as error:
            faults.append((error.field, str(error)))
    refuse(faults + _not_theirs(author, practice, told))
    return said, told


def _not_theirs(author: Person, practice: Practice, told: Mapping[str, Any]) -> Faults:
    """What somebody may not say, though they may write the practice."""
    faults: Faults = []
    is_secretariat = has_role(author, Role.SECRETARIAT)
    city = told.get("city", practice.city)
    if city != practice.city and not is_secretariat:
        faults.append(("city", _("Only the secretariat can say that another city did this.")))
    provenance = told.get("provenance", practice.provenance)
    if provenance == practice.provenance:
        return faults
    if provenance == Provenance.CITY and not speaks_for(author, city):
        faults.append(("provenance", _("Only an officer of the city can say that the city wrote it itself.")))
    if provenance != Provenance.CITY and not is_secretariat:
        faults.append(("provenance", _("Only the secretariat can say so. You write for your city.")))
    return faults


def _differences(practice: Practice, said: Words, told: Mapping[str, Any]) -> list[Difference]:
    """What would change, field by field."""
    before = {one.field: (one.text.language, one.text.body) for one in practice.words.select_related("text")}
    found = [
        Difference(f"words.{name}", label_of(f"words.{name}"), before.get(name, ("", "")), given)
        for name, given in said.items()
        if before.get(name, ("", "")) != given
    ]
    for name, value in told.items():
        if name in ROWS:
            now: Any = rows(getattr(practice, name), ROWS[name][1])
        else:
            now = getattr(practice, name)
        if now != value:
            found.append(Difference(name, label_of(name), plain(now), plain(value)))
    return found


def plain(value: Any) -> Any:
    """A fact as a page can show it beside another."""
    return value.name if isinstance(value, City) else plain_value(value)


def _apply(
    author: Person, practice: Practice, differences: list[Difference], said: Words, told: Mapping[str, Any]
) -> None:
    """Write what differs, as the next version of what is saved."""
    practice.version += 1
    practice.changed_in |= {one.field: practice.version for one in differences}
    names = {one.field for one in differences}
    _set_facts(author, practice, {name: value for name, value in told.items() if name in names})
    refuse(faults_together(practice))
    _set_rows(practice, {name: value for name, value in told.items() if name in names})
    _set_words(practice, {name: given for name, given in said.items() if f"words.{name}" in names})
    practice.unknown = still_unknown(practice)


def _set_facts(author: Person, practice: Practice, told: Mapping[str, Any]) -> None:
    """Facts into their columns. An officer who says how it stands confirms it, if they do not say when."""
    for name, value in told.items():
        if name not in ROWS:
            setattr(practice, name, value)
    is_known = told.get("status", PracticeStatus.UNKNOWN) != PracticeStatus.UNKNOWN
    if is_known and "status_confirmed_on" not in told and speaks_for(author, practice.city):
        practice.status_confirmed_on = timezone.localdate()
        practice.status_confirmed_by = name_of(author, practice.city)


def _set_rows(practice: Practice, told: Mapping[str, Any]) -> None:
    """Partners and media, replaced together."""
    for name in ROWS.keys() & told.keys():
        model = ROWS[name][0]
        getattr(practice, name).all().delete()
        for row in told[name]:
            model(practice=practice, **row).save()


def _set_words(practice: Practice, said: Words) -> None:
    """Words under their headings; a text keeps its versions and translations, one that is emptied goes."""
    now = {one.field: one for one in practice.words.select_related("text")}
    for field, (language, body) in said.items():
        known = now.get(field)
        if known is None and body:
            PracticeWords.objects.create(practice=practice, field=field, text=write_text(language, body))
        elif known is not None and body:
            rewrite_text(known.text, body, language=language)
        elif known is not None:
            known.delete()
            known.text.delete()
