"""Practices are found by words of any language, by filters, for a city; and each says why."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from tests.practices import library

from intercity.cities.models import City
from intercity.languages.models import Findable, Kind
from intercity.languages.wanting import want
from intercity.practices.models import (
    Adoption,
    AdoptionStage,
    Cost,
    CostKind,
    Practice,
    PracticeState,
)
from intercity.practices.search import Asked, Page, facets, fits, help_with, search
from intercity.practices.search.duties import index_practices
from intercity.practices.search.filters import kept
from intercity.practices.search.places import place_of
from intercity.practices.search.searching import A_PAGE

LANGUAGES = ("en", "lo", "zh-hans")


@pytest.fixture
def there(northport: City, eastbay: City) -> dict[str, Practice]:
    City.objects.filter(pk=northport.pk).update(latitude=10.0, longitude=105.0)
    City.objects.filter(pk=eastbay.pk).update(latitude=31.0, longitude=121.0, country="CN", population=20_000_000)
    northport.refresh_from_db()
    eastbay.refresh_from_db()
    return library.fill(northport, eastbay)


def asked(reader: str = "en", **more: Any) -> Page:
    return search(Asked(**more), reader, LANGUAGES)


def slugs(**more: Any) -> list[str]:
    return [one.practice.slug for one in asked(**more).hits]


def reasons(slug: str, **more: Any) -> dict[str, str]:
    [hit] = [one for one in asked(**more).hits if one.practice.slug == slug]
    return {reason.kind: reason.said for reason in hit.reasons}


def test_without_a_question_the_strongest_evidence_comes_first(there: dict[str, Practice]) -> None:
    assert slugs() == ["drains", "sponge-park", "trees-zh", "night-market", "trees-lo"]
    assert asked().total == 5


def test_a_lao_query_finds_a_chinese_practice_and_says_why(there: dict[str, Practice]) -> None:
    query = "ເມືອງຄວນປູກຕົ້ນໄມ້ຕາມຖະໜົນໃຫ້ຫຼາຍຂຶ້ນ"
    assert slugs(q=query, reader="lo")[:2] == ["trees-lo", "trees-zh"]
    said = reasons("trees-zh", q=query)
    assert "imilar in meaning" in said["meaning"]
    assert said["words"] == "Written in Simplified Chinese."


def test_words_are_found_in_the_solution_and_named(there: dict[str, Practice]) -> None:
    assert slugs(q="storm water")[0] == "sponge-park"
    assert reasons("sponge-park", q="storm water")["words"] == "It has: “storm”, “water”."


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"theme": "flooding"}, ["sponge-park"]),
        ({"theme": "water"}, ["drains", "sponge-park"]),
        ({"target": "11.5"}, ["sponge-park"]),
        ({"city": "northport"}, ["sponge-park", "night-market"]),
        ({"country": "SG"}, ["drains"]),
        ({"country": "CN"}, ["trees-zh", "trees-lo"]),
        ({"income": "high"}, ["drains"]),
        ({"income": "lower-middle"}, ["sponge-park", "night-market"]),
        ({"size": "over-5m"}, ["drains", "trees-zh", "trees-lo"]),
        ({"size": "1m-5m"}, []),
        ({"size": "100k-500k"}, ["sponge-park", "night-market"]),
        ({"climate": "tropical"}, ["drains", "sponge-park", "night-market"]),
        ({"climate": "subtropical"}, ["trees-zh", "trees-lo"]),
        ({"evidence": "3"}, ["drains", "sponge-park"]),
        ({"status": "stopped"}, ["night-market"]),
        ({"failed": "yes"}, ["night-market"]),
        ({"cost": "known"}, []),
        ({"cost": "unknown", "failed": "yes"}, ["night-market"]),
        ({"theme": "water", "country": "SG"}, ["drains"]),
    ],
)
def test_each_filter_keeps_what_it_says(
    there: dict[str, Practice], filters: dict[str, str], expected: list[str]
) -> None:
    found = asked(**filters)
    assert [one.practice.slug for one in found.hits] == expected
    assert found.total == len(expected)


def test_an_amount_makes_the_cost_known(there: dict[str, Practice]) -> None:
    Cost.objects.create(practice=there["drains"], kind=CostKind.CAPITAL, amount=1, currency="SGD", claimed_by="a",
                        source="b", claimed_on="2020")  # fmt: skip
    assert slugs(cost="known") == ["drains"]
    assert "drains" not in slugs(cost="unknown")


def test_words_and_filters_go_together(there: dict[str, Practice]) -> None:
    assert {*slugs(q="rain")[:2]} == {"sponge-park", "drains"}
    assert slugs(q="rain", country="SG") == ["drains"]
    assert slugs(q="rain", failed="yes") == []


def test_only_what_is_published_is_found(there: dict[str, Practice], draft: Practice) -> None:
    want(Kind.PRACTICE, [draft.pk])
    index_practices()
    assert slugs(q="night buses for nurses") == ["night-market"]
    Practice.objects.filter(slug="night-market").update(state=PracticeState.WITHDRAWN)
    assert slugs(q="night market") == []  # at once, before the duty runs
    assert "night-market" not in slugs()
    want(Kind.PRACTICE, [there["night-market"].pk])
    index_practices()
    assert not Findable.objects.get(kind=Kind.PRACTICE, key=there["night-market"].pk).passages.exists()


def test_nothing_is_left_to_index(there: dict[str, Practice]) -> None:
    assert index_practices() == 0


def test_cities_like_mine_come_first_and_say_in_what(there: dict[str, Practice], northport: City) -> None:
    town = City.objects.create(
        slug="town", name="Town", country="KH", population=90_000, latitude=11.0, longitude=104.0
    )
    assert slugs(like="town")[:2] == ["sponge-park", "night-market"]
    said = reasons("sponge-park", like="town")
    assert said["city"].startswith("Like Town in size, the income of the country, climate (by latitude), ")
    assert said["missing"] == "Could not be compared: languages."
    assert asked(like="town").city == town


def test_a_city_s_own_practices_come_last_and_are_not_compared(there: dict[str, Practice]) -> None:
    found = slugs(like="northport")
    assert found[-2:] == ["sponge-park", "night-market"]
    assert "city" not in reasons("sponge-park", like="northport")


def test_likeness_moves_hits_of_words_but_does_not_find_any(there: dict[str, Practice]) -> None:
    assert {*slugs(q="rain", like="eastbay")} == {*slugs(q="rain")}
    assert slugs(q="rain market", like="eastbay")[0] == slugs(q="rain market")[0]


def test_what_was_asked_for_and_is_not_there_is_said(there: dict[str, Practice]) -> None:
    assert asked(like="nowhere").missing == ("like",)
    assert asked(challenge="nothing").missing == ("challenge",)
    assert asked(like="nowhere").total == 5


def test_places_of_no_member_are_those_of_the_gazetteer(there: dict[str, Practice]) -> None:
    place = place_of(there["drains"])
    assert (place.country, place.income, place.climate) == ("SG", "high", "tropical")
    assert place.population is not None
    assert place_of(Practice(place="Somewhere")).population is None


def test_values_of_filters_are_counted_and_lead_to_what_they_count(there: dict[str, Practice]) -> None:
    found = {facet.name: facet for facet in facets(Asked(), kept(Asked()), "en")}
    assert {option.value: option.count for option in found["theme"].options}["water"] == 2
    assert {option.value: option.count for option in found["evidence"].options} == {"1": 5, "2": 3, "3": 2, "4": 1}
    for facet in found.values():
        for option in facet.options:
            assert asked(**{facet.name: option.value}).total == option.count, (facet.name, option.value)


def test_a_group_of_themes_can_be_narrowed_and_a_theme_cannot(there: dict[str, Practice]) -> None:
    [theme] = [one for one in facets(Asked(theme="water"), kept(Asked(theme="water")), "en") if one.name == "theme"]
    assert {option.value for option in theme.options} == {"flooding", "river-flooding"}
    names = [one.name for one in facets(Asked(theme="flooding"), kept(Asked(theme="flooding")), "en")]
    assert "theme" not in names


def test_too_many_to_count_are_not_counted(there: dict[str, Practice], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intercity.practices.search.filters.COUNTED", 2)
    found = facets(Asked(), kept(Asked()), "en")
    assert {option.count for facet in found for option in facet.options} == {None}


def test_pages_follow_each_other(northport: City) -> None:
    for number in range(A_PAGE + 3):
        library.publish(f"same-{number:02}", northport, title="The very same words")
    index_practices()
    for more in ({}, {"q": "same words"}, {"sort": "newest"}):
        first, second = asked(**more), asked(page=2, **more)
        assert (first.total, first.next, first.previous, second.next, second.previous) == (13, 2, None, None, 1)
        assert len({one.practice.pk for one in (*first.hits, *second.hits)}) == A_PAGE + 3


def test_a_challenge_is_answered_by_theme_words_place_and_spread(
    there: dict[str, Practice], northport: City, eastbay: City
) -> None:
    town = City.objects.create(slug="town", name="Town", country="KH", population=90_000, latitude=11.0)
    challenge = library.ask(town, "Streets flood after rain", "flooding")
    found = fits(challenge)
    assert [practice.slug for practice, _ in found] == ["sponge-park", "drains"]
    said = {reason.kind: reason.said for reason in found[0][1]}
    assert said["theme"] == "About: Flooding after heavy rain."
    assert said["evidence"] == "Evidence: compared with a place or group without it."
    assert "city" in said
    assert slugs(challenge=challenge.slug) == ["sponge-park", "drains"]
    assert slugs(challenge=challenge.slug, country="SG") == ["drains"]


def test_what_similar_cities_took_up_lately_fits_better(
    there: dict[str, Practice], northport: City, eastbay: City
) -> None:
    town = City.objects.create(slug="town", name="Town", country="KH", population=90_000)
    for number in range(2):
        library.publish(f"pump-{number}", northport, title="Pumps", concepts=["flooding"], evidence=1)
    index_practices()
    challenge = library.ask(town, "Water stands in the streets", "flooding")
    pumps = [practice.slug for practice, _ in fits(challenge) if practice.slug.startswith("pump")]
    last = Practice.objects.get(slug=pumps[-1])
    Adoption.objects.create(practice=last, to_city=eastbay, stage=AdoptionStage.RUNNING)
    moved = [practice.slug for practice, _ in fits(challenge) if practice.slug.startswith("pump")]
    assert moved == pumps[::-1]
    [said] = [why for practice, why in fits(challenge) if practice.pk == last.pk]
    assert "Lately taken up by: Eastbay." in [reason.said for reason in said]
    Adoption.objects.update(began_on=timezone.localdate() - timedelta(days=800))
    assert [practice.slug for practice, _ in fits(challenge) if practice.slug.startswith("pump")] == pumps


def test_a_city_gets_no_practice_of_its_own_for_its_challenge(there: dict[str, Practice], northport: City) -> None:
    found = fits(library.ask(northport, "Streets flood", "flooding"))
    assert found[0][0].slug == "drains"
    assert not [practice for practice, _ in found if practice.city == northport]


def test_likeness_alone_is_no_answer(there: dict[str, Practice], northport: City) -> None:
    challenge = library.ask(northport, "Nurses come home late", "night-transport")
    assert "trees-lo" not in {practice.slug for practice, _ in fits(challenge)}


def test_where_nothing_is_found_something_helps(there: dict[str, Practice]) -> None:
    page = asked(q="rain", failed="yes")
    ways = help_with(page, "en", LANGUAGES)
    assert {way.label: way.count for way in ways.without} == {
        "What did not work: only what was stopped or undone": asked(q="rain").total, "“rain”": 1,
    }  # fmt: skip
    nothing = asked(q="flooded streets after heavy rain", country="LA")
    helped = help_with(nothing, "en", LANGUAGES)
    assert "Flooding after heavy rain" in {way.label for way in helped.concepts}
    assert [city.slug for city in helped.cities] == ["northport"]
