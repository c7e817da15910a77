"""The search page: one field, any language, and why each thing was found."""

from __future__ import annotations

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from intercity.accounts.models import Person
from intercity.cities import actions as cities
from intercity.cities.duties import index_cities
from intercity.cities.models import City, Network
from intercity.dialogues import actions
from intercity.dialogues.duties import index_dialogues
from intercity.dialogues.models import Dialogue
from intercity.languages.models import Translation
from intercity.languages.searching import MOST_HITS, Hit
from intercity.languages.views.searching import LONGEST, MOST_PAGES, why

LAO = "ໝາກໄມ້ຄວນຜ່ານດ່ານພາສີໄວ ເພື່ອໃຫ້ສົດຢູ່"
KHMER = "ផ្លែឈើគួរឆ្លងកាត់គយឱ្យបានលឿន"


@pytest.fixture
def fruit(ana: Person, network: Network, dialogue: Dialogue) -> Dialogue:
    """The dialogue with a Lao statement and its Khmer translation, all of it to be found."""
    network.languages = ["en", "km", "lo", "zh-hans", "vi", "tet"]
    network.save()
    given = actions.add_statement(ana, dialogue, body=LAO, language="lo")
    Translation.objects.create(text=given.text, text_version=1, language="km", body=KHMER)
    index_dialogues()
    return dialogue


def looked_for(client: Client, query: str, **more: str) -> str:
    """The page of what was found."""
    answer = client.get("/search/", {"q": query, **more})
    assert answer.status_code == 200
    return answer.content.decode()


def test_an_empty_search_says_what_can_be_found_and_how(client: Client, fruit: Dialogue) -> None:
    for page in (looked_for(client, ""), looked_for(client, "   "), client.get("/search/").content.decode()):
        assert "What you can find" in page
        assert "Nothing was found" not in page
        assert "Found by words only, not by meaning: Tetum" in page


def test_words_find_and_the_page_says_which(client: Client, fruit: Dialogue) -> None:
    page = looked_for(client, "number seven is good")
    assert "Idea number 7 is good." in page
    assert re.search(r"It has: [^<]*“good”", page)
    assert 'href="/dialogues/water/statements/7/"' in page


def test_a_chinese_query_finds_a_lao_statement_by_its_meaning(client: Client, fruit: Dialogue) -> None:
    page = looked_for(client, "水果过关要快，才能保持新鲜")
    assert f'lang="lo" dir="auto">{LAO}' in page
    assert re.search(r"imilar in meaning\. Written in Lao\.", page)


def test_it_is_shown_in_the_readers_language_with_the_original_one_click_away(client: Client, fruit: Dialogue) -> None:
    client.cookies["django_language"] = "km"
    page = looked_for(client, "水果过关要快，才能保持新鲜")
    assert f'lang="km" dir="auto">{KHMER}' in page
    assert f'lang="lo" dir="auto">{LAO}' in page.partition("<details")[2]


def test_a_translation_is_found_by_its_words_and_says_so(client: Client, fruit: Dialogue) -> None:
    page = looked_for(client, "ផ្លែឈើ")
    assert "Its translation into Khmer has: “ផ្លែឈើ”" in page
    assert "Written in Lao." in page


def test_only_one_kind(client: Client, fruit: Dialogue) -> None:
    page = looked_for(client, "water", kind="dialogue")
    assert "How do we keep water clean?" in page
    assert "Idea number" not in page
    assert 'aria-current="true"><strong>Dialogue</strong>' in page
    assert "Look at everything" in looked_for(client, "water", kind="answer")
    assert "How do we keep water clean?" in looked_for(client, "water", kind="nonsense")


def test_a_city_is_called_as_the_reader_calls_it(client: Client, ana: Person, eastbay: City) -> None:
    cities.name_city(ana, eastbay, "km", "ឈូងសមុទ្រ")
    index_cities()
    assert 'lang="en" dir="auto">Eastbay' in looked_for(client, "eastbay")
    client.cookies["django_language"] = "km"
    assert 'lang="km" dir="auto">ឈូងសមុទ្រ' in looked_for(client, "eastbay")


def test_nothing_found_helps(client: Client, fruit: Dialogue) -> None:
    page = looked_for(client, "qwertzuiop")
    assert "Nothing was found" in page
    assert "Say it in other words" in page
    assert 'value="qwertzuiop"' in page


