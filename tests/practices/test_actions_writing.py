"""Writing a practice: in steps, with whatever is known; public only when nothing that others need is missing."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.urls import get_resolver
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.languages.models import Findable, Kind, Text
from intercity.practices import actions
from intercity.practices.actions.writing import TAKEN
from intercity.practices.models import Practice, PracticeState, PracticeVersion, compare
from intercity.refusals import RefusedError

WHOLE = {
    "summary": ("en", "A bus at night."),
    "problem": ("en", "Nurses walked home in the dark."),
    "solution": ("en", "Two lines run until three."),
    "difficulties": ("en", "Drivers did not want to work at night."),
}


def _wanted(practice: Practice) -> int:
    found = Findable.objects.filter(kind=Kind.PRACTICE, key=str(practice.pk)).first()
    return found.wanted if found else 0


def _faults(error: pytest.ExceptionInfo[actions.FaultsError]) -> dict[str, str]:
    return dict(error.value.faults)


def test_a_title_and_a_place_are_enough_to_begin(draft: Practice, bao: Person) -> None:
    assert (draft.slug, draft.state, draft.version) == ("night-buses-for-nurses", PracticeState.DRAFT, 1)
    assert (draft.provenance, draft.evidence, draft.written_by) == ("city", 0, bao)
    assert _wanted(draft) == 0, "nobody finds a draft"


@pytest.mark.parametrize("title", ["", "  ", "\u200b"])
def test_without_a_title_nothing_is_begun(bao: Person, northport: City, title: str) -> None:
    with pytest.raises(RefusedError, match="title") as error:
        actions.begin(bao, northport, {"title": ("en", title)})
    assert error.value.field == "title"
    assert not Practice.objects.exists()


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Quảng trường xanh", "quang-truong-xanh"),
        ("雨水花园", "northport"),
        ("2019", "practice-2019"),
        ("Compare", "compare-2"),
    ],
)
def test_addresses_come_from_the_title(bao: Person, northport: City, title: str, slug: str) -> None:
    first, second = (actions.begin(bao, northport, {"title": ("en", title)}) for _number in range(2))
    assert first.slug == slug
    assert second.slug not in {slug, *TAKEN}


def test_no_practice_has_the_address_of_a_page() -> None:
    """Whatever page is added beside the practices must be among the words that are taken."""
    routes = [str(route) for route in _routes(get_resolver())]
    first = {route.split("/")[1] for route in routes if route.startswith("practices/")}
    fixed = {part for part in first if part and "<" not in part and "." not in part}
    assert fixed <= TAKEN


def _routes(resolver: Any, prefix: str = "") -> Any:
    for pattern in resolver.url_patterns:
        route = prefix + str(pattern.pattern)
        if hasattr(pattern, "url_patterns"):
            yield from _routes(pattern, route)
        else:
            yield route.lstrip("^")


def test_every_step_is_saved(draft: Practice, bao: Person) -> None:
    """Words keep their language; what was said in one step stays in the next; the same again changes nothing."""
    actions.save(bao, draft, words={"problem": ("vi", "Đường phố tối.")}, facts={"started": "2021"}, version=1)
    actions.save(bao, draft, words={}, facts={"staff": "4.5", "groups": ["women", "women"]}, version=2)
    text = draft.text("problem")
    assert text is not None
    assert (text.language, text.body, draft.started) == ("vi", "Đường phố tối.", "2021")
    assert (str(draft.staff), draft.groups, draft.version) == ("4.5", ["women"], 3)
    number = Entry.objects.count()
    actions.save(bao, draft, words={"problem": ("vi", "Đường phố tối. ")}, facts={"staff": "4.5"}, version=1)
    assert (draft.version, Entry.objects.count()) == (3, number), "a step that came twice is saved once"


def test_words_change_in_place_and_go_when_emptied(draft: Practice, bao: Person) -> None:
    before = draft.text("title")
    actions.save(bao, draft, words={"title": ("en", "Night buses for all")}, version=1)
    after = draft.text("title")
    assert before is not None
    assert after is not None
    assert (after.pk, after.version) == (before.pk, 2), "translations know that they are of older words"
    actions.save(bao, draft, words={"legal": ("en", "A decree.")}, version=2)
    actions.save(bao, draft, words={"legal": ("en", "")}, version=3)
    assert draft.text("legal") is None
    assert Text.objects.count() == 1


def test_who_saves_over_newer_words_is_told_and_loses_nothing(draft: Practice, ana: Person, bao: Person) -> None:
    actions.save(ana, draft, words={"problem": ("en", "Hers.")}, facts={"started": "2020"}, version=1)
    with pytest.raises(actions.ConflictError, match="The problem") as error:
        actions.save(bao, draft, words={"problem": ("en", "His.")}, facts={"staff": 2}, version=1)
    (difference,) = error.value.differences
    assert (difference.field, difference.before, difference.after) == (
        "words.problem",
        ("en", "Hers."),
        ("en", "His."),
    )
    assert error.value.version == 2
    draft.refresh_from_db()
    assert draft.staff is None, "nothing of it was saved"
    actions.save(bao, draft, words={"problem": ("en", "His.")}, version=error.value.version)
    assert [one.text.body for one in draft.words.filter(field="problem")] == ["His."]


def test_who_changes_something_else_does_not_conflict(draft: Practice, ana: Person, bao: Person) -> None:
    actions.save(ana, draft, facts={"started": "2020"}, version=1)
    actions.save(bao, draft, facts={"staff": 2}, version=1)
    assert (draft.started, str(draft.staff), draft.version) == ("2020", "2.0", 3)


FAULTY: list[tuple[str, Any]] = [
    ("started", "last year"),
    ("started", "2021-13"),
    ("started", "2021-02-30"),
    ("started", "0021"),
    ("ended", "٢٠٢١"),
    ("status", "famous"),
    ("scale", "planet"),
    ("concepts", ["no-such-thing"]),
    ("concepts", "flooding"),
    ("targets", ["11"]),
    ("targets", ["99.9"]),
    ("cofog", "99"),
    ("focus_area", "space"),
    ("groups", ["men-from-mars"]),
    ("funding", ["lottery"]),
    ("unknown", ["title"]),
    ("unknown", "costs"),
    ("staff", "-1"),
    ("staff", "many"),
    ("country", "XX"),
    ("country", "Laos"),
    ("contact_mailbox", "not an address"),
    ("implementer", "x" * 201),
    ("licence", ""),
    ("retrieved_on", (timezone.localdate() + timedelta(days=2)).isoformat()),
    ("status_confirmed_on", (timezone.localdate() + timedelta(days=2)).isoformat()),
    ("partners", [{"name": "A", "role": "enemy"}]),
    ("partners", [{"name": "", "role": "lead"}]),
    ("media", [{"address": "javascript:alert(1)", "shows": "A street", "licence": "CC0"}]),
    ("media", [{"address": "https://example.org/a.jpg", "shows": "", "licence": "CC0"}]),
]


@pytest.mark.parametrize(("field", "value"), FAULTY)
def test_what_is_no_fact_is_refused(draft: Practice, bao: Person, field: str, value: Any) -> None:
    with pytest.raises(actions.FaultsError) as error:
        actions.save(bao, draft, facts={field: value, "place": "Harbour"}, version=1)
    assert set(_faults(error)) == {field}
    assert Practice.objects.get(pk=draft.pk).place == ""


GOOD: list[tuple[str, Any, Any]] = [
    ("started", "2021-02-28", "2021-02-28"),
    ("ended", "2031", "2031"),
    ("status", "", "unknown"),
    ("country", "kh", "KH"),
    ("staff", "", None),
    ("geonames_id", "", None),
    ("cofog", "", ""),
    ("unknown", ["results", "costs"], ["costs", "results"]),
    ("unknown", {"costs": True, "legal": False}, ["costs"]),
    ("implementer", " The city\x00 ", "The city"),
]


@pytest.mark.parametrize(("field", "value", "kept"), GOOD)
def test_what_is_a_fact_is_kept(draft: Practice, bao: Person, field: str, value: Any, kept: Any) -> None:
    actions.save(bao, draft, facts={field: value}, version=1)
    assert getattr(draft, field) == kept


def test_everything_wrong_is_said_at_once(draft: Practice, bao: Person) -> None:
    with pytest.raises(actions.FaultsError) as error:
        actions.save(
            bao,
            draft,
            words={"title": ("en", "x" * 121), "legal": ("klingonese", "Law")},
            facts={"started": "soon", "staff": "-2"},
            version=1,
        )
    assert set(_faults(error)) == {"title", "legal", "started", "staff"}
    assert "121" in str(error.value)


def test_it_cannot_end_before_it_began(draft: Practice, bao: Person) -> None:
    actions.save(bao, draft, facts={"started": "2020-05"}, version=1)
    with pytest.raises(actions.FaultsError, match="before it began"):
        actions.save(bao, draft, facts={"ended": "2019"}, version=2)
    actions.save(bao, draft, facts={"ended": "2020"}, version=2)


def test_what_is_known_is_not_unknown(draft: Practice, bao: Person) -> None:
    actions.save(bao, draft, facts={"unknown": ["costs", "results", "staff", "legal"]}, version=1)
    actions.save(bao, draft, words={"legal": ("en", "A decree.")}, facts={"staff": 2}, version=2)
    assert draft.unknown == ["costs", "results"]


def test_nothing_else_can_be_set(draft: Practice, bao: Person) -> None:
    for name in ("evidence", "state", "verification", "version", "slug"):
        with pytest.raises(RefusedError, match=name):
            actions.save(bao, draft, facts={name: 5}, version=1)
    with pytest.raises(RefusedError, match="heading"):
        actions.save(bao, draft, words={"motto": ("en", "Go")}, version=1)


def test_partners_and_media_are_replaced_together(draft: Practice, bao: Person) -> None:
    partners = [{"name": "The hospital", "role": "funder"}, {"name": "The union", "role": "community"}]
    media = [{"address": "https://example.org/a.jpg", "shows": "A bus", "licence": "CC0", "kilobytes": 80}]
    actions.save(bao, draft, facts={"partners": partners, "media": media}, version=1)
    actions.save(bao, draft, facts={"partners": partners[:1], "media": media}, version=2)
    assert [one.name for one in draft.partners.all()] == ["The hospital"]
    assert [one.kilobytes for one in draft.media.all()] == [80]
    assert draft.changed_in == {"partners": 3, "media": 2}


def test_all_that_is_missing_is_said_at_once(draft: Practice, bao: Person) -> None:
    with pytest.raises(actions.FaultsError, match="every practice had difficulties") as error:
        actions.publish(bao, draft)
    assert list(_faults(error)) == ["summary", "problem", "solution", "difficulties", "costs", "results"]
    assert actions.missing_before_publishing(draft) == list(error.value.faults)
    draft.refresh_from_db()
    assert draft.state == PracticeState.DRAFT


def test_what_is_not_known_may_be_said_to_be_so(draft: Practice, bao: Person) -> None:
    actions.save(bao, draft, words=WHOLE, facts={"unknown": ["costs", "results"]}, version=1)
    actions.publish(bao, draft, "First told")
    assert (draft.state, draft.evidence, _wanted(draft)) == (PracticeState.PUBLISHED, 0, 1)
    version = draft.versions.get()
    assert (version.number, version.note, version.made_by) == (1, "First told", bao)
    assert version.document["unknown"] == ["costs", "results"]


def test_what_the_secretariat_writes_says_where_it_is_from(ana: Person, northport: City) -> None:
    """From sources: which, and when they were read. After a call: that it was one. Never in the city's name."""
    found = actions.begin(
        ana, northport, {"title": ("en", "Shade"), **WHOLE}, {"unknown": ["costs", "results"], "status": "running"}
    )
    assert (found.provenance, found.status_confirmed_on) == ("sources", None)
    with pytest.raises(actions.FaultsError) as error:
        actions.publish(ana, found)
    assert list(_faults(error)) == ["source", "retrieved_on"]
    with pytest.raises(actions.FaultsError, match="the city wrote it itself"):
        actions.save(ana, found, facts={"provenance": "city"}, version=1)
    actions.save(ana, found, facts={"source": "https://example.org", "retrieved_on": "2024-05-01"}, version=1)
    actions.publish(ana, found)
    assert found.verification == "sources"
    actions.save(ana, found, facts={"provenance": "call"}, version=2)
    assert found.provenance == "call"


