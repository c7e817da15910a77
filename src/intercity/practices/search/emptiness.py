"""What helps where nothing was found: fewer filters, what the words are likely about, and whom to ask."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from intercity.cities.models import City
from intercity.practices import vocabulary
from intercity.practices.models import Practice
from intercity.practices.search.asked import Asked
from intercity.practices.search.filters import NAMES, having, kept, value_label
from intercity.practices.search.searching import Page, search

CONCEPTS: Final = 3
CITIES: Final = 5


@dataclass(frozen=True)
class WayOut:
    """Another question that finds something: its words, its address, and how many it finds, at least."""

    label: str
    address: str
    count: int


@dataclass(frozen=True)
class Help:
    """What to do where nothing was found."""

    without: tuple[WayOut, ...] = ()
    concepts: tuple[WayOut, ...] = ()
    cities: tuple[City, ...] = ()


def help_with(page: Page, reader: str, languages: tuple[str, ...]) -> Help:
    """Questions with one filter less, the nearest challenges of the vocabulary, and cities that know about them."""
    near = _near(page, reader)
    found = [(one, having(Practice.objects.published(), [one.id])) for one in near]
    counted = [(one, practices.count()) for one, practices in found]
    concepts = tuple(
        WayOut(one.label(reader), Asked(theme=one.id).address(), count) for one, count in counted if count
    )
    return Help(_without(page.asked, reader, languages), concepts, _cities(near))


def _near(page: Page, reader: str) -> list[vocabulary.Concept]:
    """What the words, the theme or the challenge are about."""
    known, asked = vocabulary.concepts(), page.asked
    if asked.q:
        language = page.understood.language or reader
        return [concept for concept, _likeness in vocabulary.concepts_for(asked.q, language, CONCEPTS)]
    if page.challenge is not None:
        return [known[one] for one in page.challenge.concepts if one in known][:CONCEPTS]
    if asked.theme:
        group = known[asked.theme].broader or asked.theme
        return [one for one in known.values() if group in {one.id, one.broader}]
    return []


def _without(asked: Asked, reader: str, languages: tuple[str, ...]) -> tuple[WayOut, ...]:
    """Each filter, left out alone; the words, too, where there are filters beside them."""
    ways = []
    for name, value in asked.filters.items():
        fewer = asked.without(name)
        count = search(fewer, reader, languages, most=1).total if fewer.q else kept(fewer).count()
        if count:
            ways.append(WayOut(f"{NAMES[name]}: {value_label(name, value, reader)}", fewer.address(), count))
    if asked.q and asked.filters:
        count = kept(asked).count()
        if count:
            ways.append(WayOut(f"“{asked.q}”", asked.without("q").address(), count))
    return tuple(ways)


def _cities(near: list[vocabulary.Concept]) -> tuple[City, ...]:
    """Members that have published something about it, those with the strongest evidence first."""
    if not near:
        return ()
    found = having(Practice.objects.published(), [one.id for one in near]).filter(city__left_on=None)
    rows = found.filter(city__isnull=False).order_by("-evidence", "-pk").values_list("city", flat=True)
    keys = list(dict.fromkeys(rows))[:CITIES]
    cities = City.objects.prefetch_related("names").in_bulk(keys)
    return tuple(cities[pk] for pk in keys)