def test_pages_follow_each_other(client: Client, ana: Person, fruit: Dialogue) -> None:
    actions.add_statements(ana, fruit, bodies=[f"Elephant {n} may drink." for n in range(30)], language="en")
    index_dialogues()
    first, second = looked_for(client, "elephant"), looked_for(client, "elephant", page="2")
    found = [set(re.findall(r"Elephant (\d+) may drink", page)) for page in (first, second)]
    assert not found[0] & found[1]
    assert len(found[0]) == 20
    assert found[0] | found[1] == {str(n) for n in range(30)}
    assert 'rel="next"' in first
    assert 'rel="prev"' not in first
    assert 'href="?q=elephant&amp;page=1"' in second


@pytest.mark.parametrize("page", ["0", "-1", "x", "999999999", "²", ""])
def test_a_page_that_is_none_is_a_page(client: Client, fruit: Dialogue, page: str) -> None:
    looked_for(client, "good", page=page)


@pytest.mark.parametrize(
    "query",
    ["' OR 1=1 --", '"', "a" * 10_000, "\x00", "NEAR(a b)", "a* -b", "<script>alert(1)</script>", "😀", "%", "*"],
)
def test_any_words_may_come(client: Client, fruit: Dialogue, query: str) -> None:
    page = looked_for(client, query)
    assert "<script>alert" not in page
    assert len(re.search(r'name="q" type="search" value="([^"]*)"', page)[1]) <= LONGEST * 6  # type: ignore[index]


def test_a_page_of_results_takes_a_bounded_number_of_questions(client: Client, ana: Person, fruit: Dialogue) -> None:
    looked_for(client, "good")
    with CaptureQueriesContext(connection) as asked:
        looked_for(client, "number is good")
    few = len(asked)
    actions.add_statements(ana, fruit, bodies=[f"Number {n}0 is good, too." for n in range(8)], language="en")
    index_dialogues()
    with CaptureQueriesContext(connection) as asked:
        looked_for(client, "number is good")
    assert len(asked) <= few + 1
    assert few <= 20


def test_drafts_and_what_waits_are_not_found(client: Client, ana: Person, fruit: Dialogue) -> None:
    draft = actions.prepare_dialogue(ana, slug="secret", question="Elephants?", background="", language="en")
    actions.add_statement(ana, draft, body="Elephants drink a lot.", language="en")
    index_dialogues()
    client.force_login(ana)
    assert "Elephants drink" not in looked_for(client, "elephants")


def test_it_is_led_to_from_every_page_and_works_by_get_alone(client: Client, fruit: Dialogue) -> None:
    assert '<a href="/search/"' in client.get("/dialogues/").content.decode()
    assert client.post("/search/", {"q": "good"}).status_code == 405


def test_pages_end_where_hits_do() -> None:
    assert MOST_PAGES * 20 <= MOST_HITS


@pytest.mark.parametrize(
    ("fields", "said"),
    [
        ({"words": ("clean", "water")}, "It has: “clean”, “water”."),
        ({"words": ("water",), "likeness": "strong"}, "It has: “water”. Similar in meaning."),
        (
            {"likeness": "near", "language": "lo", "original_language": "lo"},
            "Perhaps similar in meaning. Written in Lao.",
        ),
        (
            {"words": ("nước",), "is_translation": True, "language": "vi", "original_language": "lo"},
            "Its translation into Vietnamese has: “nước”. Written in Lao.",
        ),
        (
            {"likeness": "strong", "is_translation": True, "language": "vi", "original_language": "lo"},
            "Found by its translation into Vietnamese. Similar in meaning. Written in Lao.",
        ),
        ({"text_id": None, "words": ("nanning",), "language": "zh-hans"}, "It has: “nanning”."),
    ],
)
def test_why_in_words(fields: dict[str, object], said: str) -> None:
    hit = Hit(
        **{  # type: ignore[arg-type]
            "kind": "statement",
            "key": "1",
            "address": "/",
            "text_id": 1,
            "body": "",
            "language": "en",
            "original_language": "en",
            "is_translation": False,
            "score": 1.0,
            "words": (),
            "meaning": 0.5,
            "likeness": "",
            **fields,
        }
    )
    assert why(hit, "en") == said
