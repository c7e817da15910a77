"""What somebody asks of the practices, as it stands in the address of the page: every filter is a link."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Final, get_args

from django.core.validators import slug_re
from django.http.request import QueryDict
from django.utils.http import urlencode

from intercity.cities.gazetteer import countries
from intercity.core.matching import Climate, Income, Size
from intercity.practices import vocabulary
from intercity.practices.models import PracticeStatus

LONGEST: Final = 200
"""Characters of the words that are read."""
MOST_PAGES: Final = 1_000

FILTERS: Final = (
    "theme", "target", "city", "country", "income", "size", "climate", "cost", "evidence", "status", "failed",
)  # fmt: skip
"""What leaves practices out; the rest only orders them."""


@dataclass(frozen=True)
class Asked:
    """What is asked: words, filters, and by what the practices are ordered; "" where nothing is said.

    `like` is the slug of a city, `challenge` that of a challenge that they should fit; `evidence` is the lowest level.
    `ignored` are names of filters whose values nobody knows: they were left out, and pages say so.
    """

    q: str = ""
    theme: str = ""
    target: str = ""
    city: str = ""
    country: str = ""
    income: str = ""
    size: str = ""
    climate: str = ""
    cost: str = ""
    evidence: str = ""
    status: str = ""
    failed: str = ""
    like: str = ""
    challenge: str = ""
    sort: str = ""
    page: int = 1
    ignored: tuple[str, ...] = ()

    @property
    def filters(self) -> dict[str, str]:
        """The filters that are on, with their values, in their order."""
        return {name: value for name in FILTERS if (value := getattr(self, name))}

    @property
    def is_empty(self) -> bool:
        """Whether everything is asked for."""
        return not (self.q or self.filters or self.like or self.challenge)

    def parameters(self) -> dict[str, str]:
        """What an address needs to ask the same; the first page and what is not said are left out."""
        said = {one.name: str(getattr(self, one.name)) for one in fields(self) if one.name not in {"page", "ignored"}}
        if self.page > 1:
            said["page"] = str(self.page)
        return {name: value for name, value in said.items() if value}

    def address(self, *, without: Collection[str] = (), with_: Mapping[str, str] | None = None) -> str:
        """The query of an address ("?q=…") that asks the same without some filters and with others, from page 1.

        A page is kept only where it is asked for by name. "?" alone asks for everything.
        """
        kept = {
            name: value for name, value in self.parameters().items() if name not in without and name != "page"
        } | dict(with_ or {})
        return "?" + urlencode({name: value for name, value in kept.items() if value})

    def without(self, *names: str) -> Asked:
        """The same question with less in it."""
        return replace(self, page=1, **dict.fromkeys(names, ""))  # type: ignore[arg-type]


def parse(query: QueryDict | Mapping[str, str]) -> Asked:
    """Read a question from an address, whatever stands there; values that nobody knows are left out and named."""
    said = {one.name: " ".join(query.get(one.name, "").split()).replace("\0", "") for one in fields(Asked)}
    page, said["q"] = said.pop("page"), said["q"][:LONGEST]
    said.pop("ignored")
    ignored = tuple(name for name, value in said.items() if value and name != "q" and not _is_known(name, value))
    return Asked(**{**said, **dict.fromkeys(ignored, "")}, page=_page(page), ignored=ignored)


def _page(typed: str) -> int:
    return min(max(int(typed), 1), MOST_PAGES) if typed.isascii() and typed.isdecimal() and len(typed) < 6 else 1


VALUES: Final[Mapping[str, Collection[str]]] = {
    "income": get_args(Income),
    "size": get_args(Size),
    "climate": get_args(Climate),
    "cost": ("known", "unknown"),
    "evidence": ("1", "2", "3", "4", "5"),
    "status": PracticeStatus.values,
    "failed": ("yes",),
    "sort": ("evidence", "newest"),
}


def _is_known(name: str, value: str) -> bool:
    """Whether a filter has this value; slugs are looked up by the search."""
    if name == "theme":
        return value in vocabulary.concepts()
    if name == "target":
        return value in vocabulary.TARGETS
    if name == "country":
        return value in countries()
    return value in VALUES[name] if name in VALUES else slug_re.match(value) is not None
