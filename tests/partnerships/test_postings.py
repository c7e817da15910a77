"""Needs and offers: written, renewed, closed, answered; by whom, and within which limits."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.partnerships.actions import postings
from intercity.partnerships.actions.postings import LegSaid, Terms
from intercity.partnerships.models import Posting, PostingReply, PostingState
from intercity.refusals import RefusedError

COFFEE = Terms(
    title=("en", "Green coffee, two containers a year"),
    body=("en", "We seek a roaster that buys from farms above 1,000 metres."),
    topics=[("hs", "09")],
    facts={"smallest_lot": "one container"},
    languages=["en", "km"],
    contact_role="Chamber of commerce",
    contact_mailbox="trade@northport.example",
)


@pytest.fixture
def offer(bao: Person, northport: City) -> Posting:
    """Northport offers coffee."""
    return postings.post(bao, COFFEE, direction="offer", kind="trade", city=northport)


def test_it_is_public_with_its_facts_and_without_its_mailbox(offer: Posting, client: Client) -> None:
    page = client.get(f"/needs-and-offers/{offer.pk}/").content.decode()
    for words in ("Green coffee, two containers a year", "one container", "Chamber of commerce", "English, Khmer"):
        assert words in page
    assert "trade@northport" not in page


def test_it_holds_for_half_a_year_if_nobody_says(offer: Posting) -> None:
    assert offer.expires_on == timezone.localdate() + postings.LASTS


@pytest.mark.parametrize("days", [0, -3, 731])
def test_days_that_are_refused(bao: Person, northport: City, days: int) -> None:
    day = timezone.localdate() + timedelta(days=days)
    with pytest.raises(RefusedError) as caught:
        postings.post(bao, COFFEE, direction="need", kind="trade", city=northport, expires_on=day)
    assert caught.value.field == "expires_on"


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": ("en", " ")}, "title"),
        ({"title": ("en", "x" * 121)}, "title"),
        ({"topics": [("hs", "99")]}, "topics"),
        ({"topics": [("other", "09")]}, "topics"),
        ({"facts": {"nonsense": "1"}}, "nonsense"),
        ({"contact_mailbox": "no address"}, "contact_mailbox"),
        ({"languages": ["klingonish"]}, "languages"),
        ({"legs": [LegSaid(None, None)]}, "legs"),  # type: ignore[arg-type]
    ],
)
def test_what_is_refused_names_its_field(bao: Person, northport: City, change: dict[str, Any], field: str) -> None:
    with pytest.raises(RefusedError) as caught:
        postings.post(bao, Terms(**{**COFFEE.__dict__, **change}), direction="need", kind="trade", city=northport)
    assert caught.value.field == field
    assert not Posting.objects.exists()


def test_an_itinerary_goes_on_where_it_ended(bao: Person, northport: City, eastbay: City) -> None:
    terms = Terms(title=("en", "Two bays by boat"), legs=[LegSaid(northport, eastbay, 2), LegSaid(northport, eastbay)])
    with pytest.raises(RefusedError) as caught:
        postings.post(bao, terms, direction="offer", kind="tourism", city=northport)
    assert caught.value.field == "legs.1.start"
    good = Terms(title=("en", "Two bays by boat"), legs=[LegSaid(northport, eastbay, 2), LegSaid(eastbay, northport)])
    made = postings.post(bao, good, direction="offer", kind="tourism", city=northport)
    assert [leg.number for leg in made.legs.all()] == [1, 2]


def test_an_old_page_overwrites_nobody(ana: Person, bao: Person, offer: Posting) -> None:
    postings.edit(ana, offer, Terms(title=("en", "Roasted coffee")), version=1)
    with pytest.raises(RefusedError):
        postings.edit(bao, offer, COFFEE, version=1)
    assert Posting.objects.get().title.body == "Roasted coffee"


def test_closed_and_taken_up_again(bao: Person, offer: Posting) -> None:
    postings.close(bao, offer, ("en", "Sold."))
    assert not Posting.objects.open().exists()
    with pytest.raises(RefusedError):
        postings.close(bao, offer)
    postings.renew(bao, offer)
    assert Posting.objects.open().get().closed_why is None


def test_an_answer_is_read_by_the_city_first(bao: Person, cem: Person, offer: Posting, client: Client) -> None:
    said = {"text": ("en", "We roast in Hanoi."), "organisation": "Roastery Ltd", "is_vendor": True}
    answer = postings.reply(None, offer, **said, mailbox="hello@roastery.example")  # type: ignore[arg-type]
    assert "We roast" not in client.get(f"/needs-and-offers/{offer.pk}/").content.decode()
    with pytest.raises(NotAllowedError):
        postings.show_reply(cem, answer)
    postings.show_reply(bao, answer)
    page = client.get(f"/needs-and-offers/{offer.pk}/").content.decode()
    assert "We roast in Hanoi." in page
    assert "sells something" in page
    assert "hello@roastery" not in page
    postings.hide_reply(bao, answer)
    assert "We roast" not in client.get(f"/needs-and-offers/{offer.pk}/").content.decode()


def test_who_is_not_signed_in_leaves_an_address(offer: Posting) -> None:
    with pytest.raises(RefusedError) as caught:
        postings.reply(None, offer, text=("en", "Hello."), organisation="Somebody")
    assert caught.value.field == "mailbox"


def test_nobody_answers_for_a_city_that_is_not_theirs(cem: Person, offer: Posting, eastbay: City) -> None:
    with pytest.raises(NotAllowedError):
        postings.reply(cem, offer, text=("en", "Hello."), organisation="", from_city=eastbay)


def test_so_many_answers_wait_and_no_more(offer: Posting, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(postings, "MOST_REPLIES", 2)
    for _number in range(2):
        postings.reply(None, offer, text=("en", "Hello."), organisation="X", mailbox="x@example.org")
    with pytest.raises(RefusedError):
        postings.reply(None, offer, text=("en", "Hello."), organisation="X", mailbox="x@example.org")


def test_answers_from_one_connection_are_limited(offer: Posting, client: Client) -> None:
    said = {"text": "Hello.", "organisation": "X", "mailbox": "x@example.org", "language": "en"}
    statuses = [client.post(f"/needs-and-offers/{offer.pk}/reply/", said).status_code for _number in range(11)]
    assert statuses[:10] == [302] * 10
    assert statuses[10] == 429
    assert PostingReply.objects.count() == 10


ACTIONS: dict[str, Any] = {
    "post": lambda who, one: postings.post(who, COFFEE, direction="need", kind="trade", city=one.city),
    "edit": lambda who, one: postings.edit(who, one, COFFEE, version=one.version),
    "renew": postings.renew,
    "close": postings.close,
    "show_reply": lambda who, one: postings.show_reply(who, one.replies.get()),
    "hide_reply": lambda who, one: postings.hide_reply(who, one.replies.get()),
}


@pytest.mark.parametrize("action", ACTIONS)
def test_only_the_city_and_the_secretariat(
    ana: Person, bao: Person, cem: Person, dia: Person, offer: Posting, action: str
) -> None:
    postings.reply(None, offer, text=("en", "Hello."), organisation="X", mailbox="x@example.org")
    for who in (cem, dia, None):
        with pytest.raises(NotAllowedError):
            ACTIONS[action](who, offer)
    before = Entry.objects.count()
    ACTIONS[action](bao, offer)
    assert Entry.objects.count() == before + 1
    if action != "close":
        offer.refresh_from_db()
        ACTIONS[action](ana, offer)


def test_every_action_has_its_right_tested() -> None:
    known = {name for name, one in vars(postings).items() if callable(one) and one.__module__ == postings.__name__}
    public = {name for name in known if not name.startswith("_") and name.islower()}
    assert public - {"reply", "document_of"} == set(ACTIONS)


def test_the_page_of_a_kind_asks_its_facts(bao: Person, northport: City) -> None:
    client = Client()
    client.force_login(bao)
    assert b"smallest_lot" in client.get("/needs-and-offers/new/?kind=trade&direction=offer").content
    assert b"smallest_lot" not in client.get("/needs-and-offers/new/?kind=culture&direction=offer").content
    assert b"kind=know_how" in client.get("/needs-and-offers/new/").content


def test_written_in_the_browser(bao: Person, northport: City, eastbay: City) -> None:
    client = Client()
    client.force_login(bao)
    said = {
        "language": "en", "city": northport.pk, "title": "A journey over two bays", "body": "",
        "legs-TOTAL_FORMS": "2", "legs-INITIAL_FORMS": "0",
        "legs-0-start": northport.pk, "legs-0-end": eastbay.pk, "legs-0-days": "2", "legs-0-means": "boat",
    }  # fmt: skip
    answer = client.post("/needs-and-offers/new/?kind=tourism&direction=offer", said)
    made = Posting.objects.get()
    assert answer.url == f"/needs-and-offers/{made.pk}/"  # type: ignore[attr-defined]
    assert [leg.means for leg in made.legs.all()] == ["boat"]
    page = client.get(f"/needs-and-offers/{made.pk}/edit/").content.decode()
    assert "A journey over two bays" in page
    wrong = {**said, "title": "", "body": "Nothing of this is lost."}
    again = client.post("/needs-and-offers/new/?kind=tourism&direction=offer", wrong)
    assert again.status_code == 422
    assert "Nothing of this is lost." in again.content.decode()


def test_the_list_is_filtered_by_links(offer: Posting, client: Client) -> None:
    for query, is_there in (
        ("", True), ("?direction=need", False), ("?kind=trade", True), ("?topic=hs:09", True), ("?topic=hs:10", False),
        ("?city=eastbay", True), ("?city=northport&kind=trade&direction=offer", True),
    ):  # fmt: skip
        assert ("Green coffee" in client.get(f"/needs-and-offers/{query}").content.decode()) is is_there, query


def test_what_ran_out_is_not_listed(offer: Posting, client: Client) -> None:
    Posting.objects.update(expires_on=timezone.localdate() - timedelta(days=1))
    assert "Green coffee" not in client.get("/needs-and-offers/").content.decode()
    assert "no longer open" in client.get(f"/needs-and-offers/{offer.pk}/").content.decode()
    assert Posting.objects.get().state == PostingState.OPEN
