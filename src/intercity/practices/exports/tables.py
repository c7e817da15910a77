"""Practices as tables that are joined by slugs, packed with their schema (a Data Package) into one ZIP."""

from __future__ import annotations

import csv
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from io import RawIOBase, TextIOWrapper
from typing import IO, Any, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.db.models import Prefetch, Sum
from django.urls import reverse

from intercity import __version__
from intercity.languages.models import Findable, Kind, Text
from intercity.practices.exports.cells import cell, harmless
from intercity.practices.exports.columns import OWN_NAMES, TABLES
from intercity.practices.exports.schema import Table, described
from intercity.practices.models import Adoption, Challenge, Cost, PartKind, Practice, PracticeField, Practices, Result
from intercity.practices.models.versions import FACTS

AT_ONCE: Final = 200
"""Practices that are in memory together."""
PART: Final = 64 * 1024
"""Bytes of the ZIP that are sent together."""
LONG_AGO: Final = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the ZIP, so that the same practices give the same bytes."""

Row = dict[str, Any]


def write_package(file: IO[bytes], practices: Practices | None = None, *, base: str = "") -> None:
    """Write the ZIP of `package_parts` into a file."""
    for part in package_parts(practices, base=base):
        file.write(part)


def package_parts(practices: Practices | None = None, *, base: str = "") -> Iterator[bytes]:
    """The ZIP, part by part as it is made, so that none of it waits in memory: a CSV for each table, datapackage.json.

    Of everything that is published, or of `practices`. `base` is the address of the site, which addresses of practices
    begin with. Files are UTF-8 with a byte order mark, which Excel needs to read Khmer; whatever a spreadsheet would
    run as a formula has an apostrophe before it.
    """
    chosen = Practice.objects.published() if practices is None else practices
    made = _Made()
    with ZipFile(made, "w", ZIP_DEFLATED) as package:
        for table in TABLES:
            for _number in _write(package, table, ROWS[table.name](chosen, base)):
                if made.size > PART:
                    yield made.take()
        descriptor = json.dumps(datapackage(), ensure_ascii=False, indent=1) + "\n"
        package.writestr(_entry("datapackage.json"), descriptor)
    yield made.take()


def package_state(base: str = "") -> str:
    """A name for what the ZIP holds, without making it: the same as long as nothing in it has changed.

    Whoever changes a practice, an adoption, a challenge or a translation counts up what is to be found again.
    """
    counted = Findable.objects.filter(kind__in=[Kind.PRACTICE, Kind.CHALLENGE])
    number = counted.aggregate(number=Sum("wanted"))["number"] or 0
    described = json.dumps([__version__, number, base, datapackage()], sort_keys=True)
    return hashlib.sha256(described.encode()).hexdigest()[:32]


class _Made(RawIOBase):
    """What was made of a file and not yet taken; no place in it can be looked for again."""

    def __init__(self) -> None:
        self._parts: list[bytes] = []
        self.size = 0

    def writable(self) -> bool:
        return True

    def write(self, part: Any) -> int:
        self._parts.append(bytes(part))
        self.size += len(self._parts[-1])
        return len(self._parts[-1])

    def take(self) -> bytes:
        whole = b"".join(self._parts)
        self._parts, self.size = [], 0
        return whole


def datapackage() -> dict[str, Any]:
    """The description of the files, for programs (specs.frictionlessdata.io)."""
    return {
        "profile": "tabular-data-package",
        "name": "practices",
        "title": "What cities did: practices, costs, results, adoptions, challenges",
        "licenses": [{"name": "CC-BY-4.0", "path": "https://creativecommons.org/licenses/by/4.0/"}],
        "description": "Each practice names its own licence in the column licence; CC BY 4.0 is the usual one.",
        "resources": [
            {
                "name": table.name,
                "path": f"{table.name}.csv",
                "profile": "tabular-data-resource",
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "description": table.about,
                "schema": described(table),
            }
            for table in TABLES
        ],
    }


def _entry(name: str) -> ZipInfo:
    entry = ZipInfo(name, LONG_AGO)
    entry.compress_type, entry.external_attr = ZIP_DEFLATED, 0o644 << 16
    return entry


def _write(package: ZipFile, table: Table, rows: Iterable[Row]) -> Iterator[int]:
    """Write the rows of a table; what is yielded is how many are written by now."""
    with (
        package.open(_entry(f"{table.name}.csv"), "w", force_zip64=True) as raw,
        TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(table.names)
        for number, row in enumerate(rows, 1):
            writer.writerow([harmless(cell(row.get(name))) for name in table.names])
            yield number


def _each(practices: Practices, *related: str | Prefetch[Any]) -> Iterator[Practice]:
    found = practices.select_related("city").order_by("pk")
    yield from found.prefetch_related(*related).iterator(chunk_size=AT_ONCE)


def _practices(practices: Practices, base: str) -> Iterator[Row]:
    for one in _each(practices, "words__text"):
        yield row_of(one, base)


def row_of(practice: Practice, base: str = "") -> Row:
    """A practice as a row of its table."""
    told = {one.field: one.text for one in practice.words.all()}
    language = main_language(told.values(), told.get(PracticeField.TITLE))
    own = {record: name for name, record in OWN_NAMES.items()}
    row: Row = {own.get(name, name): getattr(practice, name) for name in FACTS}
    row |= {field: text.body for field, text in told.items()}
    others = [f"{field}:{text.language}" for field, text in sorted(told.items()) if text.language != language]
    return row | {
        "slug": practice.slug,
        "city": practice.city.slug if practice.city else "",
        "language": language,
        "other_languages": others,
        "evidence": practice.evidence,
        "verification": practice.verification,
        "published_at": _utc(practice.published_at),
        "address": base + reverse("practice", args=[practice.slug]),
    }


def main_language(texts: Iterable[Text], title: Text | None) -> str:
    """The language of the title; where there is none, of any text."""
    return title.language if title else next((one.language for one in texts), "")


def _utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _claims(name: str, model: type[Cost] | type[Result]) -> Callable[[Practices, str], Iterator[Row]]:
    """The rows of a table of claims: of practices and of their adoptions."""
    table = next(one for one in TABLES if one.name == name)
    fields = [one for one in table.names if one not in {"practice", "adopted_by"}]

    def rows(practices: Practices, _base: str) -> Iterator[Row]:
        adoptions = Prefetch("adoptions", Adoption.objects.order_by("pk").select_related("to_city"))
        own = (Prefetch(path, model._default_manager.order_by("pk")) for path in (name, f"adoptions__{name}"))
        for practice in _each(practices, adoptions, *own):
            for of in (practice, *practice.adoptions.all()):
                by = of.to_city.slug if isinstance(of, Adoption) else ""
                for one in getattr(of, name).all():
                    values = {field: getattr(one, field) for field in fields}
                    yield {"practice": practice.slug, "adopted_by": by, **values}

    return rows


def _belongings(name: str) -> Callable[[Practices, str], Iterator[Row]]:
    """The rows of partners or media."""

    def rows(practices: Practices, _base: str) -> Iterator[Row]:
        for practice in _each(practices, name):
            for one in sorted(getattr(practice, name).all(), key=lambda one: one.pk):
                yield {**vars(one), "practice": practice.slug}

    return rows


def _adoptions(practices: Practices, _base: str) -> Iterator[Row]:
    whole = Adoption.objects.order_by("pk").select_related("to_city", "from_city").prefetch_related("parts")
    for practice in _each(practices, Prefetch("adoptions", whole)):
        for one in practice.adoptions.all():
            yield adoption_row(one, practice.slug)


def adoption_row(one: Adoption, practice: str) -> Row:
    """An adoption as a row of its table."""
    parts = {kind: [part for part in one.parts.all() if part.kind == kind] for kind in PartKind.values}
    return {
        **{name: getattr(one, name) for name in ("stage", "began_on", "why", "source", "is_simulated")},
        "practice": practice,
        "to_city": one.to_city.slug,
        "from_city": one.from_city.slug if one.from_city else "",
        "why_language": one.why_language if one.why else "",
        "confirmed_on": one.confirmed_at.date() if one.confirmed_at and one.is_confirmed else None,
        **{
            kind: "\n".join(f"{part.part} – {part.why}" if part.why else part.part for part in found)
            for kind, found in parts.items()
        },
    }


def _challenges(_practices: Practices, _base: str) -> Iterator[Row]:
    found = Challenge.objects.select_related("city", "title", "description").order_by("pk")
    for one in found.iterator(chunk_size=AT_ONCE):
        yield {
            **{name: getattr(one, name) for name in ("slug", "concepts", "state", "source", "is_simulated")},
            "city": one.city.slug,
            "language": one.title.language,
            "title": one.title.body,
            "description_language": one.description.language if one.description else "",
            "description": one.description.body if one.description else "",
            "written_on": one.written_at.astimezone(UTC).date(),
        }


def _translations(practices: Practices, _base: str) -> Iterator[Row]:
    for practice in _each(practices, "words__text__translations"):
        for one in sorted(practice.words.all(), key=lambda one: one.field):
            yield from _of(one.text, record="practice", slug=practice.slug, field=one.field)
    found = Challenge.objects.with_words().order_by("pk")
    for challenge in found.iterator(chunk_size=AT_ONCE):
        yield from _of(challenge.title, record="challenge", slug=challenge.slug, field="title")
        if challenge.description:
            yield from _of(challenge.description, record="challenge", slug=challenge.slug, field="description")


def _of(text: Text, **where: str) -> Iterator[Row]:
    """Translations of the newest version of a text."""
    fresh = (one for one in text.translations.all() if one.text_version == text.version)
    for one in sorted(fresh, key=lambda one: one.language):
        yield {**where, "language": one.language, "state": one.state, "engine": one.engine, "text": one.body}


ROWS: Final[dict[str, Callable[[Practices, str], Iterator[Row]]]] = {
    "practices": _practices,
    "costs": _claims("costs", Cost),
    "results": _claims("results", Result),
    "partners": _belongings("partners"),
    "media": _belongings("media"),
    "adoptions": _adoptions,
    "challenges": _challenges,
    "translations": _translations,
}