def test_an_officer_speaks_for_their_own_city_only(bao: Person, draft: Practice, eastbay: City) -> None:
    with pytest.raises(actions.FaultsError) as error:
        actions.save(bao, draft, facts={"city": eastbay, "provenance": "call"}, version=1)
    assert set(_faults(error)) == {"city", "provenance"}


def test_the_secretariat_moves_it_to_another_city(ana: Person, draft: Practice, eastbay: City) -> None:
    actions.save(ana, draft, facts={"city": eastbay}, version=1)
    assert draft.city == eastbay
    with pytest.raises(actions.FaultsError, match="where it was done"):
        actions.save(ana, draft, facts={"city": None}, version=2)


def test_an_officer_who_says_how_it_stands_confirms_it(bao: Person, draft: Practice) -> None:
    actions.save(bao, draft, facts={"status": "running"}, version=1)
    assert (draft.status_confirmed_on, draft.status_confirmed_by) == (timezone.localdate(), "Northport")


def test_what_is_public_stays_whole(practice: Practice, bao: Person) -> None:
    """Of what everybody reads nothing is taken away that others need; each change is a version and is found anew."""
    before, version = _wanted(practice), practice.version
    with pytest.raises(actions.FaultsError, match="difficult"):
        actions.save(bao, practice, words={"difficulties": ("en", "")}, version=version)
    assert practice.text("difficulties") is not None
    for claim in (practice.costs.get(), practice.results.get()):
        with pytest.raises(actions.FaultsError):
            actions.remove_claim(bao, claim)
    assert (practice.costs.count(), practice.results.count(), practice.versions.count()) == (1, 1, 1)
    actions.save(bao, practice, words={"legal": ("en", "A decree.")}, version=version, note="The law")
    assert [one.number for one in practice.versions.all()] == [2, 1]
    assert _wanted(practice) == before + 1


