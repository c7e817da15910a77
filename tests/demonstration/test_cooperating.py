"""Cooperation in the demonstration: what was reported has its source, what was made up says so, nothing is both."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest
from django.apps import apps
from django.test import Client
from django.utils import timezone
from tests.demonstration.conftest import Building

from intercity.audit.models import Entry
from intercity.audit.record import faults
from intercity.demonstration import build, build_demonstration, practising
from intercity.demonstration.facts import read
from intercity.events.models import Event, Participation
from intercity.letters.models import Letter
from intercity.partnerships.actions.tables import slots_of
from intercity.partnerships.models import (
    Agreement,
    Commitment,
    Confirmation,
    EventOutcome,
    Introduction,
    Outcome,
    Posting,
    PostingKind,
    ProgressReport,
    Standing,
    TradeTable,
)
from intercity.work import work_once

NANNING, BOAO = "global-mayors-dialogue-nanning", "asean-china-governors-mayors-dialogue"
NOT_SAID = "Written for the demonstration; not said by the city"
MARKED: tuple[Any, ...] = (
    Posting, Introduction, Agreement, Commitment, ProgressReport, Confirmation, Event,
)  # fmt: skip


def only_the_law_on_a_river(name: str) -> Any:
    """Of the practices, their challenges and adoptions only those that a commitment comes from."""
    facts, key = read(name), "practice" if name == "adoptions" else "slug"
    return facts | {name: [one for one in facts[name] if one[key] == "nanning-xinxu-river-law"]}


@pytest.fixture(scope="module")
def without_dialogues(for_all_tests: Building) -> Iterator[None]:
    """The demonstration without its dialogues and with one practice only, since these take most of the time."""
    with for_all_tests(), pytest.MonkeyPatch.context() as patched:
        patched.setattr(build, "_hold_dialogue", lambda *_args, **_kept: None)
        patched.setattr(practising, "read", only_the_law_on_a_river)
        build_demonstration(people=1)
        yield


@pytest.fixture
def built(without_dialogues: None, db: None) -> None:
    """It is there."""


def contents() -> dict[str, list[Any]]:
    """Every row of what people do together."""
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in {"events", "partnerships", "languages", "audit"}
    }


def test_only_what_was_reported_is_without_a_mark(built: None) -> None:
    real = {table.__name__: [str(one) for one in table.objects.filter(is_simulated=False)] for table in MARKED}
    assert {name: sorted(rows) for name, rows in real.items() if rows} == {
        "Event": [BOAO, NANNING],
        "Agreement": [
            "joint-statement-of-the-asean-china-governors-mayors-dialogue",
            "nanning-and-yangon-sister-cities",
            "nanning-initiatives",
        ],
    }
    for event in Event.objects.filter(is_simulated=False):
        assert event.source
        assert not event.commitments.exists()
        assert not event.introductions.exists()
        assert all(one.source for one in event.participations.all())
        assert all(one.source and one.claimed_by for one in event.outcomes.all())
    for paper in Agreement.objects.filter(is_simulated=False):
        assert paper.source.startswith("http")
        assert not paper.commitments.exists(), "nothing is promised in the name of who signed it"


def test_what_was_made_up_says_who_did_not_say_it(built: None) -> None:
    for table in (Posting, Commitment, Agreement, Event):
        assert set(table._default_manager.filter(is_simulated=True).values_list("source", flat=True)) == {NOT_SAID}
    for introduction in Introduction.objects.all():
        assert introduction.why.body.startswith("Simulated for the demonstration: ")
    assert all("nobody real" in one.owner for one in Commitment.objects.all())
    assert all("nobody real" in one.contact_role for one in Posting.objects.all())
    assert all(one.contact_mailbox.endswith("@demo.example") for one in Posting.objects.all())
    for paper in Agreement.objects.filter(is_simulated=True):
        assert paper.title.body.startswith("Demonstration ")
        assert all("nobody real" in one.signed_as for one in paper.parties.all())
    for event in Event.objects.filter(is_simulated=True):
        assert "emonstration" in event.title.words("en").body
        assert not Participation.objects.filter(event=event).exclude(represented_by="").exists()
        assert all("nobody real" in one.claimed_by for one in event.outcomes.all())


def test_pages_say_which_is_which(built: None, client: Client) -> None:
    for event in Event.objects.all():
        page = client.get(f"/events/{event.slug}/").content.decode()
        assert (
            'class="notice simulated"' in page or "SIMULATED" in page or "Simulated:" in page
        ) == event.is_simulated
    for paper in Agreement.objects.all():
        page = client.get(f"/agreements/{paper.slug}/").content.decode()
        assert ("Nobody signed this." in page) == paper.is_simulated
    for one in Commitment.objects.all():
        assert "Nobody promised this." in client.get(f"/commitments/{one.number}/").content.decode()
    for key in Posting.objects.values_list("pk", flat=True):
        assert "No city said this." in client.get(f"/needs-and-offers/{key}/").content.decode()
    home = client.get("/").content.decode()
    assert "What is marked as simulated was made up by a program" in home
    assert client.get("/events/").status_code == 200


def test_feeds_calendars_and_tables_say_it_too(built: None, client: Client) -> None:
    for address, number in (("commitments", 11), ("needs-and-offers", 15), ("events", 4)):
        feed = client.get(f"/{address}/feed.atom").content.decode()
        assert feed.count("(simulated)</title>") == number, address
    meeting = Event.objects.get(kind="trade")
    tables = client.get(f"/events/{meeting.slug}/tables/").content.decode()
    assert "a program made this event up" in tables
    one = client.get(f"/events/{meeting.slug}/tables/{meeting.tables.latest('pk').pk}/").content.decode()
    assert "a program made this event up" in one


def test_nanning_is_told_as_it_was_reported(built: None, client: Client) -> None:
    event = Event.objects.get(slug=NANNING)
    assert (event.kind, event.city and event.city.slug) == ("summit", "nanning")
    assert (event.starts_on, event.ends_on) == (date(2025, 1, 15), date(2025, 1, 18))
    assert event.starts_at is None, "no report tells the hours"
    assert event.about is not None
    assert "Building a China-ASEAN Community of Friendship: Urban Openness and Cooperation" in event.about.body
    members = event.participations.filter(city__isnull=False)
    assert members.count() == 10
    assert all(one.represented_by for one in members)
    assert event.participations.get(name="Two further cities in China").represented_by == ""
    assert not event.tables.exists()
    assert not event.sessions.exists()
    page = client.get(f"/events/{NANNING}/").content.decode()
    assert "Two further cities in China" in page
    assert "Simulated" not in page


def test_the_fourteen_projects_stay_exactly_that(built: None) -> None:
    said = {one.text.body: one for one in EventOutcome.objects.filter(event__slug=NANNING) if one.text}
    assert "14 projects announced, details not published" in said
    assert len(said) == 3
    money = next(one for body, one in said.items() if "3.3 billion" in body)
    assert "is said to" in money.text.body if money.text else False
    assert money.claimed_by.startswith("People’s Daily")
    assert Agreement.objects.filter(event__slug=NANNING).count() == 1, "no project is made up"


def test_the_initiatives_are_a_declaration_of_three_points(built: None, client: Client) -> None:
    found = Agreement.objects.get(slug="nanning-initiatives")
    assert (found.kind, found.signed_on, found.event and found.event.slug) == ("declaration", "2025-01-16", NANNING)
    assert found.why is not None
    assert [line[:2] for line in found.why.body.split("\n")[1:4]] == ["1.", "2.", "3."]
    assert "The full text was not found." in found.why.body
    assert found.documents.get().language == "zh-hans"
    assert found.parties.filter(city__isnull=False).count() == 10
    assert "No commitment belongs to it" in client.get("/agreements/nanning-initiatives/").content.decode()


def test_boao_is_told_as_it_was_reported(built: None) -> None:
    event = Event.objects.get(slug=BOAO)
    assert (event.starts_on, event.city, event.country) == (date(2015, 3, 27), None, "CN")
    assert event.participations.count() == 17, "sixteen provinces and cities, and the association that organised it"
    assert {one.city.slug for one in event.participations.all() if one.city} == {"vientiane", "yangon"}
    statement = Agreement.objects.get(event=event)
    assert statement.parties.count() == 16
    assert statement.signed_on == "2015-03-27"


def test_nobody_confirmed_what_only_lists_and_reports_tell(built: None) -> None:
    pair = Agreement.objects.get(kind="sister", is_simulated=False)
    assert [one.city.slug for one in pair.parties.all() if one.city] == ["nanning", "yangon"]
    assert pair.why is None, "why it was made is not known"
    assert "Read on 25 November 2026" in pair.source
    for paper in Agreement.objects.filter(is_simulated=False):
        reason = paper.steps.latest("pk").reason
        assert reason is not None
        assert "confirmed" in reason.body
        assert (paper.state == "dormant") == (paper.slug != "nanning-initiatives")


def test_needs_and_offers_are_of_all_kinds_and_of_many_languages(built: None) -> None:
    found = Posting.objects.open().with_words()
    assert found.count() == len(read("cooperation")["postings"]) == 15
    assert {one.kind for one in found} == set(PostingKind)
    assert {one.direction for one in found} == {"need", "offer"}
    assert {one.title.language for one in found} >= {"lo", "km", "zh-hans", "vi", "th", "id", "my", "ms", "en"}
    assert len({one.city_id for one in found}) == 10
    for one in found:
        assert one.topics.exists()
        assert one.title.language == "en" or one.title.words("en").language == "en"
    legs = [(leg.start.slug, leg.end.slug) for leg in Posting.objects.get(legs__number=3).legs.order_by("number")]
    assert legs == [("nanning", "lang-son"), ("lang-son", "mong-cai"), ("mong-cai", "nanning")]


def test_one_introduction_was_made_and_one_waits(built: None) -> None:
    made, waits = (Introduction.objects.get(state=state) for state in ("made", "proposed"))
    assert made.made_at is not None
    assert made.made_at < timezone.now() - timedelta(days=183)
    assert made.need is not None
    assert made.need.written_at < made.made_at
    answers = Outcome.objects.values_list("city__slug", "months", "answer")
    assert Counter(answers) == Counter(
        (city, months, answer)
        for months, answer in ((3, "talking"), (6, "agreed"))
        for city in ("nanning", "surat-thani")
    )
    assert (waits.one.slug, waits.one_yes_at is None, waits.other_yes_at) == ("mataram", False, None)


def test_promises_stand_in_every_way(built: None) -> None:
    standing = Counter(one.standing for one in Commitment.objects.all())
    assert standing == {
        Standing.OPEN: 4, Standing.CHANGED: 1, Standing.LATE: 1, Standing.REPORTED: 1, Standing.KEPT: 2,
        Standing.KEPT_LATE: 1, Standing.DROPPED: 1,
    }  # fmt: skip
    assert {one.kind for one in Confirmation.objects.filter(is_so=True)} == {"city", "residents", "secretariat"}
    refused = Confirmation.objects.get(is_so=False)
    assert refused.reason is not None
    assert refused.commitment.standing == Standing.OPEN
    for said in Confirmation.objects.all():
        assert said.made_by_id != said.report.made_by_id
    origins = ("agreement", "adoption", "introduction", "event")
    assert all(Commitment.objects.filter(**{f"{one}__isnull": False}).exists() for one in origins)
    assert Commitment.objects.filter(city=None).count() == 1, "the network promises something, too"


def test_days_are_in_order_and_count_from_today(built: None) -> None:
    today = timezone.localdate()
    for one in Commitment.objects.all():
        steps = list(one.steps.order_by("pk"))
        assert [step.made_at for step in steps] == sorted(step.made_at for step in steps)
        assert timezone.localdate(steps[0].made_at) == one.promised_on
        if one.settled_on:
            assert steps[-1].document["settled_on"] == one.settled_on.isoformat()
            assert timezone.localdate(steps[-1].made_at) == one.settled_on <= today
        for told in one.reports.all():
            assert told.done_on is None or one.promised_on <= told.done_on <= timezone.localdate(told.made_at)
    assert Commitment.objects.open().filter(due_on__range=(today, today + timedelta(days=14))).exists(), "due soon"
    assert Event.objects.coming().filter(is_simulated=True).count() == 3
    assert {one.kind for one in Event.objects.past()} == {"summit", "visit"}


def test_cities_sit_at_trade_tables(built: None, client: Client) -> None:
    tables = TradeTable.objects.select_related("event", "city", "posting")
    assert {one.event.slug for one in tables} == {"demonstration-meeting-what-we-promised-with-trade-tables"}
    for table in tables:
        assert table.posting is not None
        assert table.posting.city == table.city
        assert {one.starts_at for one in table.slots.all()} <= set(slots_of(table))
    assert sum(one.slots.count() for one in tables) == 8
    event = tables[0].event
    assert event.sessions.count() == 5
    assert client.get(f"/events/{event.slug}/tables/").status_code == 200


def test_building_again_changes_nothing(built: None) -> None:
    before = contents()
    Posting.objects.filter(pk=Posting.objects.latest("pk").pk).update(state="closed")
    changed = contents()
    build_demonstration(people=1)
    assert contents() == changed != before
    assert not list(faults())


def test_all_was_done_by_actions_that_are_on_record(built: None) -> None:
    done = Counter(Entry.objects.values_list("action", flat=True))
    for action, table in (("posting.opened", Posting), ("commitment.promised", Commitment), ("event.added", Event)):
        assert done[action] == table._default_manager.count()
    assert done["agreement.registered"] == Agreement.objects.count()
    assert done["introduction.proposed"] == Introduction.objects.count()
    assert done["cooperation.history_entered"] == done["cooperation.simulated"] == 1


def test_nobody_is_written_to(built: None) -> None:
    for _turn in range(50):
        if not work_once():
            break
    assert not Letter.objects.exists()
