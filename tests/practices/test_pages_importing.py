"""Bringing in a file on the page: looked at first, kept only when somebody says so, and by whoever looked at it."""

from __future__ import annotations

import io
import re
from collections.abc import Callable
from zipfile import ZipFile

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook
from tests import cast

from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.languages.actions import translate
from intercity.practices import actions
from intercity.practices.exports import package_parts
from intercity.practices.models import Adoption, Challenge, Practice
from intercity.practices.search.duties import index_practices

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


PACKAGE = "/practices/data/practices.zip"


def state(client: Client) -> str:
    """How what is published is named at the moment; nothing is built for it."""
    return str(client.head(PACKAGE)["ETag"])


def test_who_has_it_already_is_told_so_and_nothing_is_built(
    client: Client, practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    answer = client.get(PACKAGE)
    assert answer["Cache-Control"] == "no-cache"
    assert b"".join(answer.streaming_content)  # type: ignore[attr-defined]

    def build(*_any: object, **_other: object) -> None:
        raise AssertionError("built")

    monkeypatch.setattr("intercity.practices.exports.package_parts", build)
    again = client.get(PACKAGE, headers={"if-none-match": answer["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert state(client) == answer["ETag"]


def test_whatever_changes_in_it_has_another_name(
    client: Client, practice: Practice, draft: Practice, bao: Person, dia: Person, eastbay: City
) -> None:
    title = practice.words.get(field="title").text
    adoption: list[Adoption] = []
    changes: list[Callable[[], object]] = [
        lambda: actions.save(bao, practice, facts={"status": "stopped"}, version=practice.version),
        lambda: actions.add_cost(
            bao, practice, kind="running", amount="1", currency="USD", confidence="budget",
            claimed_by="Bao", source="A report", claimed_on="2024",
        ),
        lambda: adoption.append(actions.want_to_try(dia, practice, eastbay, "Ours, too.", language="en")),
        lambda: actions.move(dia, adoption[0], "piloting", "It began.", language="en"),
        lambda: actions.set_parts(dia, adoption[0], [("kept", "The gardens", "", "en")]),
        lambda: actions.add_challenge(dia, eastbay, title=("en", "Our market floods")),
        lambda: actions.edit_challenge(dia, Challenge.objects.get(), state="closed"),
        lambda: translate(dara(), title, "km", "សួនភ្លៀង", title.version),
        lambda: actions.withdraw(bao, practice),
    ]  # fmt: skip
    index_practices()
    seen = [state(client)]
    for change in changes:
        change()
        index_practices()
        seen.append(state(client))
    assert len(set(seen)) == len(seen)
    actions.save(bao, draft, words={"summary": ("en", "Not public.")}, version=draft.version)
    index_practices()
    assert state(client) == seen[-1]


def dara() -> Person:
    """Somebody who translates."""
    return cast.person("Dara", Role.TRANSLATOR)


def test_a_large_package_comes_in_parts_and_can_be_read(practice: Practice, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("intercity.practices.exports.tables.PART", 0)
    parts = list(package_parts(base="https://example.org"))
    assert len(parts) > 3
    with ZipFile(io.BytesIO(b"".join(parts))) as zipped:
        assert zipped.testzip() is None
        assert practice.slug in zipped.read("practices.csv").decode("utf-8-sig")
        assert "costs.csv" in zipped.namelist()