def test_versions_tell_what_changed(practice: Practice, bao: Person) -> None:
    words = {"title": ("en", "Rain gardens"), "enabling": ("en", "A flood.")}
    actions.save(bao, practice, words=words, facts={"staff": "3"}, version=practice.version)
    actions.add_cost(
        bao, practice, kind="running", amount="900", currency="USD", claimed_by="B", source="b", claimed_on="2023"
    )
    third, _second, first = PracticeVersion.objects.filter(practice=practice)
    found = compare(first, third)
    assert [one.field for one in found] == ["words.title", "words.enabling", "staff", "costs"]
    title, enabling, staff, costs = found
    assert (title.before["body"], title.after["body"]) == (
        "Rain gardens along the market street",
        "Rain gardens",
    )
    assert (title.label, enabling.before, staff.after) == ("Title", None, "3")
    assert [one["amount"] for one in costs.after] == ["120000", "900"]
    assert compare(third, third) == []


def test_a_version_is_the_whole_record(practice: Practice) -> None:
    document = practice.versions.get().document
    assert document["words"]["title"] == {"language": "en", "body": "Rain gardens along the market street"}
    assert (document["city"], document["started"], document["evidence"]) == ("northport", "2019-03", 2)
    assert document["results"][0]["baseline"] == "8"
    assert document["results"][0]["claimed_by"] == "Northport water office"


