"""The translators' desk: what waits, in which order, and one text side by side."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.languages.models import Kind, Text, Translation
from intercity.languages.waiting import Standing, following, progress, to_do


@pytest.fixture
def dara(northport: City) -> Person:
    """Dara translates for Northport."""
    return cast.person("Dara", Role.TRANSLATOR, city=northport)


@pytest.fixture
def as_dara(client: Client, dara: Person) -> Client:
    """A browser in which Dara is signed in."""
    client.force_login(dara)
    return client


@pytest.fixture
def queue(network: object) -> dict[str, Text]:
    """One public text for each standing in Khmer, and the words of a dialogue itself."""
    found = {name: public(f"Idea that is {name}.") for name in Standing.values if name != "missing"}
    translated(found["complained"], "ខុស", wrong=2)
    translated(found["outdated"], "ចាស់")
    Text.objects.filter(pk=found["outdated"].pk).update(version=2, body="Idea that is new now.")
    translated(found["machine"], "ម៉ាស៊ីន")
    translated(found["written"], "សរសេរ", state="written", engine="", model="")
    translated(found["done"], "ត្រឹមត្រូវ", state="checked")
    found["missing"] = public("How do we keep water clean?", kind=Kind.DIALOGUE)
    return found


PAGES = ("/translations/", "/translations/km/", "/translations/km/exchange/", "/glossary/add/")


@pytest.mark.parametrize("page", PAGES)
def test_only_translators_and_the_secretariat_may_translate(
    page: str, client: Client, ana: Person, bao: Person, cem: Person, dara: Person
) -> None:
    assert client.get(page).status_code == 302
    for person, status in ((ana, 200), (bao, 403), (cem, 403), (dara, 200)):
        client.force_login(person)
        assert client.get(page).status_code == status, person


def test_only_they_may_review(client: Client, queue: dict[str, Text], bao: Person) -> None:
    page = f"/translations/km/{queue['machine'].pk}/"
    assert client.get(page).status_code == 302
    client.force_login(bao)
    assert client.get(page).status_code == 403
    assert client.post(page, {"body": "x", "seen": "ម៉ាស៊ីន", "version": 1, "what": "save"}).status_code == 403
    assert client.post(f"{page}undo/").status_code == 403
    assert Translation.objects.get(text=queue["machine"]).body == "ម៉ាស៊ីន"


def test_each_standing_is_counted_once(queue: dict[str, Text]) -> None:
    english, khmer = progress(["en", "km"])
    assert {name: getattr(khmer, name) for name in Standing.values} == dict.fromkeys(Standing.values, 1)
    assert (khmer.total, khmer.to_do) == (6, 5)
    assert english.total == 0


def test_complaints_come_first_then_what_dialogues_say(queue: dict[str, Text]) -> None:
    found = [text.pk for text in to_do("km")]
    assert found[:2] == [queue["complained"].pk, queue["missing"].pk]
    assert queue["done"].pk not in found
    assert len(found) == 5


def test_what_is_not_public_is_not_shown(as_dara: Client, queue: dict[str, Text]) -> None:
    secret = Text.objects.create(language="en", body="A secret of a draft.")
    assert secret not in to_do("km")
    assert as_dara.get(f"/translations/km/{secret.pk}/").status_code == 404
    assert "A secret" not in as_dara.get("/translations/km/").content.decode()


def test_the_desk_leads_to_each_language(as_dara: Client, queue: dict[str, Text]) -> None:
    page = as_dara.get("/translations/").content.decode()
    assert "/translations/km/" in page
    assert "1 of 6 checked" in page
    assert "/translations/" in as_dara.get("/desk/").content.decode()


def test_somebody_without_the_role_sees_no_link(client: Client, cem: Person) -> None:
    client.force_login(cem)
    assert 'href="/translations/"' not in client.get("/desk/").content.decode()


@pytest.mark.parametrize("standing", Standing.values)
def test_the_queue_shows_what_is_asked_for(as_dara: Client, queue: dict[str, Text], standing: str) -> None:
    page = as_dara.get(f"/translations/km/?show={standing}").content.decode()
    assert re.findall(r"/translations/km/(\d+)/", page)[-1:] == [str(queue[standing].pk)]
    assert len(set(re.findall(r"/translations/km/(\d+)/", page))) == 1


def test_a_language_that_the_network_has_not_has_no_page(as_dara: Client) -> None:
    assert as_dara.get("/translations/fr/").status_code == 404


def _given(page: Any, **fields: object) -> dict[str, object]:
    """What the form of a page sends."""
    form = page.context["form"]
    return {name: form[name].value() or "" for name in ("body", "seen", "version")} | fields


def test_right_as_it_is_and_the_next_one_comes(as_dara: Client, dara: Person, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['machine'].pk}/?show=machine"
    another = public("Another idea.")
    translated(another, "មួយទៀត")
    answer = as_dara.post(here, _given(as_dara.get(here), what="right"))
    assert answer["Location"] == f"/translations/km/{another.pk}/?show=machine&done={queue['machine'].pk}#work"
    checked = Translation.objects.get(text=queue["machine"])
    assert (checked.state, checked.reviewed_by, checked.engine) == ("checked", dara, "test-engine")
    assert f"/translations/km/{queue['machine'].pk}/undo/" in as_dara.get(answer["Location"]).content.decode()


def test_the_last_one_leads_back_to_the_queue(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['machine'].pk}/?show=machine"
    page = as_dara.get(here)
    assert ">Skip<" not in page.content.decode()
    answer = as_dara.post(here, _given(page, what="right"), follow=True)
    assert answer.redirect_chain[0][0].startswith("/translations/km/?show=machine")
    assert "Undo" in answer.content.decode()


def test_a_decision_is_undone(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['machine'].pk}/"
    as_dara.post(here, _given(as_dara.get(here), what="save", body="ម៉ាស៊ីនថ្មី"))
    assert Translation.objects.get(text=queue["machine"]).state == "corrected"
    answer = as_dara.post(f"{here}undo/", follow=True)
    assert "It is as it was before" in answer.content.decode()
    back = Translation.objects.get(text=queue["machine"])
    assert (back.state, back.body) == ("machine", "ម៉ាស៊ីន")


def test_nobody_undoes_what_another_decided(
    client: Client, as_dara: Client, ana: Person, queue: dict[str, Text]
) -> None:
    here = f"/translations/km/{queue['machine'].pk}/"
    as_dara.post(here, _given(as_dara.get(here), what="right"))
    client.force_login(ana)
    assert "Only your own last change" in client.post(f"{here}undo/", follow=True).content.decode()
    assert Translation.objects.get(text=queue["machine"]).state == "checked"


def test_translated_for_the_first_time(as_dara: Client, dara: Person, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['missing'].pk}/"
    page = as_dara.get(here)
    assert "It is right" not in page.content.decode()
    as_dara.post(here, _given(page, what="save", body="តើយើងរក្សាទឹកស្អាតដូចម្តេច?"))
    made = Translation.objects.get(text=queue["missing"])
    assert (made.state, made.made_by, made.engine) == ("written", dara, "")


def test_an_outdated_one_says_so_and_is_made_anew(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['outdated'].pk}/"
    page = as_dara.get(here)
    assert "has changed since this was translated" in page.content.decode()
    assert "Idea that is new now." in page.content.decode()
    assert "It is right" not in page.content.decode()
    as_dara.post(here, _given(page, what="save", body="ថ្មី"))
    assert not Translation.objects.get(text=queue["outdated"]).is_outdated


def test_complaints_stand_beside_the_words(as_dara: Client, queue: dict[str, Text]) -> None:
    page = as_dara.get(f"/translations/km/{queue['complained'].pk}/").content.decode()
    assert "2 readers say that this translation is wrong" in page
    assert "the second word" in page


def test_changed_words_are_not_called_right(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['machine'].pk}/"
    answer = as_dara.post(here, _given(as_dara.get(here), what="right", body="កែ"))
    assert answer.status_code == 422
    assert "You changed the words" in answer.content.decode()
    assert "កែ</textarea>" in answer.content.decode()
    assert Translation.objects.get(text=queue["machine"]).state == "machine"


def test_two_at_the_same_words_lose_nothing(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['machine'].pk}/"
    given = _given(as_dara.get(here), what="save", body="របស់ខ្ញុំ")
    Translation.objects.filter(text=queue["machine"]).update(body="របស់គេ")
    answer = as_dara.post(here, given)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "របស់គេ" in page
    assert "របស់ខ្ញុំ</textarea>" in page
    assert as_dara.post(here, _given(answer, what="save")).status_code == 302
    assert Translation.objects.get(text=queue["machine"]).body == "របស់ខ្ញុំ"


def test_an_original_that_changed_meanwhile_is_shown_anew(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['missing'].pk}/"
    given = _given(as_dara.get(here), what="save", body="សំណួរ")
    Text.objects.filter(pk=queue["missing"].pk).update(version=2, body="Another question?")
    answer = as_dara.post(here, given)
    assert answer.status_code == 422
    assert "Another question?" in answer.content.decode()
    assert as_dara.post(here, _given(answer, what="save")).status_code == 302


def test_nothing_written_is_refused(as_dara: Client, queue: dict[str, Text]) -> None:
    here = f"/translations/km/{queue['missing'].pk}/"
    assert as_dara.post(here, _given(as_dara.get(here), what="save", body=" ")).status_code == 422


def test_terms_of_the_glossary_stand_beside_the_words(as_dara: Client, dara: Person, queue: dict[str, Text]) -> None:
    data = {"words": "machine", "language": "en", "meaning": "a thing", "in_km": "យន្ត", "in_en": ""}
    assert as_dara.post("/glossary/add/", data).status_code == 302
    page = as_dara.get(f"/translations/km/{queue['machine'].pk}/").content.decode()
    assert "យន្ត" in page
    assert "not in this translation" in page
    assert "យន្ត" not in as_dara.get(f"/translations/km/{queue['written'].pk}/").content.decode()


def test_words_cannot_write_the_page(as_dara: Client, network: object) -> None:
    text = public("<script>alert(1)</script>")
    translated(text, "<b>x</b>", wrong=1)
    page = as_dara.get(f"/translations/km/{text.pk}/").content.decode()
    assert "<script>alert" not in page
    assert "<b>x" not in page


def test_nobody_is_asked_to_check_their_own_words(as_dara: Client, dara: Person, queue: dict[str, Text]) -> None:
    mine = public("An idea that Dara translated.")
    translated(mine, "គំនិត", state="written", engine="", made_by=dara)
    assert following("km", queue["written"], only="written", writer=dara.pk) is None
    assert following("km", queue["written"], only="written") == mine.pk
    page = as_dara.get(f"/translations/km/{mine.pk}/")
    assert "Another person has to check it" in page.content.decode()
    assert "It is right" not in page.content.decode()
    refused = as_dara.post(f"/translations/km/{mine.pk}/", _given(page, what="right"))
    assert refused.status_code == 422
