"""Who took part, as totals in which nobody can be found; and who lives there, where that is known."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db.models import Count

from intercity.cities.models import City
from intercity.dialogues.models import AgeBand, Channel, Gender, Participant, Round

UNKNOWN = ""
"""The name under which those are counted who did not say."""

Totals = dict[str, int | None]


def participation_in(asked: Round, *, together: int | None = None) -> dict[str, Any]:
    """Totals of the people whose votes count in a round, as a release stores them.

    `people`, and for each of `city` (by slug), `channel`, `language`, `age` and `gender` a number by name; "" is those
    who did not say. A number below the network's threshold is None, and so is any other by which it could be found.
    """
    together = settings.TOGETHER if together is None else together
    voted = asked.votes.exclude(value=None).values("participant")
    people = Participant.objects.counted().filter(pk__in=voted)
    columns = {"city": "city__slug", "channel": "channel", "language": "language"}
    if asked.dialogue.asks_age:
        columns["age"] = "age_band"
    if asked.dialogue.asks_gender:
        columns["gender"] = "gender"
    number = people.count()
    return {
        "together": together,
        "people": number if number >= together or not number else None,
        **{
            name: kept_back({row[0] or UNKNOWN: row[1] for row in _counts(people, column)}, together)
            for name, column in columns.items()
        },
    }


def _counts(people: Any, column: str) -> Iterable[tuple[str | None, int]]:
    found: Iterable[tuple[str | None, int]] = (
        people.order_by().values_list(column).annotate(number=Count("pk")).values_list(column, "number")
    )
    return found


def kept_back(counts: Mapping[str, int], together: int) -> Totals:
    """Numbers with those left out that are below the threshold, and those by which they could be found.

    Who knows the sum of all must not find a hidden number by subtracting: so the smallest of the others are hidden,
    too, until at least two numbers are, and as many people as the threshold stand behind them.
    """
    ordered = sorted((number, name) for name, number in counts.items() if number > 0)
    hidden = [(number, name) for number, name in ordered if number < together]
    rest = [(number, name) for number, name in ordered if number >= together]
    while hidden and rest and (len(hidden) < 2 or sum(number for number, _name in hidden) < together):
        hidden.append(rest.pop(0))
    out = {name for _number, name in hidden}
    return {name: None if name in out else number for name, number in counts.items()}


@dataclass(frozen=True)
class Part:
    """Some of the people: how many took part, and how many live there where that is known; None is not shown.

    `share` and `lives` are in [0, 1]: of those whose part is told, and of those who live in the cities whose
    population is known.
    """

    name: str
    people: int | None
    share: float | None = None
    population: int | None = None
    year: int | None = None
    lives: float | None = None

    @property
    def gap(self) -> float | None:
        """How much larger their part of those who took part is than their part of those who live there."""
        return None if self.share is None or self.lives is None else self.share - self.lives


def cities_compared(totals: Totals, cities: Iterable[City], language: str) -> list[Part]:
    """Every city of a dialogue, heard or not, beside the people who live there. Shares are among comparable cities."""
    cities = list(cities)
    comparable = [city for city in cities if city.population and totals.get(city.slug, 0) is not None]
    lives = sum(city.population or 0 for city in comparable)
    took_part = sum(totals.get(city.slug) or 0 for city in comparable)
    return [
        Part(
            name=city.named(language),
            people=totals.get(city.slug, 0),
            share=(totals.get(city.slug) or 0) / took_part if city in comparable and took_part else None,
            population=city.population,
            year=city.population_year,
            lives=(city.population or 0) / lives if city in comparable and lives else None,
        )
        for city in cities
    ]


def labelled(totals: Totals, kind: str) -> dict[str, int | None]:
    """Totals under the names that people read, in the order of the lists they chose from."""
    choices = {"channel": Channel, "age": AgeBand, "gender": Gender}[kind]
    labels = {str(value): str(label) for value, label in choices.choices}
    return {labels[value]: totals[value] for value in labels if value in totals}
