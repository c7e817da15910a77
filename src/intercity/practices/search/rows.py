"""What was found as a table: a row per practice, with what a reader asks first."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from django.urls import reverse

from intercity.cities.countries import country_name
from intercity.practices.evidence import Level
from intercity.practices.models import Cost, CostKind, Practice, PracticeField
from intercity.practices.search.searching import Page

COLUMNS: Final = (
    "address", "title", "title_language", "summary", "place", "country", "status", "status_confirmed_on",
    "cost_once", "cost_yearly", "full_time_posts", "staff", "law", "evidence_level", "evidence", "licence", "found_by",
)  # fmt: skip
FORMULAS: Final = ("=", "+", "-", "@", "\t", "\r")
"""With these a spreadsheet would begin to compute; an apostrophe before them says that it is text."""


def rows(page: Page, site: str, reader: str, languages: Sequence[str]) -> Iterator[list[str]]:
    """The names of the columns, then a row for each practice; `site` is the root of the addresses.

    What is not known is empty. Words are in the reader's language where there is a translation, as on the page.
    """
    yield list(COLUMNS)
    for hit in page.hits:
        reasons = " ".join(reason.said for reason in hit.reasons)
        yield [_as_text(cell) for cell in [*_row(hit.practice, site, reader, languages), reasons]]


def _row(one: Practice, site: str, reader: str, languages: Sequence[str]) -> list[str]:
    title, title_language = _words(one, PracticeField.TITLE, reader, languages)
    country = one.city.country if one.city else one.country
    return [
        site + reverse("practice", args=[one.slug]),
        title,
        title_language,
        _words(one, PracticeField.SUMMARY, reader, languages)[0],
        one.city.named(reader) if one.city else one.place,
        country_name(country, reader) if country else "",
        one.status,
        one.status_confirmed_on.isoformat() if one.status_confirmed_on else "",
        _costs(one, CostKind.CAPITAL),
        _costs(one, CostKind.RUNNING),
        f"{one.staff.normalize():f}" if one.staff is not None else "",
        _words(one, PracticeField.STAFF, reader, languages)[0],
        _words(one, PracticeField.LEGAL, reader, languages)[0],
        str(one.evidence),
        str(Level(one.evidence).label),
        one.licence,
    ]


def _words(one: Practice, field: PracticeField, reader: str, languages: Sequence[str]) -> tuple[str, str]:
    text = one.text(field)
    if text is None:
        return "", ""
    words = text.words(reader, tuple(languages))
    return words.body, words.language


def _costs(one: Practice, kind: CostKind) -> str:
    """Every claim, since those that conflict stand side by side."""
    return "; ".join(_cost(cost) for cost in one.costs.all() if cost.kind == kind)


def _cost(cost: Cost) -> str:
    year = f" {cost.year}" if cost.year else ""
    return f"{cost.amount.normalize():f} {cost.currency}{year} ({cost.claimed_by})"


def _as_text(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULAS) else cell
