"""What a city gave and took, what it seeks, and what it might try."""

from __future__ import annotations

from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from intercity.cities.models import City
from intercity.languages.network import network_languages
from intercity.practices.actions.rights import may_write
from intercity.practices.models import Adoption, AdoptionStage, Challenge, Practice, PracticeState, PracticeWords
from intercity.practices.models.adoptions import Adoptions
from intercity.practices.recommending import recommendations
from intercity.practices.views.shown import Shown


@require_safe
def city_practices(request: HttpRequest, slug: str) -> HttpResponse:
    """Practices of a city and who took them; what it takes from others; its challenges, and what fits them."""
    city = get_object_or_404(City.objects.prefetch_related("names"), slug=slug)
    languages = network_languages()
    practices = Practice.objects.published().filter(city=city).with_words()
    taken = titled_adoptions().filter(to_city=city)
    given = titled_adoptions().filter(from_city=city)
    recommended = recommendations(city)
    context = {
        "city": city,
        "practices": [Shown(one, languages) for one in practices],
        "given": [(one, Shown(one.practice, languages)) for one in given],
        "taken": [(one, Shown(one.practice, languages)) for one in taken],
        "challenges": Challenge.objects.filter(city=city).with_words(),
        "recommended": [
            (one.challenge, [(each, Shown(each.practice, languages)) for each in one.practices]) for one in recommended
        ],
        "numbers": _numbers(list(given), list(taken), len(practices)),
        "may_write": may_write(request.user, city),
        "is_simulated": any(one.is_simulated for one in (*given, *taken)),
        "reading_languages": languages,
    }
    return render(request, "practices/city_practices.html", context)


def titled_adoptions() -> Adoptions:
    """Of public practices, whatever became of them: what was stopped is shown like what runs."""
    words = PracticeWords.objects.filter(field="title").select_related("text").prefetch_related("text__translations")
    return (
        Adoption.objects.with_places()
        .filter(practice__state=PracticeState.PUBLISHED)
        .select_related("practice__city")
        .prefetch_related("from_city__names", "practice__city__names", Prefetch("practice__words", words))
    )


def _numbers(given: list[Adoption], taken: list[Adoption], practices: int) -> dict[str, int]:
    """How many there are; confirmed ones and stopped ones apart."""
    return {
        "practices": practices,
        "given": len(given),
        "given_confirmed": sum(one.is_confirmed for one in given),
        "taken": len(taken),
        "taken_confirmed": sum(one.is_confirmed for one in taken),
        "stopped": sum(one.stage == AdoptionStage.STOPPED for one in (*given, *taken)),
    }
