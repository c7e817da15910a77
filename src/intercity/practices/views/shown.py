"""A practice as pages show it: words by heading, claims by indicator, the family tree, and what translated it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.db.models import Choices, Prefetch
from django.http import Http404, HttpRequest
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.core.language.formats import format_list
from intercity.core.language.names import language_name
from intercity.languages.models import Text, Words
from intercity.languages.network import network_languages
from intercity.practices import evidence, vocabulary
from intercity.practices.actions.rights import may_write
from intercity.practices.models import (
    Adoption,
    Cost,
    CostKind,
    Partner,
    Practice,
    PracticeField,
    Practices,
    PracticeState,
    Provenance,
    Result,
)

PARTNERS = {"lead": 0, "funder": 1, "technical": 2, "political": 3, "administrative": 4, "community": 5}
"""Partners in the order in which a reader asks for them."""


ELSEWHERE = (PracticeField.TRANSFER, PracticeField.MUST_KEEP, PracticeField.MAY_CHANGE)


@dataclass(frozen=True)
class Told:
    """What is told under a heading, and as which words this reader sees it."""

    field: str
    label: str
    text: Text
    words: Words


@dataclass(frozen=True)
class Finding:
    """Everything that is claimed of one indicator; `is_disputed` where two say different things of the same time."""

    indicator: str
    results: tuple[Result, ...]

    @property
    def is_disputed(self) -> bool:
        """Whether claims of the same time differ."""
        times = [one.measured_on for one in self.results]
        return len({(one.measured_on, one.value) for one in self.results}) > len(set(times))


@dataclass(frozen=True)
class Branch:
    """An adoption, and those who took it from there."""

    adoption: Adoption
    branches: tuple[Branch, ...]


@dataclass(frozen=True)
class Theme:
    """A concept of the vocabulary by its name in the reader's language, or in English where there is none."""

    id: str
    label: str
    language: str


def findings(results: Iterable[Result]) -> tuple[Finding, ...]:
    """Claims of one indicator side by side, in the order in which each was first claimed."""
    found: dict[str, list[Result]] = {}
    for one in results:
        found.setdefault(one.indicator.strip().casefold(), []).append(one)
    return tuple(Finding(some[0].indicator, tuple(some)) for some in found.values())


def family_tree(adoptions: Sequence[Adoption], origin: int | None) -> tuple[Branch, ...]:
    """Who took it from whom, beginning at the city where it was first done.

    An adoption whose giver has not adopted it itself stands at the first level, too: nobody is left out.
    """
    takers = {one.to_city_id for one in adoptions}
    left = {one.pk: one for one in adoptions}

    def below(city: int | None) -> tuple[Branch, ...]:
        mine = [one for one in left.values() if one.from_city_id == city]
        for one in mine:
            del left[one.pk]
        return tuple(Branch(one, below(one.to_city_id)) for one in mine)

    first = [*below(origin)]
    roots = [city for city in dict.fromkeys(one.from_city_id for one in adoptions) if city not in takers]
    for city in roots:
        first += below(city)
    while left:  # two cities that name each other as the giver
        one = left.pop(next(iter(left)))
        first.append(Branch(one, below(one.to_city_id)))
    return tuple(first)


def themes(ids: Iterable[str]) -> list[Theme]:
    """Concepts by their names for this reader; what the vocabulary does not know is left out."""
    language, known = get_language() or "en", vocabulary.concepts()
    return [Theme(id_, known[id_].label(language), known[id_].language(language)) for id_ in ids if id_ in known]


