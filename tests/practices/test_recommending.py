"""What a city gives, takes and might try: with reasons, and with what is not known."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.practices import actions
from intercity.practices.models import (
    Adoption,
    AdoptionStage,
    Challenge,
    ChallengeState,
    Practice,
    PracticeState,
    PracticeWords,
)
from intercity.practices.recommending import missing, recommendations
from intercity.practices.vocabulary import concepts


@pytest.fixture
def concept() -> str:
    """A concept that has no narrower one."""
    return next(one.id for one in concepts().values() if one.broader)


@pytest.fixture
def fitting(practice: Practice, challenge: Challenge, concept: str) -> Practice:
    """Northport's practice is about what Eastbay seeks."""
    Practice.objects.filter(pk=practice.pk).update(concepts=[concept])
    Challenge.objects.filter(pk=challenge.pk).update(concepts=[concept])
    practice.refresh_from_db()
    return practice


def another(city: City, slug: str, concept: str, **fields: Any) -> Practice:
    found = Practice.objects.create(
        slug=slug,
        city=city,
        state=PracticeState.PUBLISHED,
        published_at=timezone.now(),
        concepts=[concept],
        **{"evidence": 2, **fields},
    )
    PracticeWords.objects.create(practice=found, field="title", text=write_text("en", f"The {slug} of {city.name}"))
    return found


def slugs(city: City) -> list[str]:
    return [found.practice.slug for one in recommendations(city) for found in one.practices]


def test_what_fits_a_challenge_with_reasons_and_what_is_missing(fitting: Practice, eastbay: City) -> None:
    (found,) = recommendations(eastbay)
    (recommended,) = found.practices
    assert recommended.practice == fitting
    assert "theme" in {one.kind for one in recommended.reasons}
    assert "the law it stands on" in recommended.missing
    assert "what it cost" not in recommended.missing


def test_what_a_city_did_or_takes_over_already_is_left_out(
    fitting: Practice, adoption: Adoption, eastbay: City, concept: str
) -> None:
    another(eastbay, "own", concept)
    assert slugs(eastbay) == []


def test_only_open_challenges_count(fitting: Practice, challenge: Challenge, eastbay: City) -> None:
    Challenge.objects.update(state=ChallengeState.CLOSED)
    assert recommendations(eastbay) == []


def test_what_is_not_public_is_not_recommended(fitting: Practice, eastbay: City) -> None:
    Practice.objects.update(state=PracticeState.WITHDRAWN)
    assert slugs(eastbay) == []


def test_each_practice_stands_once(fitting: Practice, challenge: Challenge, eastbay: City, concept: str) -> None:
    Challenge.objects.create(
        slug="again", city=eastbay, title=write_text("en", "The harbour floods, too"), concepts=[concept]
    )
    assert slugs(eastbay) == [fitting.slug]


def test_recent_spread_among_similar_cities_lifts_a_practice(
    fitting: Practice, northport: City, eastbay: City, concept: str
) -> None:
    spreading = another(northport, "spreading", concept)
    resting = another(northport, "resting", concept)
    Practice.objects.filter(pk=fitting.pk).update(state=PracticeState.WITHDRAWN)
    like, unlike = cast.member("Alike"), cast.member("Unlike", country="CH", latitude=47.0, longitude=8.0)
    assert slugs(eastbay) == ["spreading", "resting"], "by key where nothing else decides"
    one = Adoption.objects.create(
        practice=resting, to_city=like, from_city=northport, stage=AdoptionStage.RUNNING, confirmed_at=timezone.now()
    )
    assert slugs(eastbay) == ["resting", "spreading"]
    (found,) = recommendations(eastbay)
    assert "Lately taken up by: Alike." in {reason.said for reason in found.practices[0].reasons}
    Adoption.objects.create(practice=spreading, to_city=unlike, from_city=northport, stage=AdoptionStage.RUNNING)
    assert slugs(eastbay) == ["resting", "spreading"], "a city unlike this one counts less"
    Adoption.objects.filter(pk=one.pk).update(began_on=timezone.localdate() - timedelta(days=800))
    assert slugs(eastbay) == ["spreading", "resting"], "what was taken up long ago is no momentum"


def test_what_is_missing_is_named(draft: Practice) -> None:
    assert missing(draft) == (
        "what it cost",
        "how many people it needs",
        "the law it stands on",
        "what came of it",
        "how it stands today",
    )


def page_of(client: Client, slug: str) -> str:
    answer = client.get(f"/cities/{slug}/practices/")
    assert answer.status_code == 200
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_the_page_of_a_city_that_gave(client: Client, adoption: Adoption, challenge: Challenge, dia: Person) -> None:
    actions.move(dia, adoption, AdoptionStage.STOPPED, "The plants died.", language="en")
    gave, took = page_of(client, "northport"), page_of(client, "eastbay")
    for shown in (gave, took):
        assert "Rain gardens along the market street" in shown
        assert "not yet confirmed by Eastbay" in shown
        assert "stopped" in shown
    assert "Who took something over" in gave
    assert "Our market floods" in took
    actions.confirm(dia, adoption)
    assert "confirmed by Eastbay" in page_of(client, "northport")


def test_the_page_of_a_city_without_anything(client: Client, northport: City) -> None:
    shown = page_of(client, "northport")
    assert "No practice of this city is published yet." in shown
    assert "This city has not described a challenge yet." in shown
    assert client.get("/cities/nowhere/practices/").status_code == 404


def test_drafts_are_on_nobodys_page(client: Client, draft: Practice, ana: Person) -> None:
    client.force_login(ana)
    assert "Night buses" not in page_of(client, "northport")


def test_recommendations_say_why_on_the_page(client: Client, fitting: Practice) -> None:
    shown = page_of(client, "eastbay")
    assert "What it might try" in shown
    assert "About:" in shown
    assert "Not known:" in shown
    assert "We want to try this" not in shown


def test_its_officer_can_say_at_once_that_they_want_it(client: Client, fitting: Practice, dia: Person) -> None:
    client.force_login(dia)
    assert f"/practices/{fitting.slug}/adopt/" in client.get("/cities/eastbay/practices/").content.decode()


def test_the_page_asks_the_database_no_more_for_more(
    client: Client, fitting: Practice, northport: City, eastbay: City, concept: str, django_assert_max_num_queries: Any
) -> None:
    for number in range(12):
        one = another(northport, f"more-{number}", concept)
        if number % 2:
            Adoption.objects.create(practice=one, to_city=eastbay, from_city=northport)
    with django_assert_max_num_queries(60):
        page_of(client, "eastbay")
    with django_assert_max_num_queries(40):
        page_of(client, "northport")


def test_the_main_navigation_shows_one_place(client: Client, northport: City) -> None:
    shown = client.get("/cities/northport/practices/").content.decode()
    assert re.findall(r'<a href="([^"]+)" aria-current="true"', shown) == ["/cities/"]
