"""Up to three practices side by side, what differs first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.cities.countries import country_name
from intercity.core.language.formats import format_number
from intercity.practices import evidence
from intercity.practices.models import Cost, Practice, PracticeField
from intercity.practices.templatetags.practice_pages import money, posts, when
from intercity.practices.views.saving import saved_practices
from intercity.practices.views.shown import Shown, Told, shown, whole

MOST = 3
WORDS = (
    PracticeField.DIFFICULTIES,
    PracticeField.DIFFERENTLY,
    PracticeField.STAFF,
    PracticeField.LEGAL,
    PracticeField.PROBLEM,
    PracticeField.SOLUTION,
    PracticeField.EQUITY,
    PracticeField.TRANSFER,
    PracticeField.MUST_KEEP,
    PracticeField.MAY_CHANGE,
)
"""What is told in words, in the order in which it is compared; it is always different."""


@dataclass(frozen=True)
class Cell:
    """What one practice says in a row: lines, or words; neither where it is not known."""

    shown: Shown
    lines: tuple[str, ...] = ()
    told: Told | None = None

    @property
    def is_known(self) -> bool:
        """Whether anything is said."""
        return bool(self.lines or self.told)


@dataclass(frozen=True)
class Row:
    """One heading, and what each practice says under it."""

    label: str
    cells: tuple[Cell, ...]

    @property
    def is_known(self) -> bool:
        """Whether any of them says anything."""
        return any(cell.is_known for cell in self.cells)

    @property
    def differs(self) -> bool:
        """Whether they say different things."""
        return any(cell.told for cell in self.cells) or len({cell.lines for cell in self.cells}) > 1


@require_safe
def compare_practices(request: HttpRequest) -> HttpResponse:
    """Practices that the address names, side by side; those of the reading list to choose more from."""
    slugs = list(dict.fromkeys(request.GET.getlist("p")))
    found = {one.slug: one for one in whole(Practice.objects.published().filter(slug__in=slugs[:20]))}
    known = [found[slug] for slug in slugs if slug in found]
    chosen = shown(known[:MOST])
    rows = [row for row in _rows(chosen) if len(chosen) > 1]
    context = {
        "chosen": chosen,
        "others": [one for one in saved_practices(request) if one.practice.slug not in found],
        "differing": [row for row in rows if row.is_known and row.differs],
        "same": [row for row in rows if row.is_known and not row.differs],
        "unknown_of_all": [row.label for row in rows if not row.is_known],
        "too_many": len(known) > MOST,
        "absent": len(slugs) - len(known) if len(slugs) <= 20 else 0,
        "most": MOST,
    }
    return render(request, "practices/compare.html", context)


def _rows(chosen: Sequence[Shown]) -> list[Row]:
    """Everything that is compared: cost, people and law first, then words, then the rest."""
    facts = [Row(str(label), tuple(Cell(one, tuple(say(one))) for one in chosen)) for label, say in FACTS]
    words = [Row(str(field.label), tuple(Cell(one, told=one.told.get(field)) for one in chosen)) for field in WORDS]
    return [*facts[:NEEDS], *_results(chosen), *words, *facts[NEEDS:]]


def _results(chosen: Sequence[Shown]) -> list[Row]:
    """A row for each indicator that two of them have; what only one has measured stands in one row together."""
    found = [{one.indicator.strip().casefold(): one for one in each.findings} for each in chosen]
    shared = [
        key for key in dict.fromkeys(key for one in found for key in one) if sum(key in one for one in found) > 1
    ]
    rows = []
    for key in shared:
        label = next(one[key].indicator for one in found if key in one)
        rows.append(Row(label, tuple(Cell(each, _claims(each, {key})) for each in chosen)))
    rest = [
        Cell(each, _claims(each, set(one) - set(shared), named=True)) for each, one in zip(chosen, found, strict=True)
    ]
    label = _("Other results") if shared else _("Results")
    return [*rows, Row(label, tuple(rest))]


def _claims(each: Shown, keys: set[str], *, named: bool = False) -> tuple[str, ...]:
    return tuple(
        (f"{one.indicator}: " if named else "")
        + (f"{one.baseline} → " if one.baseline else "")
        + f"{one.value} {one.unit}".strip()
        + f" ({one.claimed_by}, {when(one.claimed_on)})"
        for finding in each.findings
        if finding.indicator.strip().casefold() in keys
        for one in finding.results
    )


def _costs(costs: Sequence[Cost]) -> list[str]:
    parts = [(money(one), str(one.year or ""), one.basis, str(one.get_confidence_display())) for one in costs]
    return [
        f"{' · '.join(filter(None, each))} ({one.claimed_by}, {when(one.claimed_on)})"
        for one, each in zip(costs, parts, strict=True)
    ]


def _place(one: Shown) -> list[str]:
    language = get_language() or "en"
    city = one.practice.city
    named = city.named(language) if city else one.practice.place
    return [", ".join(filter(None, (named, country_name(one.country, language) if one.country else "")))]


def _population(one: Shown) -> list[str]:
    city = one.practice.city
    return [format_number(city.population, get_language() or "en")] if city and city.population else []


def _posts(one: Shown) -> list[str]:
    return [] if one.practice.staff is None else [posts(one.practice.staff)]


def _attribute(name: str, one: Shown) -> list[str]:
    value = str(getattr(one.practice, name))
    return [value] if value else []


def _years(one: Shown) -> list[str]:
    return [" – ".join(when(day) for day in (one.practice.started, one.practice.ended) if day)] * bool(
        one.practice.started
    )


def _confirmed(one: Shown) -> list[str]:
    count = sum(1 for each in one.adoptions if each.is_confirmed and not each.is_simulated)
    return [str(count)]


NEEDS = 5
FACTS: tuple[tuple[object, Callable[[Shown], Sequence[str]]], ...] = (
    (gettext_lazy("Cost, once"), lambda one: _costs(one.capital)),
    (gettext_lazy("Cost, every year"), lambda one: _costs(one.running)),
    (gettext_lazy("Full-time posts"), _posts),
    (gettext_lazy("Whose decision it is"), partial(_attribute, "decided_by")),
    (gettext_lazy("Paid from"), lambda one: sorted(one.funding)),
    (gettext_lazy("How it stands"), lambda one: [str(one.practice.get_status_display())]),
    (gettext_lazy("Place"), _place),
    (gettext_lazy("People who live there"), _population),
    (gettext_lazy("Done for"), lambda one: [str(one.practice.get_scale_display())]),
    (gettext_lazy("Years"), _years),
    (gettext_lazy("Evidence"), lambda one: [str(evidence.Level(one.practice.evidence).label)]),
    (gettext_lazy("Who has checked it"), lambda one: [str(one.practice.get_verification_display())]),
    (gettext_lazy("Cities that confirm that they took it over"), _confirmed),
    (gettext_lazy("An answer to"), lambda one: [theme.label for theme in one.themes]),
    (gettext_lazy("Made for"), lambda one: one.groups),
    (gettext_lazy("SDG targets"), lambda one: [target.code for target in one.targets]),
)
"""Facts that are compared as lines; the first NEEDS of them are what a city asks first."""
