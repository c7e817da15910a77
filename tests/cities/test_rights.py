"""Every action on ties, threads and stories, tried by everybody."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import pytest
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError
from intercity.audit.models import Entry
from intercity.cities import actions
from intercity.cities.actions import places
from intercity.cities.models import City, Story, StoryState, Thread, Tie

CLAIM = {"claimed_by": "The airport", "source": "https://example.org/timetable"}
TIE: dict[str, Any] = {"kind": "flight", "as_of": date(2026, 1, 5), **CLAIM}
THREAD: dict[str, Any] = {"kind": "craft", "name": "Drums", "text": ("en", "Both cast bronze drums."), **CLAIM}
STORY: dict[str, Any] = {
    "title": ("en", "The flood"),
    "text": ("en", "My grandmother carried rice over the roof."),
    "community": "Fishers of the north bank",
}


@dataclass(frozen=True)
class World:
    """What the actions are tried on; `tie` and `thread` are between Northport and Eastbay, the story of Northport."""

    northport: City
    eastbay: City
    tie: Tie
    thread: Thread
    story: Story
    code: str


@pytest.fixture
def people(ana: Person, bao: Person, cem: Person, eastbay: City) -> dict[str, Person | None]:
    """Everybody who may try: `dia` is officer of Eastbay, `eve` of a third city, `fay` of the network."""
    return {
        "ana": ana,
        "bao": bao,
        "cem": cem,
        "dia": cast.person("Dia", Role.OFFICER, city=eastbay),
        "eve": cast.person("Eve", Role.OFFICER, city=cast.member("Westhill")),
        "fay": cast.person("Fay", Role.OFFICER),
        "gus": cast.person("Gus", Role.MODERATOR, Role.TRANSLATOR, Role.RESPONDER),
        "nobody": None,
    }


@pytest.fixture
def world(people: dict[str, Person | None], northport: City, eastbay: City) -> World:
    """A tie, a thread and a story that waits."""
    tie = Tie.objects.create(one=northport, other=eastbay, note="daily", **TIE)
    thread = actions.add_thread(people["dia"], one=northport, other=eastbay, **{**THREAD, "name": "Kites"})
    story, code = actions.send_story(city=northport, has_consent=True, address="192.0.2.1", **STORY)
    return World(northport, eastbay, tie, thread, story, code)


WRITERS = {"ana", "bao", "fay"}
EITHER = {*WRITERS, "dia"}
ALL = {"ana", "bao", "cem", "dia", "eve", "fay", "gus", "nobody"}
Try = Callable[[Person | None, World], object]
TABLE: dict[str, tuple[Try, set[str]]] = {
    "claim_tie": (lambda who, on: actions.claim_tie(who, one=on.northport, other=on.eastbay, **TIE), EITHER),
    "renew_tie": (lambda who, on: actions.renew_tie(who, on.tie, as_of=date(2026, 2, 1), **CLAIM), EITHER),
    "confirm_tie for Northport": (lambda who, on: actions.confirm_tie(who, on.tie, on.northport), {"bao"}),
    "confirm_tie for Eastbay": (lambda who, on: actions.confirm_tie(who, on.tie, on.eastbay), {"dia"}),
    "end_tie for Northport": (lambda who, on: actions.end_tie(who, on.tie, on.northport), {"bao"}),
    "end_tie for Eastbay": (lambda who, on: actions.end_tie(who, on.tie, on.eastbay), {"dia"}),
    "add_thread": (lambda who, on: actions.add_thread(who, one=on.eastbay, other=on.northport, **THREAD), EITHER),
    "edit_thread": (
        lambda who, on: actions.edit_thread(who, on.thread, name="Silk", text=("en", "Both weave."), **CLAIM),
        EITHER,
    ),
    "write_story": (
        lambda who, on: actions.write_story(who, city=on.northport, consent="On paper, 3 May 2026", **STORY),
        WRITERS,
    ),
    "show_story": (lambda who, on: actions.show_story(who, on.story), WRITERS),
    "hide_story": (lambda who, on: actions.hide_story(who, _shown(on.story)), WRITERS),
    "renew_story_code": (lambda who, on: actions.renew_story_code(who, on.story), WRITERS),
    "withdraw_story": (lambda who, on: actions.withdraw_story(who, on.story), WRITERS),
}
WITHOUT_AN_ACCOUNT = {"send_story", "withdraw_story_by_code"}


def _shown(story: Story) -> Story:
    Story.objects.filter(pk=story.pk).update(state=StoryState.SHOWN)
    return story


@pytest.mark.parametrize("name", TABLE)
def test_who_may(name: str, people: dict[str, Person | None], world: World) -> None:
    """Whoever may does it, and the record says that they did; everybody else is refused, and nothing is recorded."""
    attempt, allowed = TABLE[name]
    for who in sorted(ALL - allowed):
        before = Entry.objects.count()
        with pytest.raises(NotAllowedError):
            attempt(people[who], world)
        assert Entry.objects.count() == before, who


@pytest.mark.parametrize(("name", "who"), [(name, who) for name, (_act, may) in TABLE.items() for who in sorted(may)])
def test_who_may_does(name: str, who: str, people: dict[str, Person | None], world: World) -> None:
    TABLE[name][0](people[who], world)
    last, person = Entry.objects.order_by("-number").first(), people[who]
    assert last is not None
    assert person is not None
    assert last.actor_id == person.pk


def test_every_action_is_tried() -> None:
    tried = {name.split()[0] for name in TABLE} | WITHOUT_AN_ACCOUNT
    offered = {name for name in actions.__all__ if name[0].islower() and not hasattr(places, name)}
    assert tried == offered


def test_the_record_holds_no_words_and_no_names(people: dict[str, Person | None], world: World) -> None:
    actions.withdraw_story_by_code(world.code, address="192.0.2.1")
    told = " ".join(str(one.details) for one in Entry.objects.all())
    assert "grandmother" not in told
    assert "Fishers" not in told
    assert "192.0.2.1" not in told
    assert world.code not in told


def test_who_sends_in_is_not_kept(world: World) -> None:
    assert world.story.written_by is None
    assert Entry.objects.get(action="story.sent").actor_id is None
