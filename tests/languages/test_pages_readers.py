"""What readers see of languages: where words come from, what is wrong, the glossary, what to expect; and machines."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from django.utils.translation import override
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.cities.models import City, Network
from intercity.languages.interface import interface
from intercity.languages.models import Complaint, Consent, GlossaryTerm, Text, TranslationTask
from intercity.languages.models.finding import Passage
from intercity.languages.waiting import to_do


@pytest.fixture
def dara(northport: City) -> Person:
    """Dara translates for Northport."""
    return cast.person("Dara", Role.TRANSLATOR, city=northport)


@pytest.fixture
def text(network: Network) -> Text:
    """A public statement."""
    return public("Trees cool the river.", address="/cities/")


def shown(text: Text, language: str) -> str:
    """A text as a page shows it."""
    with override(language):
        found = Template("{% load words %}{% words text %}").render(
            Context({"text": text, "reading_languages": ["en"]})
        )
    return str(found)


def test_a_translation_says_where_it_comes_from(text: Text) -> None:
    made = translated(text, "ដើមឈើ", via="vi", made_at=datetime(2026, 3, 4, tzinfo=UTC))
    page = shown(text, "km")
    assert 'lang="km" dir="auto">ដើមឈើ</span>' in page
    assert 'lang="en" dir="auto">Trees cool the river.' in page
    assert f"/translations/{made.pk}/wrong/" in page
    assert "(test-engine 7)" in page
    assert "2026" in page


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("machine", "not yet reviewed"),
        ("written", "not yet reviewed"),
        ("checked", "checked by a person"),
        ("corrected", "corrected by a person"),
    ],
)
def test_a_translation_says_who_looked_at_it(text: Text, state: str, said: str) -> None:
    translated(text, "Cây xanh", "en-gb", state=state)
    assert said in shown(text, "en-gb")


def test_what_is_not_translated_says_what_is_shown_instead(text: Text) -> None:
    lao = public("ຕົ້ນໄມ້", "lo")
    assert "Lao; not yet in Portuguese" not in shown(lao, "lo")
    with override("en"):
        found = Template("{% load words %}{% words text %}").render(Context({"text": lao, "reading_languages": []}))
    assert "Lao; not yet in English" in found


def test_the_original_in_the_own_language_says_nothing(text: Text) -> None:
    page = shown(text, "en")
    assert "details" not in page
    assert "not yet in" not in page


def test_anybody_says_that_a_translation_is_wrong(client: Client, text: Text) -> None:
    made = translated(text, "ដើមឈើ", state="checked")
    here = f"/translations/{made.pk}/wrong/"
    page = client.get(here).content.decode()
    assert "Trees cool the river." in page
    assert "ដើមឈើ" in page
    answer = client.post(here, {"note": "It says houses."}, follow=True)
    assert answer.redirect_chain[0][0] == "/cities/"
    assert "Thank you" in answer.content.decode()
    assert Complaint.objects.get().note == "It says houses."
    assert [one.pk for one in to_do("km")] == [text.pk]


def test_a_note_is_not_needed_and_not_endless(client: Client, text: Text) -> None:
    here = f"/translations/{translated(text, 'ដើមឈើ').pk}/wrong/"
    answer = client.post(here, {"note": "x" * 501})
    assert answer.status_code == 422
    assert "x" * 501 in answer.content.decode()
    assert client.post(here).status_code == 302
    assert Complaint.objects.count() == 1


def test_complaints_are_limited(client: Client, text: Text) -> None:
    here = f"/translations/{translated(text, 'ដើមឈើ').pk}/wrong/"
    answers = [client.post(here).status_code for _number in range(31)]
    assert answers[0] == 302
    assert answers[-1] == 429


def test_what_is_not_public_is_shown_to_nobody_who_guesses(client: Client, text: Text) -> None:
    made = translated(text, "ដើមឈើ")
    Passage.objects.all().delete()
    page = client.get(f"/translations/{made.pk}/wrong/").content.decode()
    assert "Trees" not in page
    assert "ដើមឈើ" not in page
    assert client.get("/translations/999999/wrong/").status_code == 404


TERM = {"words": "sponge city", "language": "en", "meaning": "A city that keeps rain.", "in_km": "ទីក្រុងអេប៉ុង"}


def test_everybody_reads_the_glossary_and_few_write_it(client: Client, ana: Person, cem: Person, dara: Person) -> None:
    assert "The glossary is empty" in client.get("/glossary/").content.decode()
    client.force_login(cem)
    assert client.post("/glossary/add/", TERM).status_code == 403
    client.force_login(dara)
    assert client.post("/glossary/add/", TERM).status_code == 302
    term = GlossaryTerm.objects.get()
    client.logout()
    page = client.get("/glossary/").content.decode()
    assert "ទីក្រុងអេប៉ុង" in page
    assert "A city that keeps rain." in page
    assert f"/glossary/{term.pk}/" not in page
    assert client.post(f"/glossary/{term.pk}/", TERM).status_code == 302
    client.force_login(cem)
    assert client.get(f"/glossary/{term.pk}/").status_code == 403
    assert client.post(f"/glossary/{term.pk}/remove/").status_code == 403


def test_a_term_is_changed_and_removed(client: Client, ana: Person, dara: Person) -> None:
    client.force_login(dara)
    client.post("/glossary/add/", TERM)
    term = GlossaryTerm.objects.get()
    page = client.get(f"/glossary/{term.pk}/").content.decode()
    assert "ទីក្រុងអេប៉ុង" in page
    assert "Remove it" not in page
    client.post(f"/glossary/{term.pk}/", {**TERM, "in_km": ""})
    assert not term.translations.exists()
    assert client.post(f"/glossary/{term.pk}/remove/").status_code == 403
    client.force_login(ana)
    assert "Remove it" in client.get(f"/glossary/{term.pk}/").content.decode()
    assert client.get(f"/glossary/{term.pk}/remove/").status_code == 405
    client.post(f"/glossary/{term.pk}/remove/")
    assert not GlossaryTerm.objects.exists()


def test_the_same_term_twice_is_refused_and_kept_on_the_page(client: Client, dara: Person) -> None:
    client.force_login(dara)
    client.post("/glossary/add/", TERM)
    answer = client.post("/glossary/add/", {**TERM, "meaning": "Something else."})
    assert answer.status_code == 422
    assert "Something else." in answer.content.decode()
    assert "ទីក្រុងអេប៉ុង" in answer.content.decode()


def test_the_glossary_is_searched_in_every_language(client: Client, dara: Person) -> None:
    client.force_login(dara)
    client.post("/glossary/add/", TERM)
    assert "sponge city" in client.get("/glossary/", {"q": "អេប៉ុង"}).content.decode()
    assert "No term holds these words" in client.get("/glossary/", {"q": "harbour"}).content.decode()


@pytest.mark.parametrize("reader", ["en", "km"])
def test_the_languages_of_the_network_stand_in_one_table(client: Client, network: Network, reader: str) -> None:
    page = client.get("/languages/", HTTP_ACCEPT_LANGUAGE=reader).content.decode()
    assert "ខ្មែរ" in page
    assert "English" in page
    assert "tiếng việt" not in page.split("<tbody>")[1].split("</tbody>")[0].lower()
    assert client.get("/", HTTP_ACCEPT_LANGUAGE=reader).content.decode().count("/languages/") == 1


CATALOGUE = """# AWAITING REVIEW
msgid ""
msgstr ""
"Language: km\\n"

