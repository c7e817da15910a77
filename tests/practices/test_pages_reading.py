"""The page of one practice: what it says, in which order, to whom, and what it does not hide."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.template.loader import render_to_string
from django.test import Client
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.languages.models import Translation, TranslationState
from intercity.practices.models import (
    Adoption,
    AdoptionStage,
    Method,
    Practice,
    PracticeState,
    PracticeStatus,
    PracticeWords,
    Provenance,
    Result,
)
from intercity.practices.views.shown import Branch, family_tree, findings


def page(client: Client, practice: Practice, part: str = "", **query: str) -> str:
    """What the page of a practice says."""
    answer = client.get(f"/practices/{practice.slug}/{part}", query)
    assert answer.status_code == 200
    return str(answer.content.decode())


def tell(practice: Practice, field: str, body: str, language: str = "en") -> PracticeWords:
    """Tell something under a heading."""
    return PracticeWords.objects.create(practice=practice, field=field, text=write_text(language, body))


def test_what_a_practitioner_asks_first_stands_first(client: Client, practice: Practice) -> None:
    tell(practice, "legal", "A by-law on rain water.")
    said = page(client, practice)
    order = [
        "Rain gardens along",
        "Northport",
        "confirmed on",
        "120,000",
        "A by-law",
        "flooded eight times",
        "Floods a year",
    ]
    places = [said.index(f"{words}" if words != "Rain gardens along" else "<h1>") for words in order]
    assert places == sorted(places)
    assert said.index("Half of the first plants died") < said.index("Who took it from whom")


def test_a_number_carries_who_says_it_and_from_where(client: Client, practice: Practice) -> None:
    said = page(client, practice)
    assert said.count("Northport water office") == 2 + 1  # the cost, the result, the reason for the evidence
    assert 'href="https://example.org/report"' in said
    assert "compared with before" in said


def test_what_is_not_known_is_shown_as_not_known(client: Client, practice: Practice) -> None:
    practice.costs.all().delete()
    practice.results.all().delete()
    said = page(client, practice)
    assert said.count("not known") > 8
    assert "Results are not known." in said


@pytest.mark.parametrize(("days", "stale"), [(30, False), (560, True)])
def test_an_old_status_is_shown_as_stale(client: Client, practice: Practice, days: int, stale: bool) -> None:
    Practice.objects.update(status_confirmed_on=timezone.localdate() - timedelta(days=days))
    assert ("not confirmed for 18 months" in page(client, practice)) is stale


def test_claims_that_conflict_stand_side_by_side(client: Client, practice: Practice) -> None:
    assert "sources say different things" not in page(client, practice)
    Result.objects.create(
        practice=practice, indicator="floods a year ", value="5", measured_on="2020", method=Method.TOLD,
        claimed_by="The market's union", source="Letter of 2021", claimed_on="2021",
    )  # fmt: skip
    said = page(client, practice)
    assert "sources say different things" in said
    assert "Letter of 2021" in said


def test_claims_of_different_years_do_not_conflict(practice: Practice) -> None:
    Result.objects.create(
        practice=practice, indicator="Floods a year", value="1", measured_on="2022",
        claimed_by="Northport", source="Report", claimed_on="2022",
    )  # fmt: skip
    [finding] = findings(practice.results.all())
    assert not finding.is_disputed


def test_a_draft_is_seen_by_those_who_write_it(client: Client, draft: Practice, bao: Person, cem: Person) -> None:
    address = f"/practices/{draft.slug}/"
    assert client.get(address).status_code == 404
    client.force_login(cem)
    assert client.get(address).status_code == 404
    client.force_login(bao)
    assert "This is a draft" in page(client, draft)


@pytest.mark.parametrize("part", ["", "print/", "versions/"])
def test_a_withdrawn_practice_is_gone(client: Client, practice: Practice, part: str) -> None:
    Practice.objects.update(state=PracticeState.WITHDRAWN)
    assert client.get(f"/practices/{practice.slug}/{part}").status_code == 404


def translate(practice: Practice) -> None:
    """A machine translates the title and the problem into Lao."""
    for one in practice.words.filter(field__in=["title", "problem"]):
        Translation.objects.create(
            text=one.text, text_version=one.text.version, language="lo", body=f"ລາວ {one.field}",
            state=TranslationState.MACHINE, engine="tests",
        )  # fmt: skip


def test_a_machine_translation_says_so_once_and_the_original_is_a_click_away(
    client: Client, practice: Practice
) -> None:
    translate(practice)
    client.cookies["django_language"] = "lo"
    said = page(client, practice)
    assert said.count("(tests)") == 1
    assert '<span class="words" lang="lo" dir="auto">ລາວ title</span>' in said
    assert '<div class="words" lang="en" dir="auto"><p>The city dug' in said
    assert 'href="?original=1"' in said
    original = page(client, practice, original="1")
    assert "ລາວ title" not in original
    assert "The market flooded" in original


def test_each_wrong_translation_can_be_told(client: Client, practice: Practice) -> None:
    translate(practice)
    client.cookies["django_language"] = "lo"
    said = page(client, practice)
    for one in Translation.objects.all():
        assert f'href="/translations/{one.pk}' in said or f"/{one.pk}/" in said


def test_a_record_written_from_afar_says_that_nobody_confirmed_it(client: Client, practice: Practice) -> None:
    assert "Nobody of the city" not in page(client, practice)
    Practice.objects.update(provenance=Provenance.SOURCES, status_confirmed_by="Rivers and Roads")
    said = page(client, practice)
    assert "Written by the secretariat from published sources. Nobody of the city has confirmed it." in said
    Practice.objects.update(status_confirmed_by="Northport")
    assert "Nobody of the city" not in page(client, practice)


def test_the_family_tree_says_who_confirmed(
    client: Client, practice: Practice, adoption: Adoption, ana: Person
) -> None:
    said = page(client, practice)
    assert "Our market floods, too." in said
    assert "confirmed by Eastbay" not in said
    Adoption.objects.update(stage=AdoptionStage.RUNNING)
    assert "not confirmed by Eastbay" in page(client, practice)
    Adoption.objects.update(confirmed_at=timezone.now(), confirmed_by=ana)
    assert "confirmed by Eastbay on" in page(client, practice)
    Adoption.objects.update(is_simulated=True)
    assert "Simulated" in page(client, practice)


def flat(branches: tuple[Branch, ...]) -> list[object]:
    """A tree as nested lists of slugs."""
    return [[one.adoption.to_city.slug, *flat(one.branches)] for one in branches]


def test_the_family_tree_follows_who_took_it_from_whom(practice: Practice, northport: City, eastbay: City) -> None:
    south, west = cast.member("Southgate"), cast.member("Westhill")
    for giver, taker in [(northport, eastbay), (eastbay, south), (None, west)]:
        Adoption.objects.create(practice=practice, from_city=giver, to_city=taker)
    found = list(practice.adoptions.order_by("pk"))
    assert flat(family_tree(found, northport.pk)) == [["eastbay", ["southgate"]], ["westhill"]]


def test_cities_that_name_each_other_as_the_giver_are_not_left_out(
    practice: Practice, northport: City, eastbay: City
) -> None:
    south = cast.member("Southgate")
    Adoption.objects.create(practice=practice, from_city=eastbay, to_city=south)
    Adoption.objects.create(practice=practice, from_city=south, to_city=eastbay)
    assert flat(family_tree(list(practice.adoptions.order_by("pk")), northport.pk)) == [["southgate", ["eastbay"]]]


def test_a_page_asks_the_database_as_often_for_many_adoptions_as_for_one(
    client: Client, practice: Practice, adoption: Adoption, django_assert_max_num_queries: object
) -> None:
    for number in range(5):
        Adoption.objects.create(practice=practice, from_city=practice.city, to_city=cast.member(f"City{number}"))
    with django_assert_max_num_queries(30):  # type: ignore[operator]
        page(client, practice)


def test_what_did_not_work_is_a_list(client: Client, practice: Practice) -> None:
    assert "Nobody has told of a failure yet" in client.get("/practices/failed/").content.decode()
    Practice.objects.update(status=PracticeStatus.REVERSED)
    said = client.get("/practices/failed/").content.decode()
    assert practice.slug in said
    assert "Half of the first plants died" in said


def test_a_page_offers_only_what_its_reader_may_do(
    practice: Practice, client: Client, ana: Person, bao: Person, cem: Person, dia: Person
) -> None:
    page = f"/practices/{practice.slug}/"
    offered = {}
    for who in (None, ana, bao, cem, dia):
        client.logout()
        if who is not None:
            client.force_login(who)
        told = client.get(page).content.decode()
        writes = "/desk/challenges/new/" in client.get("/challenges/").content.decode()
        offered[who and who.name] = (f"{page}adopt/" in told, f"{page}verify/" in told, writes)
    assert offered == {
        None: (True, False, False),  # asked to sign in on the next page
        "Ana": (True, True, True),
        "Bao": (False, False, True),
        "Cem": (False, False, False),
        "Dia": (True, True, True),
    }


@pytest.mark.parametrize(
    ("source", "shown"),
    [
        ("https://www.example.org/a", ["example.org</a>"]),
        ("https://example.org/a (copy of a paper)", ["example.org</a>", ">(copy of a paper)<"]),
        ("A paper of 2019", [">A paper of 2019<"]),
        ("javascript:alert(1)", [">javascript:alert(1)<"]),
    ],
)
def test_a_source_is_a_link_if_it_begins_with_an_address(source: str, shown: list[str]) -> None:
    told = render_to_string("practices/_source.html", {"source": source})
    assert all(part in told for part in shown)
    assert ("<a " in told) == source.startswith("https")
