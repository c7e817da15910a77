"""Bringing in a file on the page: looked at first, kept only when somebody says so, and by whoever looked at it."""

from __future__ import annotations

import io
import re
from zipfile import ZipFile

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from intercity.accounts.models import Person
from intercity.practices.models import Practice

ADDRESS = "/desk/practices/import/"
GOOD = "city,language,title,unknown\nnorthport,en,Night <b>buses</b>,costs\n"


def page(client: Client, text: str = GOOD, name: str = "a.csv") -> tuple[int, str]:
    answer = client.post(ADDRESS, {"file": SimpleUploadedFile(name, text.encode())})
    return answer.status_code, answer.content.decode()


def packed(html: str) -> str:
    found = re.search(r'name="book" value="([^"]+)"', html)
    assert found is not None
    return found[1]


def test_a_file_is_shown_first_and_kept_only_then(client: Client, bao: Person) -> None:
    client.force_login(bao)
    status, html = page(client, GOOD + "northport,en,,\n")
    assert status == 200
    assert "Night &lt;b&gt;buses&lt;/b&gt;" in html
    assert "Left out" in html
    assert not Practice.objects.exists()
    answer = client.post(ADDRESS, {"book": packed(html)})
    assert answer.status_code == 302
    assert Practice.objects.get().written_by == bao
    again = client.post(ADDRESS, {"book": packed(html)}, follow=True)
    assert "2 rows were left out" in again.content.decode()
    assert Practice.objects.count() == 1


def test_a_file_that_cannot_be_read_says_why(client: Client, bao: Person) -> None:
    client.force_login(bao)
    status, html = page(client, "x", "a.pdf")
    assert status == 422
    assert "“a.pdf” is no file that can be read here" in html
    assert client.post(ADDRESS, {}).status_code == 422


def test_what_another_person_looked_at_is_not_kept(client: Client, bao: Person, ana: Person) -> None:
    client.force_login(bao)
    _status, html = page(client)
    client.force_login(ana)
    assert client.post(ADDRESS, {"book": packed(html)}).status_code == 422
    assert client.post(ADDRESS, {"book": packed(html)[:-3] + "aaa"}).status_code == 422
    assert not Practice.objects.exists()


def test_only_those_who_write_come_here(client: Client, cem: Person) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(cem)
    assert client.get(ADDRESS).status_code == 403
    assert page(client)[0] == 403


def test_the_template_is_in_the_readers_language(client: Client, network: object, bao: Person) -> None:
    answer = client.get("/practices/data/template.xlsx")
    book = load_workbook(io.BytesIO(answer.content))
    assert "practice.xlsx" in answer["Content-Disposition"]
    assert [one.value for one in book["lists"]["A"] if one.value] == ["northport · Northport"]
    client.force_login(bao)
    assert 'href="/practices/data/template.xlsx"' in client.get(ADDRESS).content.decode()


def test_everybody_may_fetch_what_is_published(client: Client, practice: Practice, draft: Practice) -> None:
    answer = client.get("/practices/data/practices.zip")
    with ZipFile(io.BytesIO(b"".join(answer.streaming_content))) as zipped:  # type: ignore[attr-defined]
        told = zipped.read("practices.csv").decode("utf-8-sig")
    assert practice.slug in told
    assert draft.slug not in told
    assert "http://testserver/practices/" in told
    schema = client.get("/practices/data/datapackage.json").json()
    assert "practices" in {one["name"] for one in schema["resources"]}
