"""Practices of the demonstration: none invented, each number with its source, and what was made up says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from tests.demonstration.conftest import Building

from intercity.accounts.models import Person
from intercity.audit.record import faults
from intercity.demonstration import build, build_demonstration
from intercity.demonstration.facts import read
from intercity.demonstration.people import officer_of
from intercity.languages.models import Translation
from intercity.languages.network import network_languages
from intercity.practices import evidence
from intercity.practices.duties import send_letters
from intercity.practices.models import (
    UNKNOWABLE,
    Adoption,
    AdoptionStep,
    Challenge,
    Cost,
    Practice,
    PracticeField,
    PracticeVersion,
    Question,
    Result,
)
from intercity.practices.search import parse, search
from intercity.practices.search.duties import index_practices

SIMULATED = "Simulated for the demonstration"
NANNING = "nanning-nakao-river"
RIVER = "ແມ່ນ້ຳໃນເມືອງດຳ ແລະ ເໝັນ ຍ້ອນນ້ຳເສຍ"
"""Lao: the river in the city is black and stinks because of sewage."""
IN_PART = {"fil", "pt", "ta"}
"""Languages in which not every practice has a draft; readers get the English one, and are told."""


@pytest.fixture(scope="module")
def built(for_all_tests: Building) -> Iterator[None]:
    """The demonstration without its dialogues, which take most of the time."""
    with for_all_tests(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "_hold_dialogue", lambda *_args, **_kept: None)
        build_demonstration(people=1)
        yield


@pytest.fixture
def practices(built: None, db: None) -> list[Practice]:
    """Its practices."""
    return list(Practice.objects.with_words().order_by("slug"))


def index() -> None:
    """As the worker does it."""
    while index_practices():
        pass


def test_all_of_the_file_is_there_and_public(practices: list[Practice]) -> None:
    assert [one.slug for one in practices] == sorted(one["slug"] for one in read("practices")["practices"])
    assert len(practices) == 33
    assert {one.state for one in practices} == {"published"}
    assert Challenge.objects.count() == len(read("challenges")["challenges"]) == 15
    assert Adoption.objects.count() == 5
    assert PracticeVersion.objects.count() == 33, "each was published whole, once"
    assert not list(faults())


def test_building_again_changes_nothing(practices: list[Practice]) -> None:
    tables: list[Any] = [Practice, Challenge, Adoption, AdoptionStep, Cost, Result, Translation, Person]
    before = [list(table.objects.order_by("pk").values()) for table in tables]
    build_demonstration(people=1)
    assert [list(table.objects.order_by("pk").values()) for table in tables] == before


def test_every_number_has_a_source_a_claimant_and_a_day(practices: list[Practice]) -> None:
    claims: list[Cost | Result] = [*Cost.objects.all(), *Result.objects.all()]
    facts = read("practices")["practices"] + read("adoptions")["adoptions"]
    assert len(claims) == sum(len(one["costs"]) + len(one["results"]) for one in facts)
    assert len(claims) > 90
    for one in claims:
        assert one.claimed_by
        assert len(one.source) > 8
        assert one.claimed_on[:2] == "20"


def test_every_practice_says_where_it_is_from_and_that_no_city_wrote_it(practices: list[Practice]) -> None:
    for one in practices:
        assert (one.provenance, one.verification) == ("sources", "sources")
        assert one.source
        assert one.retrieved_on is not None
        assert one.licence == "CC-BY-4.0"
        assert one.verified_by == ""
        assert not one.contact_mailbox, "nobody real is written to"
        assert not one.media.exclude(address__startswith="http").exists()


def test_a_status_has_who_confirmed_it_and_when_or_is_unknown(practices: list[Practice]) -> None:
    for one in practices:
        known = one.status != "unknown"
        assert known == bool(one.status_confirmed_by) == (one.status_confirmed_on is not None), one.slug
    roads = next(one for one in practices if one.slug == "siem-reap-roads-and-pilots")
    assert "only the year is known" in roads.status_confirmed_by


def test_evidence_is_computed_and_low(practices: list[Practice]) -> None:
    levels = Counter(one.evidence for one in practices)
    assert levels == {0: 8, 1: 21, 2: 3, 3: 1}
    for one in practices:
        assert one.evidence == evidence.of(one).level
        assert one.results.exists() or one.evidence == 0


def test_what_is_not_known_is_said_to_be_not_known(practices: list[Practice]) -> None:
    for one in practices:
        assert set(one.unknown) <= set(UNKNOWABLE)
        assert one.costs.exists() != ("costs" in one.unknown), one.slug
        assert one.results.exists() != ("results" in one.unknown), one.slug
        for name in ("started", "funding"):
            assert bool(getattr(one, name)) != (name in one.unknown), (one.slug, name)


def test_a_suspended_trial_says_so_and_is_among_what_failed(practices: list[Practice], client: Client) -> None:
    trial = Practice.objects.failed().get()
    assert trial.slug == "vientiane-bus-rapid-transit"
    assert "suspended" in trial.status_confirmed_by
    sustaining = trial.text(PracticeField.SUSTAINING)
    assert sustaining is not None
    assert "a date for the restart is not known" in sustaining.body
    assert "suspended" in client.get("/practices/failed/").content.decode()


def test_a_place_in_two_countries_names_both(practices: list[Practice], client: Client) -> None:
    shared = next(one for one in practices if one.slug == "detian-ban-gioc-waterfall")
    further = shared.further_places.get()
    assert (shared.city, shared.place, shared.country) == (None, "Detian waterfall, Guangxi", "CN")
    assert (further.place, further.country) == ("Ban Gioc waterfall, Cao Bang", "VN")
    page = client.get(f"/practices/{shared.slug}/").content.decode()
    assert shared.place in page
    assert further.place in page
    for code in ("CN", "VN"):
        assert shared.slug in client.get("/practices/", {"country": code}).content.decode()


def test_translations_are_drafts_of_a_machine_and_say_so(practices: list[Practice], client: Client) -> None:
    texts = [text for one in practices for field in ("title", "summary") if (text := one.text(field))]
    needed = {*network_languages()} - {"en", "tet"}
    for text in texts:
        found = list(text.translations.all())
        assert {(one.state, one.engine) for one in found} == {("machine", "draft by a language model")}
        assert needed - IN_PART <= {one.language for one in found} <= needed
        assert not [one for one in found if one.reviewed_by_id or one.made_by_id]
    client.cookies["django_language"] = "lo"
    assert "ແມ່ນ້ຳນາເຂົ່າ: ຈາກຮ່ອງນ້ຳເໝັນເປັນສວນນ້ຳ" in client.get(f"/practices/{NANNING}/").content.decode()


def test_challenges_that_no_city_said_are_labelled(practices: list[Practice], client: Client) -> None:
    made_up = Challenge.objects.filter(is_simulated=True)
    assert made_up.count() == 12
    assert {one.source for one in made_up} == {"Written for the demonstration; not said by the city"}
    said = Challenge.objects.filter(is_simulated=False)
    assert {one.city.slug for one in said} == {"mataram", "lang-son", "kota-kinabalu"}
    assert all("2025" in one.source for one in said)
    page = client.get(f"/challenges/{made_up[0].slug}/").content.decode()
    assert "Simulated" in page
    assert "not said by the city" in page
    assert "Simulated" not in client.get(f"/challenges/{said[0].slug}/").content.decode().split("<h2")[0]


def test_adoptions_that_no_city_said_are_labelled(practices: list[Practice], client: Client) -> None:
    for one in Adoption.objects.with_places():
        page = client.get(f"/practices/{one.practice.slug}/").content.decode()
        own = client.get(f"/adoptions/{one.pk}/").content.decode()
        assert ("Simulated" in page) == ("Simulated" in own) == one.is_simulated, one
        if one.is_simulated:
            assert one.why.startswith(SIMULATED)
            assert {claim.claimed_by for claim in (*one.costs.all(), *one.results.all())} <= {SIMULATED}
            assert {step.note[: len(SIMULATED)] for step in one.steps.all() if step.note} == {SIMULATED}
        else:
            assert not one.is_confirmed, "nobody here speaks for a real city"
            assert one.source


def test_what_was_made_up_is_no_evidence(practices: list[Practice]) -> None:
    confirmed = Adoption.objects.confirmed()
    assert {(one.practice.slug, one.stage) for one in confirmed} == {
        ("nanning-xinxu-river-law", "running"),
        ("yangon-bus-service-reform", "stopped"),
    }
    for one in confirmed:
        assert one.results.exists()
        assert one.practice.evidence < evidence.Level.REPLICATED
        assert one.confirmed_by == officer_of(one.to_city.slug)
        days = [step.made_at for step in one.steps.order_by("pk")]
        assert days == sorted(days)
        assert one.confirmed_at == days[-1]


def test_nobody_is_written_to(practices: list[Practice]) -> None:
    assert send_letters() == 0
    assert Question.objects.count() == 0


@pytest.mark.parametrize("query", [RIVER, "ແມ່ນ້ຳເໝັນ"])
def test_a_lao_query_finds_a_practice_of_nanning_and_says_why(practices: list[Practice], query: str) -> None:
    index()
    page = search(parse({"q": query}), "lo", network_languages())
    assert page.understood.language == "lo"
    found = next(hit for hit in page.hits[:3] if hit.practice.slug == NANNING)
    assert any(reason.kind in {"words", "meaning"} and reason.said for reason in found.reasons)


def test_a_lao_query_finds_it_by_meaning_where_nothing_is_in_lao(practices: list[Practice]) -> None:
    Translation.objects.all().delete()
    index()
    page = search(parse({"q": RIVER}), "en", network_languages())
    rivers = {hit.practice.slug: hit for hit in page.hits[:5] if hit.practice.city and "river" in hit.practice.slug}
    assert rivers, [hit.practice.slug for hit in page.hits]
    assert all("imilar in meaning" in reason.said for hit in rivers.values() for reason in hit.reasons[:1])


def test_the_page_of_the_search_shows_cost_people_and_law_first(practices: list[Practice], client: Client) -> None:
    index()
    page = client.get("/practices/", {"q": RIVER, "like": "vientiane"}).content.decode()
    card = page[page.index("Nakao River") :]
    assert card.index("Cost, once") < card.index("Staff") < card.index("Law") < card.index("Evidence")
    assert "1,190,000,000" in card[:3000] or "1.19" in card[:3000]