def test_a_note_can_be_said_once_afterwards(practice: Practice, bao: Person, ana: Person) -> None:
    with pytest.raises(RefusedError, match="public already"):
        actions.publish(ana, practice, "Not mine")
    actions.publish(bao, practice, "First told")
    assert practice.versions.get().note == "First told"
    with pytest.raises(RefusedError, match="public already"):
        actions.publish(bao, practice, "Otherwise")


def test_withdrawn_and_restored(practice: Practice, bao: Person) -> None:
    before, since = _wanted(practice), practice.published_at
    actions.withdraw(bao, practice, "A mistake")
    assert (practice.state, _wanted(practice)) == (PracticeState.WITHDRAWN, before + 1)
    for again in (actions.withdraw, actions.discard):
        with pytest.raises(RefusedError):
            again(bao, practice)
    actions.restore(bao, practice)
    assert (practice.state, practice.published_at, practice.versions.count()) == (PracticeState.PUBLISHED, since, 1)
    with pytest.raises(RefusedError):
        actions.restore(bao, practice)


def test_a_draft_can_be_thrown_away(draft: Practice, bao: Person) -> None:
    actions.discard(bao, draft)
    assert not Practice.objects.exists()
    assert not Text.objects.exists()


def test_how_it_stands_is_confirmed(practice: Practice, bao: Person, ana: Person) -> None:
    """Who says so is named: the city, or the network whose secretariat it was."""
    old = timezone.localdate() - timedelta(days=600)
    Practice.objects.update(status_confirmed_on=old, status_asked_on=old)
    actions.confirm_status(bao, practice, "running")
    assert not practice.is_stale()
    assert (practice.status_asked_on, practice.status_confirmed_by) == (None, "Northport")
    actions.confirm_status(ana, practice, "stopped")
    assert (practice.status, practice.status_confirmed_by) == ("stopped", "Rivers and Roads")
    for strange in ("unknown", "famous"):
        with pytest.raises(RefusedError):
            actions.confirm_status(bao, practice, strange)


def test_who_looked_at_which_version(practice: Practice, dia: Person, ana: Person, bao: Person) -> None:
    actions.verify(dia, practice, "peer")
    assert (practice.verification, practice.verified_by, practice.verified_number) == ("peer", "Eastbay", 1)
    actions.save(bao, practice, facts={"staff": 1}, version=practice.version)
    last = practice.versions.first()
    assert last is not None
    assert (practice.verified_number, last.number) == (1, 2), "the page says that there is a later one"
    with pytest.raises(RefusedError, match="Name who"):
        actions.verify(ana, practice, "independent")
    with pytest.raises(RefusedError, match="newer version"):
        actions.verify(dia, practice, "peer", seen=1)
    with pytest.raises(RefusedError, match="does not fit"):
        actions.verify(ana, practice, "sources")
    actions.verify(ana, practice, "self")
    assert (practice.verified_by, practice.verified_on, practice.versions.count()) == ("", None, 2)


def test_only_what_is_public_is_checked(draft: Practice, dia: Person) -> None:
    with pytest.raises(RefusedError, match="public"):
        actions.verify(dia, draft, "peer")
