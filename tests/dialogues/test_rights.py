"""Every action of a dialogue with every role: who may, and that all others are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.cities.models import City
from intercity.dialogues import actions
from intercity.dialogues.models import Admission, Dialogue, Participant, State, Statement
from intercity.dialogues.simulation import simulated_dialogue

ROLES = ("anonymous", "cem", "bao", "bao of another city", "ana")
ALL = frozenset(ROLES)
SECRETARIAT = frozenset({"ana"})
MODERATORS = frozenset({"ana", "bao"})
RESPONDER = frozenset({"bao"})
MEMBERS = frozenset({"ana", "bao", "bao of another city"})


@dataclass
class World:
    """What the actions work on: an open dialogue to which Northport must answer."""

    dialogue: Dialogue
    northport: City
    ana: Person
    participant: Participant

    @property
    def statement(self) -> Statement:
        """One that is shown."""
        return self.dialogue.statements.get(number=1)

    def closed(self) -> Dialogue:
        """The dialogue, closed by somebody who may."""
        actions.close_dialogue(self.ana, self.dialogue)
        return self.dialogue

    def answered(self) -> Dialogue:
        """Closed, with one answer, by the only person who may; the name is taken from the role."""
        dialogue = self.closed()
        bao = Person.objects.get(name="Bao")
        actions.answer(bao, dialogue, self.statement, kind="cannot", body="There is no money.", language="en")
        return dialogue

    def told(self) -> Dialogue:
        """Answered to the end."""
        dialogue = self.answered()
        actions.finish_answering(Person.objects.get(name="Bao"), dialogue)
        return dialogue

    def draft(self) -> Dialogue:
        """The dialogue as if it had not been opened yet."""
        self.dialogue.state = State.DRAFT
        self.dialogue.save()
        return self.dialogue

    def decision(self) -> Any:
        """Something that a moderator decided."""
        actions.remove(self.ana, self.dialogue, [self.statement], reason="off_topic")
        return self.dialogue.decisions.get()

    def invited_only(self, admission: str) -> Dialogue:
        """The dialogue with another way in."""
        self.dialogue.admission = admission
        self.dialogue.save()
        return self.dialogue


def _later() -> Any:
    return timezone.localdate() + timedelta(days=60)


def _prepare(who: Visitor, _world: World) -> None:
    actions.prepare_dialogue(who, slug="new", question="What now?", background="", language="en")


def _import(who: Visitor, _world: World) -> None:
    actions.import_conversation(
        who, simulated_dialogue(people=20), slug="brought", licence="CC BY 4.0", attribution="A test"
    )


Attempt = Callable[[Visitor, World], object]

TABLE: dict[str, tuple[frozenset[str], Attempt]] = {
    "prepare_dialogue": (SECRETARIAT, _prepare),
    "edit_dialogue": (SECRETARIAT, lambda who, w: actions.edit_dialogue(who, w.dialogue, themes=["rivers"])),
    "add_statement": (
        SECRETARIAT,
        lambda who, w: actions.add_statement(who, w.dialogue, body="Shade cools.", language="en"),
    ),
    "add_statements": (
        SECRETARIAT,
        lambda who, w: actions.add_statements(who, w.dialogue, bodies=["Shade cools."], language="en"),
    ),
    "open_dialogue": (SECRETARIAT, lambda who, w: actions.open_dialogue(who, w.draft())),
    "close_dialogue": (SECRETARIAT, lambda who, w: actions.close_dialogue(who, w.dialogue)),
    "reopen_dialogue": (
        SECRETARIAT,
        lambda who, w: actions.reopen_dialogue(who, w.closed(), answer_due=_later(), closes_at=None),
    ),
    "invite": (
        MODERATORS,
        lambda who, w: actions.invite(who, w.dialogue, city=w.northport, number=1, most_uses=1),
    ),
    "invite everybody": (
        SECRETARIAT,
        lambda who, w: actions.invite(who, w.dialogue, city=None, number=1, most_uses=1),
    ),
    "revoke_invitations": (
        MODERATORS,
        lambda who, w: actions.revoke_invitations(who, w.dialogue, city=w.northport, sheet=""),
    ),
    "revoke_invitations of everybody": (
        SECRETARIAT,
        lambda who, w: actions.revoke_invitations(who, w.dialogue, city=None, sheet=""),
    ),
    "accept": (MODERATORS, lambda who, w: actions.accept(who, w.dialogue, [w.statement])),
    "remove": (MODERATORS, lambda who, w: actions.remove(who, w.dialogue, [w.statement], reason="insult")),
    "merge": (
        MODERATORS,
        lambda who, w: actions.merge(who, w.dialogue, [w.statement], into=w.dialogue.statements.get(number=2)),
    ),
    "ban": (MODERATORS, lambda who, w: actions.ban(who, w.participant, reason="insult")),
    "undo": (MODERATORS, lambda who, w: actions.undo(who, w.decision())),
    "answer": (
        RESPONDER,
        lambda who, w: actions.answer(who, w.closed(), w.statement, kind="cannot", body="No.", language="en"),
    ),
    "forget_numbers": (SECRETARIAT, lambda who, w: actions.forget_numbers(who, w.told())),
    "numbers_to_tell": (SECRETARIAT, lambda who, w: actions.numbers_to_tell(who, w.dialogue)),
    "finish_answering": (RESPONDER, lambda who, w: actions.finish_answering(who, w.answered())),
    "import_conversation": (SECRETARIAT, _import),
    "join": (ALL, lambda who, w: actions.join(w.dialogue, visitor=who)),
    "join as a member": (
        MEMBERS,
        lambda who, w: actions.join(w.invited_only(Admission.MEMBERS), visitor=who),
    ),
}

OF_PARTICIPANTS = {"cast_vote", "take_back_vote", "write_statement", "describe_participant", "show_next"}
"""Right is the participant itself, to whom only its code leads: tested in test_voting and with the pages."""
OF_CODES = {"return_by", "unsubscribe"}
"""Right is a code that nobody can guess."""
OF_ALL = {"subscribe", "missing_before_opening"}
"""Everybody may."""
OF_TIME = {"close_now"}
"""Done by the action close_dialogue, which checks, and by the duty that closes what is over."""


def _who(role: str, northport: City, eastbay: City) -> Visitor:
    if role == "anonymous":
        return AnonymousUser()
    if role == "bao of another city":
        return cast.person("Dao", Role.MODERATOR, Role.OFFICER, Role.RESPONDER, city=eastbay)
    return Person.objects.get(name=role.title())


@pytest.fixture
def world(dialogue: Dialogue, ana: Person, bao: Person, cem: Person, northport: City) -> World:
    """Everybody is there, and somebody takes part."""
    return World(dialogue, northport, ana, actions.join(dialogue)[0])


def test_every_action_is_in_the_table() -> None:
    named = {name.split(" ")[0] for name in TABLE} | OF_PARTICIPANTS | OF_CODES | OF_ALL | OF_TIME
    exported = {name for name in actions.__all__ if name[0].islower()}
    assert exported - named == set(), "say here who may do it"
    assert named - exported == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_who_may(name: str, role: str, world: World, northport: City, eastbay: City) -> None:
    allowed, attempt = TABLE[name]
    who = _who(role, northport, eastbay)
    if role in allowed:
        attempt(who, world)
    else:
        with pytest.raises(NotAllowedError):
            attempt(who, world)


@pytest.mark.parametrize("name", ["accept", "edit_dialogue"])
def test_a_role_that_has_ended_gives_no_right(name: str, world: World, ana: Person) -> None:
    ana.memberships.update(ended_at=timezone.now())
    with pytest.raises(NotAllowedError):
        TABLE[name][1](ana, world)


def test_the_named_person_answers_and_no_other_responder(world: World, cem: Person, bao: Person) -> None:
    actions.edit_dialogue(world.ana, world.dialogue, responder=cem)
    closed = world.closed()
    actions.answer(cem, closed, world.statement, kind="cannot", body="No.", language="en")
    with pytest.raises(NotAllowedError):
        actions.answer(bao, closed, world.statement, kind="cannot", body="No.", language="en")