msgid "One"
msgstr "មួយ"

msgid ""
"Two "
"lines"
msgstr ""
"ពីរ"

#, fuzzy
msgid "Three"
msgstr "បី"

msgid "%(n)s day"
msgid_plural "%(n)s days"
msgstr[0] "ថ្ងៃ"

msgid "Four"
msgstr ""

#~ msgid "Old"
#~ msgstr "ចាស់"
"""


def test_catalogues_are_counted_as_they_are(settings: Any, tmp_path: Any) -> None:
    folder = tmp_path / "km" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "django.po").write_text(CATALOGUE)
    settings.LOCALE_PATHS = [tmp_path]
    found = interface("km")
    assert found is not None
    assert (found.translated, found.total, found.percent, found.awaits_review) == (3, 5, 60, True)
    assert interface("pt") is None
    english = interface("en")
    assert english is not None
    assert english.percent == 100


class Elsewhere:
    """An engine on another machine."""

    name, model, leaves_the_platform = "elsewhere", "", True


@pytest.fixture
def elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    """The operator set up one engine."""
    monkeypatch.setattr("intercity.languages.engines.chosen", lambda: (Elsewhere(),))


def test_only_the_secretariat_sees_machines(client: Client, ana: Person, dara: Person) -> None:
    assert client.get("/translations/engines/").status_code == 302
    for person, status in ((ana, 200), (dara, 403)):
        client.force_login(person)
        assert client.get("/translations/engines/").status_code == status
        assert client.post("/translations/engines/", {"engine": "x", "what": "consent"}).status_code != 200
    assert not Consent.objects.exists()


def test_consent_is_given_and_withdrawn(client: Client, ana: Person, elsewhere: None) -> None:
    client.force_login(ana)
    here = "/translations/engines/"
    assert "not used" in client.get(here).content.decode()
    client.post(here, {"engine": "elsewhere", "what": "consent"})
    page = client.get(here).content.decode()
    assert "in use, by consent" in page
    assert "Ana consented on" in page
    client.post(here, {"engine": "elsewhere", "what": "withdraw"})
    page = client.get(here).content.decode()
    assert "not used" in page
    assert "Consents that were withdrawn" in page


def test_nobody_consents_to_what_is_not_set_up(client: Client, ana: Person, elsewhere: None) -> None:
    client.force_login(ana)
    answer = client.post("/translations/engines/", {"engine": "another", "what": "consent"}, follow=True)
    assert "No engine “another” is set up" in answer.content.decode()


def test_what_failed_says_why(client: Client, ana: Person, text: Text) -> None:
    TranslationTask.objects.create(text=text, text_version=1, language="km", attempts=3, error="answers 503")
    TranslationTask.objects.create(text=text, text_version=1, language="vi")
    client.force_login(ana)
    page = client.get("/translations/engines/").content.decode()
    assert "answers 503" in page
    assert "1 translation waits for a machine." in page
