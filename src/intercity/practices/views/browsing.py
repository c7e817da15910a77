"""Challenges and what fits them, what did not work, and the vocabulary by which both are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person
from intercity.cities.rights import writable_cities
from intercity.practices import vocabulary
from intercity.practices.actions.rights import may_write
from intercity.practices.models import Challenge, ChallengeState, Practice
from intercity.practices.search import Reason, fits
from intercity.practices.views.shown import Shown, Theme, shown, themes

A_FEW, ON_A_PAGE = 6, 20


@require_safe
def failed_practices(request: HttpRequest) -> HttpResponse:
    """What was stopped or undone, with what was difficult: from these one learns most."""
    page = Paginator(Practice.objects.published().failed().with_words(), ON_A_PAGE).get_page(request.GET.get("page"))
    return render(request, "practices/failed.html", {"page": page, "found": shown(page.object_list)})


@require_safe
def challenges(request: HttpRequest) -> HttpResponse:
    """What cities seek an answer to, newest first; those of one theme or one state."""
    theme, state = request.GET.get("theme", ""), request.GET.get("state", "")
    found = Challenge.objects.with_words()
    if state in ChallengeState.values:
        found = found.filter(state=state)
    chosen = [one for one in found if theme in one.concepts] if theme else found
    context = {
        "page": Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page")),
        "theme": next(iter(themes([theme])), None),
        "state": state,
        "states": [("", ""), *ChallengeState.choices],
        "any": bool(theme or state),
        "may_write": isinstance(request.user, Person) and writable_cities(request.user).exists(),
    }
    return render(request, "practices/challenges.html", context)


@dataclass(frozen=True)
class Fitting:
    """A practice that may be an answer, and why."""

    shown: Shown
    reasons: tuple[Reason, ...]


@require_safe
def challenge(request: HttpRequest, slug: str) -> HttpResponse:
    """One city's challenge: its words, the practices that fit it best, and other cities with the same."""
    found = get_object_or_404(Challenge.objects.with_words(), slug=slug)
    person = request.user if isinstance(request.user, Person) else None
    context = {
        "challenge": found,
        "themes": themes(found.concepts),
        "fitting": _fitting(found),
        "others": _with_the_same(found),
        "may_write": may_write(person, found.city),
    }
    return render(request, "practices/challenge.html", context)


def _fitting(challenge: Challenge) -> list[Fitting]:
    """The practices that fit it best, each with why."""
    found = fits(challenge, A_FEW)
    practices = shown(practice for practice, _reasons in found)
    return [Fitting(one, reasons) for one, (_practice, reasons) in zip(practices, found, strict=True)]


def _with_the_same(challenge: Challenge) -> list[Challenge]:
    """Challenges of other cities that share a theme, those that share most first."""
    mine = set(challenge.concepts)
    others = Challenge.objects.with_words().exclude(city_id=challenge.city_id).exclude(state=ChallengeState.CLOSED)
    alike = [one for one in others if mine & set(one.concepts)]
    return sorted(alike, key=lambda one: -len(mine & set(one.concepts)))[:ON_A_PAGE]


@dataclass(frozen=True)
class Counted:
    """A concept with how many practices and open challenges it has, and what it is broader than."""

    theme: Theme
    practices: int
    challenges: int
    narrower: tuple[Counted, ...] = ()


@require_safe
def vocabulary_tree(request: HttpRequest) -> HttpResponse:
    """Every concept, with how many practices and challenges are about it."""
    practices = _count(Practice.objects.published().values_list("concepts", flat=True))
    asked = Challenge.objects.exclude(state=ChallengeState.CLOSED)
    challenges = _count(asked.values_list("concepts", flat=True))

    def counted(concept: vocabulary.Concept, narrower: tuple[Counted, ...] = ()) -> Counted:
        [theme] = themes([concept.id])
        return Counted(theme, practices[concept.id], challenges[concept.id], narrower)

    groups = [counted(top, tuple(map(counted, vocabulary.under(top.id)))) for top in vocabulary.tops()]
    language = get_language() or "en"
    context = {
        "groups": groups,
        "number": len(vocabulary.concepts()),
        "is_drafted": any(one.status(language) == "machine" for one in vocabulary.tops()),
        "languages": vocabulary.languages(),
    }
    return render(request, "practices/vocabulary.html", context)


def _count(found: Iterable[list[str]]) -> Counter[str]:
    return Counter(concept for concepts in found for concept in set(concepts))
