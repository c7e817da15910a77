"""The search page works by links and one form, says why each practice is there, and helps where none is."""

from __future__ import annotations

import csv
import io
from html import unescape
from urllib.parse import urlencode
from xml.etree import ElementTree

import pytest
from django.test import Client
from tests.practices import library

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.practices.models import Cost, CostKind, Practice

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def there(northport: City, eastbay: City) -> dict[str, Practice]:
    return library.fill(northport, eastbay)


def page(client: Client, **asked: str) -> str:
    response = client.get(f"/practices/?{urlencode(asked)}")
    assert response.status_code == 200
    return unescape(response.content.decode())


def test_everybody_sees_the_practices_with_cost_staff_and_law(client: Client, there: dict[str, Practice]) -> None:
    Cost.objects.create(
        practice=there["drains"], kind=CostKind.CAPITAL, amount=120_000, currency="SGD", year=2019,
        claimed_by="The office", source="https://example.org", claimed_on="2020",
    )  # fmt: skip
    shown = page(client)
    assert "5 practices" in shown
    assert "120,000\N{NO-BREAK SPACE}SGD" in shown
    assert "evaluated by somebody independent" in shown
    assert shown.index("Drains cleaned") < shown.index("A park that drinks the rain")
    assert 'lang="lo"' in shown
    assert "nobody has confirmed this" in shown


def test_words_stay_in_the_field_and_reasons_stand_beside(client: Client, there: dict[str, Practice]) -> None:
    shown = page(client, q='storm "water"')
    assert 'value="storm "water""' in shown
    assert "It has: “storm”, “water”." in shown


def test_a_filter_is_turned_on_and_off_by_links(client: Client, there: dict[str, Practice]) -> None:
    assert "/practices/?theme=water" in page(client)
    shown = page(client, theme="water", q="rain")
    assert "Only these are shown" in shown
    assert 'href="/practices/?q=rain"' in shown
    assert '<input type="hidden" name="theme" value="water">' in shown
    assert "/practices/?q=rain&theme=flooding" in shown


def test_what_nobody_knows_is_said(client: Client, there: dict[str, Practice]) -> None:
    shown = page(client, evidence="9", like="atlantis")
    assert "were left out: Evidence, at least." in shown
    assert "The city to compare with is not in this network" in shown


def test_where_nothing_is_found_the_page_helps(client: Client, there: dict[str, Practice]) -> None:
    shown = page(client, q="floods after heavy rain", country="LA")
    assert "No practice was found" in shown
    assert "Without “Country or territory: Laos”" in shown
    assert "Flooding after heavy rain" in shown
    assert "Northport" in shown
    assert "There are not so many pages" in page(client, page="9")


def test_an_empty_library_says_so(client: Client, northport: City) -> None:
    assert "No city has published a practice yet." in page(client)


def test_an_officer_is_offered_cities_like_their_own(client: Client, there: dict[str, Practice], bao: Person) -> None:
    assert "First those from cities like Northport" not in page(client)
    client.force_login(bao)
    assert "First those from cities like Northport" in page(client)
    assert "First those from cities like Northport" not in page(client, like="eastbay")


def test_a_challenge_leads_to_what_fits_it(client: Client, there: dict[str, Practice], eastbay: City) -> None:
    library.ask(eastbay, "Streets flood", "flooding")
    shown = page(client, challenge="streets-flood")
    assert "What fits this challenge" in shown
    assert "About: Flooding after heavy rain." in shown


def test_words_cannot_become_markup(client: Client, there: dict[str, Practice]) -> None:
    response = client.get("/practices/", {"q": "<script>alert(1)</script>", "city": "x"})
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    "query", ["page=x", "q=%00", "q=" + "a" * 3000, "theme=%22", "like=%27", "sort=&sort=x", "%ff"]
)
def test_any_address_is_answered(client: Client, there: dict[str, Practice], query: str) -> None:
    for path in ("", "search.csv", "feed.atom"):
        assert client.get(f"/practices/{path}?{query}").status_code == 200


def test_the_page_asks_the_database_no_more_for_more_practices(
    client: Client, there: dict[str, Practice], northport: City, django_assert_max_num_queries: object
) -> None:
    with django_assert_max_num_queries(31):  # type: ignore[operator] # two of them for places across a border
        page(client, q="rain market trees", like="eastbay")


def test_any_search_is_a_table(client: Client, there: dict[str, Practice], northport: City) -> None:
    library.publish("formula", northport, title="=1+1", evidence=5)
    response = client.get("/practices/search.csv?city=northport")
    rows = list(csv.DictReader(io.StringIO(response.content.decode().removeprefix("\ufeff"))))
    assert [row["address"].rsplit("/", 2)[1] for row in rows] == ["formula", "sponge-park", "night-market"]
    assert rows[0]["title"] == "'=1+1"
    assert (rows[1]["country"], rows[1]["evidence_level"], rows[1]["cost_once"]) == ("Cambodia", "3", "")


def test_any_search_is_a_feed(client: Client, there: dict[str, Practice]) -> None:
    response = client.get("/practices/feed.atom?theme=water")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)  # noqa: S314 - our own
    titles = [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")]
    assert titles == ["Drains cleaned before the rain", "A park that drinks the rain"]
    links = [link.get("href") for link in feed.findall(f"{ATOM}link")]
    assert links == ["http://testserver/practices/?theme=water", "http://testserver/practices/feed.atom?theme=water"]


def test_a_feed_shows_words_as_they_were_written(client: Client, northport: City) -> None:
    library.publish("signs", northport, title="Buses & <b>trams</b>")
    feed = ElementTree.fromstring(client.get("/practices/feed.atom").content)  # noqa: S314 - our own
    assert feed.findtext(f"{ATOM}entry/{ATOM}title") == "Buses & <b>trams</b>"
