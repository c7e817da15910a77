"""Every action on people's words with every role: who may, and that all others are refused."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.audit.models import Entry
from intercity.cities.models import City
from intercity.languages import actions
from intercity.languages.models import Consent, FormerTranslation, GlossaryTerm, Text, Translation
from intercity.refusals import RefusedError

ROLES = ("anonymous", "cem", "bao", "dara of a city", "dara", "ana")
ALL = frozenset(ROLES)
SECRETARIAT = frozenset({"ana"})
REVIEWERS = frozenset({"ana", "dara", "dara of a city"})
ABROAD, AT_HOME = "deepl", "apertium"
"""An engine that leaves the platform, and one that does not."""


@dataclass
class World:
    """What the actions work on."""

    text: Text
    found: Translation
    term: GlossaryTerm

    def changed_by(self, who: Visitor) -> Translation:
        """The translation, as if it were somebody's last change."""
        now = timezone.now()
        author = who if isinstance(who, Person) else None
        FormerTranslation.objects.keep(self.found, author, now)
        Translation.objects.update(state="checked", reviewed_by=author, reviewed_at=now)
        return self.found


def _import(who: Visitor, world: World) -> None:
    ana = Person.objects.get(name="Ana")
    content = actions.export_translations(ana, "km").content
    actions.import_translations(who, content, "km.po")


Attempt = Callable[[Visitor, World], object]

TABLE: dict[str, tuple[frozenset[str], Attempt]] = {
    "translate": (REVIEWERS, lambda who, w: actions.translate(who, w.text, "km", "ទឹក", 1)),
    "check": (REVIEWERS, lambda who, w: actions.check(who, w.found, 1)),
    "correct": (REVIEWERS, lambda who, w: actions.correct(who, w.found, "ទឹក", 1)),
    "undo": (REVIEWERS, lambda who, w: actions.undo(who, w.changed_by(who))),
    "resolve_complaints": (REVIEWERS, lambda who, w: actions.resolve_complaints(who, w.found)),
    "complain": (ALL, lambda _who, w: actions.complain(w.found, address="192.0.2.1")),
    "add_term": (REVIEWERS, lambda who, _w: actions.add_term(who, language="en", words="harbour")),
    "edit_term": (REVIEWERS, lambda who, w: actions.edit_term(who, w.term, words="clean water")),
    "remove_term": (SECRETARIAT, lambda who, w: actions.remove_term(who, w.term)),
    "consent": (SECRETARIAT, lambda who, _w: actions.consent(who, ABROAD)),
    "withdraw_consent": (SECRETARIAT, lambda who, _w: actions.withdraw_consent(who, ABROAD)),
    "export_translations": (REVIEWERS, lambda who, _w: actions.export_translations(who, "km")),
    "import_translations": (REVIEWERS, _import),
}

OF_OTHERS = {"unsaved_text", "write_text", "rewrite_text"}
"""Called by actions of other subjects, which know who may write there."""
QUESTIONS = {"may_review", "may_decide", "require_reviewer"}
"""They change nothing; what they answer is tested here for every role."""


def _who(role: str, northport: City) -> Visitor:
    if role == "anonymous":
        return AnonymousUser()
    if role.startswith("dara"):
        return cast.person("Dara", Role.TRANSLATOR, city=northport if role == "dara of a city" else None)
    return Person.objects.get(name=role.title())


@pytest.fixture
def world(ana: Person, bao: Person, cem: Person, settings: Any) -> World:
    """A machine's translation of a public text, a term, and two engines."""
    settings.ENGINES = {ABROAD: ("https://translate.example.org", "key"), AT_HOME: ()}
    text = public("Clean water.")
    term = GlossaryTerm.objects.create(language="en", words="water")
    return World(text, translated(text, "ទឹកស្អាត", wrong=1), term)


def test_every_action_is_in_the_table() -> None:
    named = set(TABLE) | OF_OTHERS | QUESTIONS
    exported = {name for name in actions.__all__ if name[0].islower()}
    assert exported - named == set(), "say here who may do it"
    assert named - exported == set()


@pytest.mark.parametrize("role", ROLES)
@pytest.mark.parametrize("name", TABLE)
def test_who_may(name: str, role: str, world: World, northport: City) -> None:
    allowed, attempt = TABLE[name]
    who = _who(role, northport)
    before = Entry.objects.count()
    if role in allowed:
        attempt(who, world)
    else:
        with pytest.raises(NotAllowedError):
            attempt(who, world)
        assert Entry.objects.count() == before


@pytest.mark.parametrize("role", ROLES)
def test_questions_answer_as_the_actions_do(role: str, world: World, northport: City) -> None:
    who = _who(role, northport)
    assert actions.may_review(who) is (role in REVIEWERS)
    assert actions.may_decide(who) is (role in SECRETARIAT)
    if role in REVIEWERS:
        assert actions.require_reviewer(who) == who
    else:
        with pytest.raises(NotAllowedError):
            actions.require_reviewer(who)


@pytest.mark.parametrize("name", ["check", "consent", "add_term", "import_translations"])
def test_a_role_that_has_ended_gives_no_right(name: str, world: World, cem: Person) -> None:
    cast.person("Fay", Role.SECRETARIAT)
    fay = Person.objects.get(name="Fay")
    fay.memberships.update(ended_at=timezone.now())
    with pytest.raises(NotAllowedError):
        TABLE[name][1](fay, world)


def test_consent_is_given_once_and_withdrawn_once(world: World, ana: Person) -> None:
    given = actions.consent(ana, ABROAD)
    assert actions.consent(ana, ABROAD) == given
    for _press in range(2):
        actions.withdraw_consent(ana, ABROAD)
    given.refresh_from_db()
    assert given.withdrawn_at is not None
    assert actions.consent(ana, ABROAD) != given
    assert Consent.objects.filter(withdrawn_at=None).count() == 1
    assert list(Entry.objects.filter(action__startswith="engine.").values_list("action", flat=True)) == [
        "engine.consented", "engine.consent_withdrawn", "engine.consented",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("engine", "says"), [("nobody", "No engine “nobody”.*deepl, apertium"), (AT_HOME, "no consent")]
)
def test_consent_is_for_engines_that_are_set_up_and_leave(world: World, ana: Person, engine: str, says: str) -> None:
    with pytest.raises(RefusedError, match=says) as refused:
        actions.consent(ana, engine)
    assert refused.value.field == "engine"
    assert not Consent.objects.exists()
