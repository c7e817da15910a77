"""Taking over: who, from whom, how far; what is kept of it; and what a confirmation is worth."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City, Network
from intercity.languages.models import Findable, Kind
from intercity.practices import actions
from intercity.practices.models import Adoption, Challenge, Practice
from intercity.refusals import RefusedError


def _wanted(kind: Kind, key: int) -> int:
    return Findable.objects.get(kind=kind, key=str(key)).wanted


def test_a_city_wants_to_try(adoption: Adoption, northport: City) -> None:
    assert (adoption.stage, adoption.from_city, adoption.is_confirmed) == ("interested", northport, False)
    assert (adoption.why, adoption.why_language) == ("Our market floods, too.", "en")
    assert [one.what for one in adoption.steps.all()] == ["wanted"]


def test_once_and_not_its_own(practice: Practice, adoption: Adoption, ana: Person, northport: City) -> None:
    for city in (northport, adoption.to_city):
        with pytest.raises(RefusedError) as error:
            actions.want_to_try(ana, practice, city)
        assert error.value.field == "to_city"
    assert Adoption.objects.count() == 1


def test_nobody_takes_over_a_draft(draft: Practice, dia: Person, eastbay: City) -> None:
    with pytest.raises(RefusedError, match="not public"):
        actions.want_to_try(dia, draft, eastbay)


def test_who_left_takes_nothing_over(practice: Practice, dia: Person, eastbay: City) -> None:
    eastbay.left_on = timezone.localdate()
    with pytest.raises(RefusedError, match="not a member"):
        actions.want_to_try(dia, practice, eastbay)


def test_why_is_said_in_a_language(practice: Practice, dia: Person, eastbay: City) -> None:
    with pytest.raises(RefusedError, match="language"):
        actions.want_to_try(dia, practice, eastbay, "We flood")
    with pytest.raises(RefusedError, match="not come yet"):
        actions.want_to_try(dia, practice, eastbay, began_on=timezone.localdate() + timedelta(days=1))
    assert actions.want_to_try(dia, practice, eastbay).why == ""


def test_taken_from_another_taker(practice: Practice, adoption: Adoption, ana: Person, dia: Person) -> None:
    """A third city names whom it learnt from; only who did it can be named."""
    westhill = cast.member("Westhill")
    with pytest.raises(RefusedError, match="has not done this"):
        actions.want_to_try(ana, practice, westhill, from_city=adoption.to_city)
    actions.move(dia, adoption, "running")
    found = actions.want_to_try(ana, practice, westhill, from_city=adoption.to_city)
    assert found.from_city == adoption.to_city


def test_every_stage_is_a_step(adoption: Adoption, dia: Person) -> None:
    actions.move(dia, adoption, "assessing")
    actions.move(dia, adoption, "piloting", "Two gardens", language="en")
    actions.move(dia, adoption, "piloting", "They bloom", language="en")
    steps = [(one.what, one.stage, one.note) for one in adoption.steps.all()]
    assert steps[1:] == [
        ("moved", "assessing", ""),
        ("moved", "piloting", "Two gardens"),
        ("noted", "piloting", "They bloom"),
    ]


def test_moves_that_say_nothing_are_refused(adoption: Adoption, dia: Person) -> None:
    with pytest.raises(RefusedError, match="already"):
        actions.move(dia, adoption, "interested")
    with pytest.raises(RefusedError, match="stages"):
        actions.move(dia, adoption, "finished")
    with pytest.raises(RefusedError, match="why it was stopped") as error:
        actions.move(dia, adoption, "stopped")
    assert error.value.field == "note"
    assert adoption.steps.count() == 1


def test_an_old_page_moves_nothing(adoption: Adoption, dia: Person, ana: Person) -> None:
    actions.move(ana, adoption, "running")
    with pytest.raises(RefusedError, match="meanwhile: running"):
        actions.move(dia, adoption, "assessing", seen="interested")


def test_parts_are_replaced_and_what_was_said_before_is_kept(adoption: Adoption, dia: Person) -> None:
    actions.set_parts(dia, adoption, [("kept", "The plants", "They live here, too", "en")])
    parts: list[actions.Part | tuple[str, ...] | dict[str, str]] = [
        actions.Part("changed", "The place", "No street is wide enough", "en"),
        {"kind": "dropped", "part": "Fees", "language": "en"},
    ]
    actions.set_parts(dia, adoption, parts)
    actions.set_parts(dia, adoption, parts)
    assert [one.part for one in adoption.parts.order_by("pk")] == ["The place", "Fees"]
    said = [[part["part"] for part in one.document["parts"]] for one in adoption.steps.all()]
    assert said == [[], ["The plants"], ["The place", "Fees"]]


@pytest.mark.parametrize(
    ("part", "field"),
    [
        (("bent", "A", "", "en"), "parts.0.kind"),
        (("kept", " ", "", "en"), "parts.0.part"),
        (("kept", "A", "", "no such language"), "parts.0.part"),
        (("kept", "A", "x" * 501, "en"), "parts.0.why"),
    ],
)
def test_parts_that_are_none(adoption: Adoption, dia: Person, part: tuple[str, ...], field: str) -> None:
    with pytest.raises(RefusedError) as error:
        actions.set_parts(dia, adoption, [part])
    assert error.value.field == field


def test_only_what_was_done_is_confirmed(adoption: Adoption, dia: Person) -> None:
    with pytest.raises(RefusedError, match="Nothing has been tried"):
        actions.confirm(dia, adoption)
    old, new = actions.move(dia, adoption, "piloting").steps.order_by("pk")
    with pytest.raises(RefusedError, match="Read it once more"):
        actions.confirm(dia, adoption, seen=old.pk)
    actions.confirm(dia, adoption, seen=new.pk)
    actions.confirm(dia, adoption)
    assert (adoption.is_confirmed, adoption.confirmed_by) == (True, dia)
    assert [one.what for one in adoption.steps.all()].count("confirmed") == 1
    assert list(Adoption.objects.confirmed()) == [adoption]


def test_the_city_itself_changes_what_it_confirmed(adoption: Adoption, dia: Person) -> None:
    actions.move(dia, adoption, "piloting")
    actions.confirm(dia, adoption)
    actions.move(dia, adoption, "running")
    actions.set_parts(dia, adoption, [("kept", "All", "", "en")])
    assert adoption.is_confirmed


def test_what_somebody_else_changes_is_confirmed_anew(adoption: Adoption, dia: Person, ana: Person) -> None:
    actions.move(dia, adoption, "piloting")
    actions.confirm(dia, adoption)
    actions.move(ana, adoption, "piloting", "They wrote to us", language="en")
    assert adoption.is_confirmed, "a note changes nothing that was confirmed"
    actions.move(ana, adoption, "running")
    assert not adoption.is_confirmed
    assert [one.what for one in adoption.steps.all()][-2:] == ["moved", "lapsed"]


def test_what_is_no_longer_done_is_no_longer_confirmed(adoption: Adoption, dia: Person) -> None:
    actions.move(dia, adoption, "running")
    actions.confirm(dia, adoption)
    actions.move(dia, adoption, "stopped", "No money", language="en")
    assert adoption.is_confirmed, "that it was done and stopped is worth knowing"
    actions.move(dia, adoption, "assessing")
    assert adoption.confirmed_at is None
    with pytest.raises(RefusedError, match="not confirmed"):
        actions.withdraw_confirmation(dia, adoption)


def test_only_a_demonstration_simulates(practice: Practice, dia: Person, eastbay: City) -> None:
    def attempts() -> list[Adoption | Challenge]:
        return [
            actions.want_to_try(dia, practice, eastbay, is_simulated=True),
            actions.add_challenge(dia, eastbay, title=("en", "Dust"), is_simulated=True),
        ]

    with pytest.raises(RefusedError, match="simulate"):
        attempts()
    with pytest.raises(RefusedError, match="simulate"):
        actions.ask(dia, practice, eastbay, "en", "Who?", is_simulated=True)
    Network.objects.update(is_demonstration=True)
    assert all(one.is_simulated for one in attempts())


def test_a_challenge_in_own_words(challenge: Challenge, dia: Person, eastbay: City) -> None:
    assert (challenge.slug, challenge.state, challenge.city) == ("our-market-floods", "open", eastbay)
    before = _wanted(Kind.CHALLENGE, challenge.pk)
    actions.edit_challenge(dia, challenge, title=("vi", "Chợ ngập"), description=("en", ""), concepts=[])
    assert (challenge.title.language, challenge.title.body, challenge.title.version) == ("vi", "Chợ ngập", 2)
    assert challenge.description is None
    actions.edit_challenge(dia, challenge, description=("en", "Again."))
    actions.close_challenge(dia, challenge, "answered")
    assert challenge.state == "answered"
    actions.edit_challenge(dia, challenge, state="open")
    assert challenge.state == "open"
    assert _wanted(Kind.CHALLENGE, challenge.pk) == before + 4


def test_challenges_that_are_none(challenge: Challenge, dia: Person, eastbay: City) -> None:
    with pytest.raises(RefusedError, match="one line"):
        actions.add_challenge(dia, eastbay, title=("en", " "))
    with pytest.raises(RefusedError, match="list"):
        actions.add_challenge(dia, eastbay, title=("en", "Dust"), concepts=["no-such"])
    with pytest.raises(RefusedError, match="looks for an answer"):
        actions.edit_challenge(dia, challenge, state="lost")
    with pytest.raises(RefusedError, match="ended"):
        actions.close_challenge(dia, challenge, "open")
    second = actions.add_challenge(dia, eastbay, title=("en", "Our market floods"))
    assert second.slug == "our-market-floods-2"
    assert actions.add_challenge(dia, eastbay, title=("lo", "ນ້ຳຖ້ວມ")).slug == "challenge-of-eastbay"


class TestAsking:
    """Few questions at a time, answered by those who did it."""

    def test_asked_and_answered(self, practice: Practice, dia: Person, bao: Person, eastbay: City) -> None:
        question = actions.ask(dia, practice, eastbay, "en", "Who waters them?")
        actions.answer(bao, question, "vi", "Người bán hàng.")
        assert question.answer is not None
        assert (question.answer.language, question.answered_by) == ("vi", bao)
        with pytest.raises(RefusedError, match="answered this already"):
            actions.answer(bao, question, "en", "No.")
        with pytest.raises(RefusedError, match="answered this already"):
            actions.decline(bao, question)

    def test_declined_is_said_once(self, practice: Practice, dia: Person, bao: Person, eastbay: City) -> None:
        question = actions.ask(dia, practice, eastbay, "en", "Who waters them?")
        actions.decline(bao, question)
        assert question.declined_at is not None
        with pytest.raises(RefusedError, match="will not answer"):
            actions.answer(bao, question, "en", "We do.")

    def test_empty_ones_are_none(self, practice: Practice, dia: Person, bao: Person, eastbay: City) -> None:
        with pytest.raises(RefusedError, match="would like to know"):
            actions.ask(dia, practice, eastbay, "en", " ")
        question = actions.ask(dia, practice, eastbay, "en", "Who?")
        with pytest.raises(RefusedError, match="Write the answer"):
            actions.answer(bao, question, "en", "")

    def test_nobody_asks_themselves_or_about_a_draft(
        self, practice: Practice, draft: Practice, bao: Person, dia: Person, northport: City, eastbay: City
    ) -> None:
        with pytest.raises(RefusedError, match="colleagues"):
            actions.ask(bao, practice, northport, "en", "Who?")
        with pytest.raises(RefusedError, match="not public"):
            actions.ask(dia, draft, eastbay, "en", "Who?")

    def test_who_is_no_member_cannot_be_asked(self, ana: Person, dia: Person, eastbay: City) -> None:
        elsewhere = actions.begin(ana, "Faraway", {"title": ("en", "Bus lanes")})
        with pytest.raises(RefusedError, match="Faraway is not a member"):
            actions.ask(dia, elsewhere, eastbay, "en", "Who?")

    def test_once_while_it_waits(self, adoption: Adoption, bao: Person, dia: Person, ana: Person) -> None:
        """The refusal names who else did it."""
        practice, eastbay = adoption.practice, adoption.to_city
        actions.move(dia, adoption, "running")
        westhill = cast.member("Westhill")
        eve = cast.person("Eve", Role.OFFICER, city=westhill)
        question = actions.ask(eve, practice, westhill, "en", "Who?")
        with pytest.raises(actions.AskedEnoughError, match=r"waits for the answer.*Eastbay") as error:
            actions.ask(eve, practice, westhill, "en", "And how?")
        assert error.value.instead == [eastbay]
        actions.answer(bao, question, "en", "We do.")
        actions.ask(eve, practice, westhill, "en", "And how?")

    def test_a_famous_city_is_not_drowned(self, practice: Practice, bao: Person) -> None:
        """Over all its practices, not for each."""
        askers = [cast.member(f"Town{number}") for number in range(actions.MOST_WAITING + 1)]
        officers = [cast.person(f"Person{one.pk}", Role.OFFICER, city=one) for one in askers]
        asked = [
            actions.ask(officer, practice, city, "en", "Who?")
            for officer, city in zip(officers[:-1], askers[:-1], strict=True)
        ]
        other = actions.begin(
            bao,
            practice.city or "",
            dict.fromkeys(("title", "summary", "problem", "solution", "difficulties"), ("en", "Said.")),
            {"unknown": ["costs", "results"]},
        )
        actions.publish(bao, other)
        with pytest.raises(actions.AskedEnoughError, match="5 questions wait for Northport") as error:
            actions.ask(officers[-1], other, askers[-1], "en", "Who?")
        assert error.value.instead == []
        actions.decline(bao, asked[0])
        actions.ask(officers[-1], other, askers[-1], "en", "Who?")
