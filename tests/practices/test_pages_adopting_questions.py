"""Questions to those who did something: who may ask, what is shown first, answering, and saying no."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City, Network
from intercity.practices import actions
from intercity.practices.duties import send_letters
from intercity.practices.models import Adoption, AdoptionStage, Practice, Question
from intercity.refusals import RefusedError


@pytest.fixture
def question(practice: Practice, eastbay: City, dia: Person) -> Question:
    """Dia asks Northport for Eastbay."""
    return actions.ask(dia, practice, eastbay, "en", "Who waters the gardens in the dry months?")


def page_of(practice: Practice) -> str:
    return f"/practices/{practice.slug}/ask/"


def text(answer: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", answer.content.decode()).split())


def test_asked_answered_and_read_by_everybody(
    client: Client, practice: Practice, eastbay: City, dia: Person, bao: Person
) -> None:
    client.force_login(dia)
    sent = {"city": eastbay.pk, "body": "Who waters the gardens?", "language": "en"}
    assert client.post(page_of(practice), sent).status_code == 302
    question = Question.objects.get()
    assert "Who waters the gardens?" in text(client.get("/questions/"))
    City.objects.filter(slug="northport").update(mailbox="office@northport.example")
    send_letters()
    client.force_login(bao)
    assert "1 letter was sent." in text(client.get("/questions/"))
    path = re.search(r"http://localhost:8000(\S+answer/)", str(mail.outbox[0].body))
    assert path is not None
    assert client.post(str(path[1]), {"body": "The stalls do.", "language": "en"}).status_code == 302
    client.logout()
    shown = client.get(page_of(practice)).content.decode()
    assert shown.index("The stalls do.") < shown.index('id="ask"'), "what is answered stands before asking"
    assert f'id="question-{question.pk}"' in shown


def test_who_may_ask(client: Client, practice: Practice, ana: Person, bao: Person, cem: Person, dia: Person) -> None:
    page = page_of(practice)
    sent = {"city": City.objects.get(slug="eastbay").pk, "body": "Who?", "language": "en"}
    assert client.get(page).status_code == 200
    assert client.post(page, sent).status_code == 403
    for person, says in (
        (ana, "Officers of a city ask for their city."),
        (bao, "Your own city did this."),
        (cem, "Officers of a city ask for their city."),
    ):
        client.force_login(person)
        assert says in text(client.get(page)), person
        assert client.post(page, sent).status_code == 403, person
    assert not Question.objects.exists()
    client.force_login(dia)
    assert 'name="body"' in client.get(page).content.decode()


def test_nobody_asks_for_another_city(client: Client, practice: Practice, dia: Person) -> None:
    other = cast.member("Southlake")
    client.force_login(dia)
    assert client.post(page_of(practice), {"city": other.pk, "body": "Who?", "language": "en"}).status_code == 422
    assert not Question.objects.exists()


def test_how_many_wait_is_shown_and_more_are_refused_without_losing_the_words(
    client: Client, practice: Practice, adoption: Adoption, dia: Person, eastbay: City
) -> None:
    for number in range(actions.MOST_WAITING):
        city = cast.member(f"Town{number}")
        officer = cast.person(f"Officer{number}", Role.OFFICER, city=city)
        actions.ask(officer, practice, city, "en", "What did it cost?")
    actions.move(dia, adoption, AdoptionStage.RUNNING, "It runs.", language="en")
    client.force_login(dia)
    assert "These have done it, too" not in text(client.get(page_of(practice))), "nobody asks their own city"
    other = actions.want_to_try(officer, practice, city, "Ours, too.", language="en")
    actions.move(officer, other, AdoptionStage.RUNNING, "It runs.", language="en")
    shown = text(client.get(page_of(practice)))
    assert f"{actions.MOST_WAITING} questions wait for Northport." in shown
    assert "These have done it, too" in shown
    answer = client.post(page_of(practice), {"city": eastbay.pk, "body": "One more thing?", "language": "en"})
    assert answer.status_code == 422
    assert "One more thing?" in answer.content.decode()


def test_of_no_member_it_is_said_whom_one_can_ask_instead(
    client: Client, practice: Practice, dia: Person, adoption: Adoption, network: Network
) -> None:
    Practice.objects.update(city=None, place="Elsewhere", country="TH", source="https://example.org/report.pdf")
    actions.move(dia, adoption, AdoptionStage.RUNNING, "It runs.", language="en")
    page = client.get(page_of(practice))
    assert "Elsewhere is not a member of this network" in text(page)
    assert "It has no mailbox here yet" in text(page)
    assert 'href="https://example.org/report.pdf"' in page.content.decode()
    assert f'<a href="{reverse("city_practices", args=[adoption.to_city.slug])}"' in page.content.decode()
    Network.objects.update(contact="secretariat@example.org")
    Practice.objects.update(source="", contact_role="Water office", contact_mailbox="water@example.org")
    page = client.get(page_of(practice))
    assert 'href="mailto:secretariat@example.org"' in page.content.decode()
    assert 'href="mailto:water@example.org"' in page.content.decode()
    assert "Source" not in text(page).split("These can help")[1].split("What the practice itself says")[0]


def test_a_question_to_no_member_is_refused_and_says_whom_to_ask(
    practice: Practice, dia: Person, eastbay: City
) -> None:
    Practice.objects.update(city=None, place="Elsewhere")
    practice.refresh_from_db()
    with pytest.raises(RefusedError, match=r"Elsewhere is not a member .* Ask the secretariat"):
        actions.ask(dia, practice, eastbay, "en", "Who?")


@pytest.mark.usefixtures("ana", "bao", "cem", "dia")
def test_who_may_answer(client: Client, question: Question) -> None:
    page = f"/questions/{question.pk}/"
    sent = {"body": "Me.", "language": "en", "because": "not_us"}
    for part in ("answer/", "decline/"):
        assert client.post(page + part, sent).status_code == 302
    for name in ("Cem", "Dia"):
        client.force_login(Person.objects.get(name=name))
        assert client.get(page + "answer/").status_code == 403
        for part in ("answer/", "decline/"):
            assert client.post(page + part, sent).status_code == 403, name
    question.refresh_from_db()
    assert question.answered_at is None
    assert question.declined_at is None
    for name in ("Ana", "Bao"):
        client.force_login(Person.objects.get(name=name))
        assert client.get(page + "answer/").status_code == 200


def test_each_sees_what_waits_for_them(
    client: Client, question: Question, ana: Person, bao: Person, cem: Person, dia: Person
) -> None:
    assert client.get("/questions/").status_code == 302
    client.force_login(cem)
    assert client.get("/questions/").status_code == 403
    link = f"/questions/{question.pk}/answer/"
    for person, waits in ((ana, True), (bao, True), (dia, False)):
        client.force_login(person)
        assert (link in client.get("/questions/").content.decode()) == waits, person
    assert "What your city asked" in text(client.get("/questions/"))
    assert "/questions/" in client.get("/desk/").content.decode()


def test_a_polite_no_with_a_reason(client: Client, question: Question, bao: Person) -> None:
    client.force_login(bao)
    page = f"/questions/{question.pk}/decline/"
    answer = client.post(page, {})
    assert answer.status_code == 422
    assert "<details open>" in answer.content.decode()
    assert client.post(page, {"because": "rude"}).status_code == 422
    assert client.post(page, {"because": "no_time"}).status_code == 302
    question.refresh_from_db()
    assert question.declined_because == "no_time"
    assert "Nobody here has the time for it now." in text(client.get(page_of(question.practice)))


def test_two_who_answer_together(client: Client, question: Question, ana: Person, bao: Person) -> None:
    actions.answer(ana, question, "en", "The city does.")
    client.force_login(bao)
    page = f"/questions/{question.pk}/answer/"
    assert "This has been answered already" in text(client.get(page))
    answer = client.post(page, {"body": "The stalls do.", "language": "en"})
    assert answer.status_code == 422
    question.refresh_from_db()
    assert question.answer is not None
    assert question.answer.body == "The city does."


def test_an_empty_answer_is_asked_for_again(client: Client, question: Question, bao: Person) -> None:
    client.force_login(bao)
    answer = client.post(f"/questions/{question.pk}/answer/", {"body": " ", "language": "en"})
    assert answer.status_code == 422


def test_words_are_escaped_and_carry_their_language(client: Client, question: Question, bao: Person) -> None:
    question.text.body, question.text.language = "អ្នកណា <script>", "km"
    question.text.save()
    actions.answer(bao, question, "en", "The <b>stalls</b>.")
    shown = client.get(page_of(question.practice)).content.decode()
    assert 'lang="km" dir="auto">អ្នកណា &lt;script&gt;' in shown
    assert "The &lt;b&gt;stalls&lt;/b&gt;." in shown


def test_a_made_up_question_says_so(client: Client, question: Question) -> None:
    Question.objects.update(is_simulated=True)
    assert "Simulated" in text(client.get(page_of(question.practice)))
