"""Bringing in a file: every row becomes a draft by the same actions as one that is typed, or it is said why not.

What a preview shows is what would happen: each row is written and taken back. A row with something wrong is left out
whole, with everything that is wrong in it; the others are not held up by it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any, Final

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, has_any_role, has_role, not_allowed
from intercity.cities.models import City
from intercity.core.language.identifying import identify
from intercity.languages.actions.writing import plain
from intercity.languages.network import network_languages
from intercity.practices.actions.checking import fault_of_codes
from intercity.practices.actions.claims import add_cost, add_result
from intercity.practices.actions.writing import begin, missing_before_publishing
from intercity.practices.exports.columns import COSTS, MEDIA, OWN_NAMES, PARTNERS, PRACTICES, READ, RESULTS
from intercity.practices.exports.schema import GAP, Column, Table
from intercity.practices.imports import Book, Row, read_book
from intercity.practices.models import Practice, PracticeField, Provenance
from intercity.practices.models.versions import FACTS
from intercity.refusals import FaultsError, RefusedError

MOST_PRACTICES: Final = 500
LISTED: Final = re.compile(r"[\s,;]+")
Adding = Callable[..., Any]
Claimed = tuple[Table, int, Adding, dict[str, Any]]
CLAIMS: Final[Sequence[tuple[Table, Adding]]] = ((COSTS, add_cost), (RESULTS, add_result))
ROWS: Final = (PARTNERS, MEDIA)
UNTOLD: Final = frozenset({"language", "other_languages", "city", *PracticeField.values})
"""Columns of a practice that are no facts by their own name."""


@dataclass(frozen=True)
class Fault:
    """What is wrong in a cell: which table, line and column, and the sentence that says so."""

    table: str
    line: int
    column: str
    sentence: str


@dataclass(frozen=True)
class Brought:
    """What became, or would become, of a row: a draft where there are no `faults`.

    `practice` is there only after it was kept. `missing` says what it needs before everybody can read it; `notes` say
    what was recognised, or passed over.
    """

    line: int
    title: str
    language: str
    place: str
    faults: tuple[Fault, ...] = ()
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    practice: Practice | None = None


class _TakeBackError(Exception):
    """Nothing of this row stays."""


@dataclass
class _Reading:
    """A row while it is read: what was understood, and what was not."""

    book: Book
    row: Row
    city: City | None = None
    language: str = ""
    words: dict[str, tuple[str, str]] = field(default_factory=dict)
    facts: dict[str, Any] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def blame(self, column: str, sentence: str, table: Table = PRACTICES, line: int = 0) -> None:
        """Note what is wrong in a cell."""
        self.faults.append(Fault(table.name, line or self.row.line, column, sentence))

    def belonging(self, table: Table) -> list[Row]:
        """The rows of another table that name this one."""
        own = self.row.cells.get("slug")
        return [one for one in self.book.rows(table.name) if own and one.cells.get("practice") == own]


def read(content: bytes, name: str) -> Book:
    """The rows of a file; RefusedError where it cannot be read at all, or holds too many practices."""
    book = read_book(content, name, {table.name: table.names for table in READ})
    came = len(book.rows(PRACTICES.name))
    if came > MOST_PRACTICES:
        raise RefusedError(
            _("The file has %(came)d practices; up to %(most)d are allowed. Divide it, and send the parts.")
            % {"came": came, "most": MOST_PRACTICES},
            "file",
        )
    known = {row.cells.get("slug") for row in book.rows(PRACTICES.name)}
    for table in (*ROWS, COSTS, RESULTS):
        lost = [str(row.line) for row in book.rows(table.name) if row.cells.get("practice") not in known]
        if lost:
            book.notes.append(
                _("%(table)s: lines %(lines)s name no practice of this file and are left out.")
                % {"table": table.name, "lines": ", ".join(lost)[:200]}
            )
    return book


def require_bringer(person: Visitor) -> Person:
    """The person, if they write for a city or are of the secretariat; else NotAllowedError."""
    if isinstance(person, Person) and has_any_role(person, Role.SECRETARIAT, Role.OFFICER):
        return person
    raise not_allowed(Role.SECRETARIAT, Role.OFFICER)


def bring(person: Visitor, book: Book, *, keep: bool) -> list[Brought]:
    """Make a draft of each row; without `keep` nothing stays, and what would happen is told.

    Officers bring in what their city did, the secretariat what any did.
    """
    author = require_bringer(person)
    seen: set[tuple[Any, ...]] = set()
    return [_bring_row(author, book, row, seen, keep=keep) for row in book.rows(PRACTICES.name)]


def _bring_row(author: Person, book: Book, row: Row, seen: set[tuple[Any, ...]], *, keep: bool) -> Brought:
    reading = _Reading(book, row)
    _read_place(reading)
    _read_words(reading)
    _read_facts(author, reading)
    _read_belongings(reading)
    _refuse_twice(reading, seen)
    claims = [claim for table, add in CLAIMS for claim in _claims(reading, table, add)]
    practice: Practice | None = None
    missing: tuple[str, ...] = ()
    try:
        with transaction.atomic():
            practice = _begin(author, reading)
            for claim in claims:
                _claim(author, reading, practice, claim)
            missing = tuple(sentence for _field, sentence in missing_before_publishing(practice)) if practice else ()
            if reading.faults or not keep:
                raise _TakeBackError
    except _TakeBackError:
        practice = None
    return Brought(
        row.line,
        row.cells.get("title", ""),
        reading.language,
        reading.city.name if reading.city else row.cells.get("place", ""),
        tuple(reading.faults),
        missing,
        tuple(reading.notes),
        practice,
    )


def _begin(author: Person, reading: _Reading) -> Practice | None:
    where: City | str = reading.city or reading.row.cells.get("place", "")
    found: list[Practice] = []
    _try(reading, lambda: found.append(begin(author, where, reading.words, reading.facts)))
    return found[0] if found else None


def _try(reading: _Reading, act: Callable[[], Any], table: Table = PRACTICES, line: int = 0) -> None:
    """Do something, and note everything for which it is refused, each beside its cell."""
    own = {record: name for name, record in OWN_NAMES.items()} if table is PRACTICES else {}
    try:
        act()
    except FaultsError as error:
        for name, sentence in error.faults:
            reading.blame(own.get(name, name), sentence, table, line)
    except RefusedError as error:
        reading.blame(error.field, str(error), table, line)
    except PermissionDenied as error:
        reading.blame("city", str(error), table, line)


def _read_place(reading: _Reading) -> None:
    """The member that is named by its slug or its name."""
    named = reading.row.cells.get("city", "").partition(GAP)[0].strip()
    if not named:
        return
    reading.city = City.objects.members().filter(Q(slug=named.lower()) | Q(name__iexact=named)).first()
    if reading.city is None:
        known = ", ".join(City.objects.members().order_by("slug").values_list("slug", flat=True)[:30])
        reading.blame(
            "city",
            _("“%(came)s” is no member of the network. Members are: %(known)s. Write other places under “place”.")
            % {"came": named[:60], "known": known},
        )


def _read_words(reading: _Reading) -> None:
    """Words by heading, each with its language."""
    cells = reading.row.cells
    told = {one: cells[one] for one in PracticeField.values if one in cells}
    reading.language = cells.get("language", "").partition(GAP)[0].strip() or _recognised(reading, told)
    others = dict(one.split(":", 1) for one in LISTED.split(cells.get("other_languages", "")) if ":" in one)
    strange = sorted(set(others) - set(PracticeField.values))
    if strange:
        reading.blame("other_languages", fault_of_codes(strange, PracticeField.values))
    reading.words = {one: (others.get(one, reading.language), body) for one, body in told.items()}


def _recognised(reading: _Reading, told: Mapping[str, str]) -> str:
    """The language of words that nobody named; it is said, so that a person can see whether it is right."""
    found = identify("\n".join(told.values())[:5_000], network_languages())
    if found.language is None or not found.is_sure:
        sentence = _("The language cannot be recognised for sure. Write its code, such as en or km, under “language”.")
        reading.blame("language", sentence)
        return found.language or ""
    reading.notes.append(_("The language was recognised: %(code)s.") % {"code": found.language})
    return found.language


def _read_facts(author: Person, reading: _Reading) -> None:
    """Facts as the action takes them, from what stands in cells."""
    for column in PRACTICES.columns:
        record = OWN_NAMES.get(column.name, column.name)
        said = reading.row.cells.get(column.name)
        if said and record in FACTS and column.name not in UNTOLD and not column.is_computed:
            reading.facts[record] = typed(column, said)
    if reading.city is not None:
        for name in ("place", "country", "geonames_id"):
            reading.facts.pop(name, None)
    said = reading.facts.pop("provenance", "")
    if has_role(author, Role.SECRETARIAT):
        kept = {Provenance.CALL, Provenance.SOURCES}
        reading.facts["provenance"] = said if said in kept else Provenance.IMPORT


def typed(column: Column, said: str) -> Any:
    """What stands in a cell, without the words beside codes: a list where the column is one."""
    if column.is_list:
        codes = " ".join(line.partition(GAP)[0] for line in said.splitlines())
        return list(dict.fromkeys(one for one in LISTED.split(codes) if one))
    return said.partition(GAP)[0].strip() if column.codes else said


def _rows_of(reading: _Reading, table: Table) -> Iterable[tuple[int, dict[str, Any]]]:
    """The rows of another table that belong to this practice, as the actions take them; empty cells are not there."""
    for row in reading.belonging(table):
        columns = (one for one in table.columns if one.name in row.cells and one.name != "practice")
        yield row.line, {one.name: typed(one, row.cells[one.name]) for one in columns}


def _read_belongings(reading: _Reading) -> None:
    """Partners and media."""
    for table in ROWS:
        found = [row for _line, row in _rows_of(reading, table)]
        if found:
            reading.facts[table.name] = found


def _claims(reading: _Reading, table: Table, add: Adding) -> Iterable[Claimed]:
    """Costs or results of the practice itself; what is said of adoptions is for the adopting cities."""
    for line, fields in _rows_of(reading, table):
        if fields.pop("adopted_by", ""):
            reading.notes.append(
                _("%(table)s, line %(line)d is said of an adoption and is left out: the adopting city says it itself.")
                % {"table": table.name, "line": line}
            )
        else:
            yield table, line, add, fields


def _claim(author: Person, reading: _Reading, practice: Practice | None, claim: Claimed) -> None:
    """Add a claim; where there is no practice to add it to, say at least what it lacks: all is said at once."""
    table, line, add, fields = claim
    if practice is not None:
        _try(reading, partial(add, author, practice, **fields), table, line)
        return
    for column in table.columns:
        if column.is_needed and column.name not in fields and column.name != "practice":
            reading.blame(column.name, _("This is needed."), table, line)


def _refuse_twice(reading: _Reading, seen: set[tuple[Any, ...]]) -> None:
    """The same title of the same place is there already, or came before in this file: it was sent twice."""
    title = plain(reading.row.cells.get("title", ""))
    place = plain(reading.row.cells.get("place", ""))
    mark = (reading.city.pk if reading.city else place, title)
    there = Practice.objects.filter(words__field=PracticeField.TITLE, words__text__body=title)
    there = there.filter(city=reading.city) if reading.city else there.filter(city=None, place=place)
    if title and (mark in seen or there.exists()):
        reading.blame(
            "title",
            _("A practice of this place with this title is there already. Give it another title, or edit that one."),
        )
    seen.add(mark)
