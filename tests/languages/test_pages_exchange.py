"""Texts that go to translators elsewhere and come back, by the page."""

from __future__ import annotations

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests import cast
from tests.languages.public import public, translated

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.languages.models import Text, Translation

HERE = "/translations/km/exchange/"


@pytest.fixture
def as_dara(client: Client, northport: City) -> Client:
    """A browser in which a translator is signed in."""
    client.force_login(cast.person("Dara", Role.TRANSLATOR, city=northport))
    return client


@pytest.fixture
def text(northport: City) -> Text:
    """A public statement that nobody has translated."""
    return public("Trees cool the river.")


def back(client: Client, content: bytes, name: str = "mine.po") -> str:
    """The page after a file came back."""
    answer = client.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 200
    return answer.content.decode()


@pytest.mark.parametrize(("form", "ending"), [("po", "po"), ("xliff", "xlf")])
def test_a_file_is_fetched(as_dara: Client, text: Text, form: str, ending: str) -> None:
    done = public("An idea that is done.")
    translated(done, "រួចរាល់", state="checked")
    answer = as_dara.get(HERE, {"format": form})
    assert f'filename="intercity-km.{ending}"' in answer["Content-Disposition"]
    assert b"Trees cool the river." in answer.content
    assert b"An idea that is done." not in answer.content
    assert b"An idea that is done." in as_dara.get(HERE, {"format": form, "everything": "on"}).content


def test_an_unknown_format_is_refused(as_dara: Client, text: Text) -> None:
    assert as_dara.get(HERE, {"format": "doc"}).status_code == 422


def test_what_came_back_is_told(as_dara: Client, text: Text) -> None:
    file = as_dara.get(HERE, {"format": "po"}).content
    filled = file.replace(b'"Trees cool the river."\nmsgstr ""', '"Trees cool the river."\nmsgstr "ដើមឈើ"'.encode())
    assert filled != file
    assert "1 was written." in back(as_dara, filled)
    assert Translation.objects.get(text=text).body == "ដើមឈើ"
    assert "1 is as it was." in back(as_dara, filled)


def test_a_row_that_is_refused_is_shown_with_its_words(as_dara: Client, text: Text) -> None:
    file = as_dara.get(HERE, {"format": "po"}).content
    filled = file.replace(b'"Trees cool the river."\nmsgstr ""', '"Trees cool the river."\nmsgstr "ដើមឈើ"'.encode())
    Text.objects.filter(pk=text.pk).update(version=2, body="Trees cool the town.")
    page = back(as_dara, filled)
    assert "1 row was not taken" in page
    assert "ដើមឈើ" in page
    assert not Translation.objects.exists()


@pytest.mark.parametrize(("name", "content"), [("mine.doc", b"x"), ("mine.po", b""), ("mine.xlf", b"<html/>")])
def test_what_is_no_such_file_is_refused(as_dara: Client, text: Text, name: str, content: bytes) -> None:
    answer = as_dara.post(HERE, {"file": SimpleUploadedFile(name, content)})
    assert answer.status_code == 422
    assert "Please check what you wrote" in answer.content.decode()


def test_only_translators_bring_files(client: Client, cem: Person, text: Text) -> None:
    client.force_login(cem)
    assert client.post(HERE, {"file": SimpleUploadedFile("mine.po", b"x")}).status_code == 403
    assert client.get(HERE, {"format": "po"}).status_code == 403
