"""Taking a practice over on its pages: rights, the plan row by row, how far it is, and who confirms."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import Adoption, AdoptionStage, Practice, PracticeState


@pytest.fixture
def as_dia(client: Client, dia: Person) -> Client:
    """A browser in which Dia, the officer of Eastbay, is signed in."""
    client.force_login(dia)
    return client


def page_of(adoption: Adoption, part: str = "") -> str:
    return f"/adoptions/{adoption.pk}/{part}"


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_from_wanting_to_confirmed(as_dia: Client, practice: Practice, eastbay: City, bao: Person) -> None:
    page = f"/practices/{practice.slug}/adopt/"
    assert f'value="{eastbay.pk}" selected' in as_dia.get(page).content.decode(), "her own city is chosen"
    sent = {"city": eastbay.pk, "why": "Our market is under water every month.", "language": "en"}
    answer = as_dia.post(page, sent, follow=True)
    adoption = Adoption.objects.get()
    assert answer.redirect_chain[-1][0] == page_of(adoption)
    assert "Our market is under water" in text(answer)
    assert "Not yet confirmed by Eastbay" in text(answer)

    as_dia.post(page_of(adoption, "move/"), {"stage": "piloting", "note": "Two gardens.", "language": "en"})
    rows = {
        "part-0-kind": "kept", "part-0-part": "Stalls look after them", "part-0-why": "It worked there",
        "part-1-kind": "changed", "part-1-part": "The plants", "part-1-why": "Ours must like salt",
        "part-2-kind": "kept", "part-2-part": "", "part-2-why": "",
        "rows_sent": 3, "language": "en",
    }  # fmt: skip
    assert as_dia.post(page_of(adoption, "edit/"), rows).status_code == 302
    claim = {"claimed_by": "Eastbay", "source": "https://example.org/e", "claimed_on": "2024"}
    cost = {"amount": "9000", "currency": "USD", "kind": "capital", "confidence": "budget", **claim}
    result = {"indicator": "Floods a year", "baseline": "12", "value": "3", "method": "before_after", **claim}
    for what, given in (("cost", cost), ("result", result)):
        fields = {f"{what}-{name}": value for name, value in given.items()}
        answer = as_dia.post(page_of(adoption, "claims/"), {"what": what, **fields})
        assert answer.status_code == 302, text(answer)
    assert "You say for Eastbay" in text(as_dia.get(page_of(adoption, "confirm/")))
    answer = as_dia.post(page_of(adoption, "confirm/"), {"what": "confirm"}, follow=True)
    shown = text(answer)
    assert "Eastbay itself confirmed" in shown
    for words in ("Ours must like salt", "Stalls look after them", "9,000", "12", "Two gardens."):
        assert words in shown
    practice.refresh_from_db()
    assert practice.evidence == 5
    answer = as_dia.post(page_of(adoption, "confirm/"), {"what": "withdraw"}, follow=True)
    assert "Not yet confirmed by Eastbay" in text(answer)


RIGHTS = [
    ("", {"cem": 200, "bao": 200, "ana": 200, "dia": 200}, 200),
    ("edit/", {"cem": 403, "bao": 403, "ana": 200, "dia": 200}, 302),
    ("claims/", {"cem": 403, "bao": 403, "ana": 200, "dia": 200}, 302),
    ("confirm/", {"cem": 403, "bao": 403, "ana": 403, "dia": 200}, 302),
]


@pytest.mark.parametrize(("part", "statuses", "visitor"), RIGHTS)
@pytest.mark.usefixtures("ana", "bao", "cem", "dia")
def test_who_may_open_what(
    client: Client, adoption: Adoption, part: str, statuses: dict[str, int], visitor: int
) -> None:
    assert client.get(page_of(adoption, part)).status_code == visitor
    for name, status in statuses.items():
        client.force_login(Person.objects.get(name=name.title()))
        assert client.get(page_of(adoption, part)).status_code == status, name


@pytest.mark.parametrize(
    ("part", "sent"),
    [
        ("move/", {"stage": "running", "note": "x", "language": "en"}),
        ("edit/", {"rows_sent": 1, "part-0-kind": "kept", "part-0-part": "x", "language": "en"}),
        ("claims/remove/", {"claim": "cost-1"}),
        ("confirm/", {"what": "confirm"}),
    ],
)
def test_only_the_adopting_city_writes(
    client: Client, adoption: Adoption, bao: Person, cem: Person, part: str, sent: dict[str, Any]
) -> None:
    assert client.post(page_of(adoption, part), sent).status_code == 302
    for person in (bao, cem):
        client.force_login(person)
        assert client.post(page_of(adoption, part), sent).status_code == 403, person
    adoption.refresh_from_db()
    assert (adoption.stage, adoption.confirmed_at, adoption.parts.count()) == ("interested", None, 0)


def test_the_secretariat_writes_but_cannot_confirm(client: Client, adoption: Adoption, ana: Person) -> None:
    client.force_login(ana)
    sent = {"stage": "running", "note": "They told us by telephone.", "language": "en"}
    assert client.post(page_of(adoption, "move/"), sent).status_code == 302
    assert client.post(page_of(adoption, "confirm/"), {"what": "confirm"}).status_code == 403
    adoption.refresh_from_db()
    assert (adoption.stage, adoption.confirmed_at) == ("running", None)
    assert "Is this so?" not in text(client.get(page_of(adoption)))


def test_nothing_is_confirmed_that_was_not_tried(as_dia: Client, adoption: Adoption) -> None:
    assert "Nothing has been tried yet" in text(as_dia.get(page_of(adoption, "confirm/")))
    answer = as_dia.post(page_of(adoption, "confirm/"), {"what": "confirm"})
    assert answer.status_code == 422
    adoption.refresh_from_db()
    assert adoption.confirmed_at is None


def test_what_the_secretariat_changes_has_to_be_confirmed_anew(
    client: Client, adoption: Adoption, ana: Person, dia: Person
) -> None:
    actions.move(dia, adoption, AdoptionStage.RUNNING, "It runs.", language="en")
    actions.confirm(dia, adoption)
    client.force_login(ana)
    assert "has to be confirmed anew" in text(client.get(page_of(adoption)))
    client.post(page_of(adoption, "move/"), {"stage": "piloting", "note": "Only one street.", "language": "en"})
    assert "Not yet confirmed by Eastbay" in text(client.get(page_of(adoption)))


def test_more_rows_without_a_script_and_nothing_is_lost_or_saved(as_dia: Client, adoption: Adoption) -> None:
    page = page_of(adoption, "edit/")
    first = as_dia.get(page).content.decode()
    assert len(re.findall(r'name="part-\d-part"', first)) == 3
    sent = {
        "part-0-kind": "dropped", "part-0-part": "The fence", "part-0-why": "", "part-1-kind": "kept",
        "part-1-part": "", "part-1-why": "A reason alone", "rows_sent": 2, "language": "km", "more": "1",
    }  # fmt: skip
    answer = as_dia.post(page, sent)
    shown = answer.content.decode()
    assert answer.status_code == 200
    assert 'name="part-4-part"' in shown
    assert 'name="part-5-part"' not in shown
    assert 'value="The fence"' in shown
    assert 'value="A reason alone"' in shown
    assert re.search(r'value="dropped" selected', shown)
    assert re.search(r'value="km" selected', shown)
    assert 'role="alert"' not in shown
    assert adoption.parts.count() == 0


def test_a_reason_without_a_part_is_shown_again_filled_in(as_dia: Client, adoption: Adoption) -> None:
    sent = {"part-0-kind": "kept", "part-0-part": "", "part-0-why": "A reason alone", "rows_sent": 1, "language": "en"}
    answer = as_dia.post(page_of(adoption, "edit/"), sent)
    assert answer.status_code == 422
    assert 'value="A reason alone"' in answer.content.decode()
    assert "Say which part this is the reason for" in text(answer)


def test_words_that_are_not_changed_stay_in_their_language(as_dia: Client, adoption: Adoption, dia: Person) -> None:
    actions.set_parts(dia, adoption, [("kept", "ហាងថែទាំវា", "វាដំណើរការ", "km")])
    shown = as_dia.get(page_of(adoption, "edit/")).content.decode()
    assert re.search(r'name="part-0-part"[^>]*lang="km"|lang="km"[^>]*name="part-0-part"', shown)
    sent = {
        "part-0-kind": "changed", "part-0-part": "ហាងថែទាំវា", "part-0-why": "វាដំណើរការ", "part-0-language": "km",
        "part-0-was": "ហាងថែទាំវា\r\nវាដំណើរការ",
        "part-1-kind": "dropped", "part-1-part": "The fence along the road", "part-1-why": "", "rows_sent": 2,
        "language": "en",
    }  # fmt: skip
    assert as_dia.post(page_of(adoption, "edit/"), sent).status_code == 302
    assert list(adoption.parts.order_by("pk").values_list("kind", "language")) == [
        ("changed", "km"),
        ("dropped", "en"),
    ]


def test_words_in_another_language_are_asked_about_once(as_dia: Client, practice: Practice, eastbay: City) -> None:
    page = f"/practices/{practice.slug}/adopt/"
    sent = {"city": eastbay.pk, "why": "ផ្សាររបស់យើងលិចទឹករាល់ខែ ហើយមនុស្សមិនអាចលក់បានទេ។", "language": "en"}
    answer = as_dia.post(page, sent)
    assert answer.status_code == 422
    assert "English was chosen, and the words look like Khmer" in text(answer)
    assert "ផ្សាររបស់យើង" in answer.content.decode()
    hidden = re.search(r'name="confirmed" value="([^"]*)"', answer.content.decode())
    assert hidden is not None
    assert as_dia.post(page, {**sent, "confirmed": hidden[1]}).status_code == 302
    assert Adoption.objects.get().why_language == "en"


def test_who_has_no_city_cannot_want(
    client: Client, practice: Practice, cem: Person, bao: Person, ana: Person
) -> None:
    page = f"/practices/{practice.slug}/adopt/"
    assert client.get(page).status_code == 302
    client.force_login(cem)
    assert client.get(page).status_code == 403
    client.force_login(bao)
    assert "There is no further city" in text(client.get(page)), "his own city did it"
    client.force_login(ana)
    assert client.get(page).status_code == 200


def test_nobody_wants_for_another_city(as_dia: Client, practice: Practice) -> None:
    other = cast.member("Southlake")
    sent = {"city": other.pk, "why": "We want it.", "language": "en"}
    assert as_dia.post(f"/practices/{practice.slug}/adopt/", sent).status_code == 422
    assert not Adoption.objects.exists()


def test_whoever_took_it_over_can_be_the_one_it_is_taken_from(
    client: Client, adoption: Adoption, dia: Person, eastbay: City, northport: City
) -> None:
    southlake = cast.member("Southlake")
    client.force_login(cast.person("Eli", Role.OFFICER, city=southlake))
    page = f"/practices/{adoption.practice.slug}/adopt/"
    assert 'name="from_city"' not in client.get(page).content.decode()
    actions.move(dia, adoption, AdoptionStage.RUNNING, "It runs.", language="en")
    assert 'name="from_city"' in client.get(page).content.decode()
    sent = {"city": southlake.pk, "from_city": eastbay.pk, "why": "Theirs is like ours.", "language": "en"}
    assert client.post(page, sent).status_code == 302
    assert Adoption.objects.get(to_city=southlake).from_city == eastbay


def test_what_was_stopped_is_as_visible_as_what_runs(as_dia: Client, adoption: Adoption) -> None:
    move = page_of(adoption, "move/")
    as_dia.post(move, {"stage": "piloting", "language": "en"})
    assert as_dia.post(move, {"stage": "stopped", "note": "", "language": "en"}).status_code == 422, "why?"
    sent = {"stage": "stopped", "note": "The plants died in the salt.", "language": "en"}
    shown = as_dia.post(move, sent, follow=True).content.decode()
    steps = shown[shown.index('class="steps"') :].split("</ol>")[0]
    assert re.findall(r"<li([^>]*)>([^<]+)", steps) == [
        (' class="done"', "interested"),
        (' class="done"', "trying it"),
        (' aria-current="step"', "stopped"),
    ]
    assert "The plants died in the salt." in shown
    assert "The plants died" in as_dia.get(page_of(adoption)).content.decode()


def test_an_old_page_does_not_undo_what_was_said_meanwhile(as_dia: Client, adoption: Adoption, dia: Person) -> None:
    actions.move(dia, adoption, AdoptionStage.RUNNING, "It runs.", language="en")
    sent = {"stage": "assessing", "note": "We look at it.", "language": "en", "seen": "interested"}
    answer = as_dia.post(page_of(adoption, "move/"), sent)
    assert answer.status_code == 422
    assert "We look at it." in answer.content.decode()
    adoption.refresh_from_db()
    assert adoption.stage == "running"


def test_a_bad_number_is_shown_again_with_what_was_typed(as_dia: Client, adoption: Adoption) -> None:
    sent = {"what": "cost", "cost-amount": "many", "cost-currency": "USD", "cost-kind": "capital", "cost-source": "A"}
    answer = as_dia.post(page_of(adoption, "claims/"), sent)
    assert answer.status_code == 422
    assert 'value="many"' in answer.content.decode()
    assert not adoption.costs.exists()


def test_a_claim_is_taken_back(as_dia: Client, adoption: Adoption, dia: Person) -> None:
    cost = actions.add_cost(
        dia, adoption, kind="capital", amount="5", currency="USD", claimed_by="E", source="S", claimed_on="2024"
    )
    other = adoption.practice.costs.get()
    page = page_of(adoption, "claims/remove/")
    assert as_dia.post(page, {"claim": f"cost-{other.pk}"}).status_code == 404, "of the practice, not of the adoption"
    for strange in ("", "cost", "cost-x", "parts-1", f"cost-{'9' * 30}"):
        assert as_dia.post(page, {"claim": strange}).status_code == 404
    assert as_dia.post(page, {"claim": f"cost-{cost.pk}"}).status_code == 302
    assert not adoption.costs.exists()


def test_of_what_is_not_public_nobody_learns(client: Client, adoption: Adoption, cem: Person, dia: Person) -> None:
    Practice.objects.update(state=PracticeState.WITHDRAWN)
    for person, status in ((None, 404), (cem, 404), (dia, 200)):
        if person:
            client.force_login(person)
        assert client.get(page_of(adoption)).status_code == status
        assert client.get(f"/practices/{adoption.practice.slug}/adopt/").status_code in {302, 404}


def test_what_was_made_up_says_so(client: Client, adoption: Adoption) -> None:
    Adoption.objects.update(is_simulated=True)
    assert "SIMULATED" in text(client.get(page_of(adoption)))
    assert "SIMULATED" in text(client.get("/cities/eastbay/practices/"))


def test_the_words_of_the_city_carry_their_language(client: Client, adoption: Adoption) -> None:
    Adoption.objects.update(why="ផ្សារលិចទឹក <b>", why_language="km")
    shown = client.get(page_of(adoption)).content.decode()
    assert 'lang="km" dir="auto">ផ្សារលិចទឹក &lt;b&gt;' in shown