@dataclass(frozen=True)
class Shown:
    """One practice for one reader.

    `reading_languages` are the network's, in which it is shown where theirs is not; `as_written` shows no translation.
    """

    practice: Practice
    reading_languages: tuple[str, ...]
    as_written: bool = False

    @cached_property
    def told(self) -> dict[str, Told]:
        """What is told, by the name of its heading."""
        said = {one.field: one.text for one in self.practice.words.all()}
        return {
            field.value: Told(field.value, str(field.label), said[field.value], self._words(said[field.value]))
            for field in PracticeField
            if field.value in said
        }

    def _words(self, text: Text) -> Words:
        if self.as_written:
            return Words(text.body, text.language)
        return text.words(get_language() or "en", self.reading_languages)

    @property
    def name(self) -> str:
        """Its title in plain words, for attributes and the heads of pages; its slug where it has none yet."""
        found = self.told.get(PracticeField.TITLE)
        return found.words.body if found else self.practice.slug

    @property
    def translated(self) -> list[Told]:
        """What is shown in translation."""
        return [one for one in self.told.values() if one.words.translated_from]

    @property
    def engines(self) -> str:
        """The machines that translated what is shown, each once; empty where people did."""
        return ", ".join(dict.fromkeys(_(one.words.engine) for one in self.translated if one.words.engine))

    @property
    def translated_from(self) -> str:
        """The languages that what is shown was translated from, as this reader calls them."""
        return _languages(one.words.translated_from for one in self.translated)

    @property
    def awaits_review(self) -> bool:
        """Whether a translation that is shown was not looked at by a second person."""
        return any(one.words.awaits_review for one in self.translated)

    @property
    def foreign(self) -> str:
        """The languages of what is shown and is not in the reader's, as this reader calls them."""
        return _languages(one.words.language for one in self.told.values() if one.words.asked)

    @cached_property
    def capital(self) -> list[Cost]:
        """What it cost once, as each says."""
        return [one for one in self.practice.costs.all() if one.kind == CostKind.CAPITAL]

    @cached_property
    def running(self) -> list[Cost]:
        """What it costs every year, as each says."""
        return [one for one in self.practice.costs.all() if one.kind == CostKind.RUNNING]

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """Its results by indicator."""
        return findings(self.practice.results.all())

    @cached_property
    def adoptions(self) -> list[Adoption]:
        """Who takes it over or took it over, the first one first."""
        found = self.practice.adoptions.all()
        return sorted(found, key=lambda one: (one.began_on, one.pk))

    @cached_property
    def tree(self) -> tuple[Branch, ...]:
        """Who took it from whom."""
        return family_tree(self.adoptions, self.practice.city_id)

    @cached_property
    def evidence(self) -> evidence.Evidence:
        """How strong the evidence is, and why."""
        return evidence.of(self.practice)

    @property
    def elsewhere(self) -> list[tuple[str, Told | None]]:
        """What somebody needs who wants to do it elsewhere, by heading, told or not."""
        return [(str(field.label), self.told.get(field)) for field in ELSEWHERE]

    @property
    def nobody_confirmed(self) -> bool:
        """Whether it was written without the city, which has not said since how it stands."""
        city, from_afar = self.practice.city, {Provenance.SOURCES, Provenance.IMPORT}
        return self.practice.provenance in from_afar and not (city and self.practice.status_confirmed_by == city.name)

    @property
    def themes(self) -> list[Theme]:
        """The challenges that it is an answer to."""
        return themes(self.practice.concepts)

    @property
    def targets(self) -> list[vocabulary.Target]:
        """The SDG targets that it serves."""
        return [found for code in self.practice.targets if (found := vocabulary.TARGETS.get(code))]

    @property
    def funding(self) -> list[str]:
        """Who pays."""
        return _labels(vocabulary.FUNDING, self.practice.funding)

    @property
    def groups(self) -> list[str]:
        """Whom it is for."""
        return _labels(vocabulary.GROUPS, self.practice.groups)

    @property
    def cofog(self) -> str:
        """The function of government; empty where none is said."""
        return ", ".join(_labels(vocabulary.COFOG, [self.practice.cofog]))

    @property
    def focus_area(self) -> str:
        """The focus area; empty where none is said."""
        return ", ".join(_labels(vocabulary.FOCUS_AREAS, [self.practice.focus_area]))

    @property
    def country(self) -> str:
        """The code of the country of its place; empty where it is not known."""
        return self.practice.city.country if self.practice.city else self.practice.country

    @property
    def partners(self) -> list[Partner]:
        """Partners, those who led it first."""
        return sorted(self.practice.partners.all(), key=lambda one: (PARTNERS.get(one.role, 9), one.pk))

    @property
    def is_stale(self) -> bool:
        """Whether nobody has confirmed for 18 months how it stands."""
        return self.practice.is_stale()


def _languages(codes: Iterable[str]) -> str:
    reader = get_language() or "en"
    return format_list([language_name(code, reader) for code in dict.fromkeys(codes)], reader)


def _labels(choices: type[Choices], codes: Iterable[str]) -> list[str]:
    labels = dict(choices.choices)
    return [str(labels[code]) for code in codes if code in labels]


def whole(found: Practices) -> Practices:
    """With everything that a page about one practice shows."""
    adoptions = Adoption.objects.with_places().prefetch_related("costs", "results", "from_city__names")
    return found.with_words().prefetch_related("media", Prefetch("adoptions", queryset=adoptions))


def visible(request: HttpRequest, slug: str, found: Practices | None = None) -> Practice:
    """The practice of this address if it is published or the reader may write it; else there is no page."""
    person = request.user if isinstance(request.user, Person) else None
    practice = (Practice.objects.all() if found is None else found).filter(slug=slug).first()
    if practice is None or not (practice.state == PracticeState.PUBLISHED or may_write(person, practice.city)):
        raise Http404
    return practice


def shown(practices: Iterable[Practice]) -> list[Shown]:
    """Several practices for one reader."""
    languages = network_languages()
    return [Shown(practice, languages) for practice in practices]
