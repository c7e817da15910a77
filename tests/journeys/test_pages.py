"""Every page that can be reached, on a phone and on a desk: axe finds nothing, and nothing scrolls sideways."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.urls import Resolver404, resolve
from playwright.sync_api import Page
from tests.journeys.conftest import DESK, PHONE, Demonstration, Visit, sign_in

AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
CHECK = """async () => (await axe.run(document, {resultTypes: ["violations"]})).violations.map((found) =>
    `${found.id} (${found.impact}): ${found.nodes.slice(0, 3).map((node) => node.html.slice(0, 160)).join(" ; ")}`)"""
UNFOLD = "() => document.querySelectorAll('details').forEach((each) => { each.open = true; })"
WIDEST = "() => document.documentElement.scrollWidth"
NARROW = 320
DIALOGUE, ANSWERED = "what-first-together", "what-to-learn"
NO_PAGES = {
    "download_data", "download_result", "moderation_log", "api-1.0.0:openapi-json", "practices_csv", "practices_feed",
    "reading_list_file", "practices_table", "practice_jsonld", "vocabulary_skos",
    "vocabulary_jsonld", "practices_package", "practices_schema", "practices_template",
    "commitments_csv", "agreements_csv", "postings_csv", "events_csv", "cooperation_schema", "event_jsonld",
    "commitments_atom", "postings_atom", "events_atom", "calendar_feed",
}  # fmt: skip
"""Files, not pages."""

VISITOR = [
    "/",
    "/card/",
    f"/dialogues/{DIALOGUE}/",
    f"/dialogues/{ANSWERED}/",
    f"/dialogues/{DIALOGUE}/back/",
    "/search/?q=books+for+children",
    "/search/?q=qwertzuiop",
]
PARTICIPANT = [
    f"/dialogues/{DIALOGUE}/{part}/" for part in ("vote", "mine", "write", "me", "leave", "pause", "joined")
]
SECRETARIAT = [
    "/desk/",
    *(f"/dialogues/{DIALOGUE}/{part}/" for part in ("manage", "manage/close", "invitations", "moderate")),
    f"/dialogues/{ANSWERED}/manage/reopen/",
    "/cities/add/",
    "/people/add/",
    "/cities/nanning/edit/",
    "/hand-over/",
    "/me/",
]
COOPERATION = [
    "/cooperation/",
    *(
        f"/{name}/{rest}"
        for name in ("commitments", "needs-and-offers", "introductions", "stories")
        for rest in ("", "1/")
    ),
    *(f"/agreements/{rest}" for rest in ("", "nanning-initiatives/")),
    *(
        f"/events/{rest}"
        for rest in ("", "an-event/", "an-event/tables/", "an-event/tables/1/", "an-event/tables/1/print/")
    ),
    *(f"/cities/nanning/{rest}/" for rest in ("results", "with/mataram", "ties")),
    *(f"/reports/{rest}" for rest in ("", "2026/")),
    *(f"/stories/{rest}/" for rest in ("new", "take-back")),
    "/calendar/",
]
"""Pages of cooperation that everybody reads, one of each kind."""
RESPONDER = ["/desk/", "/dialogues/bridges-on/answer/", f"/dialogues/{ANSWERED}/answer/"]


def _kind(path: str) -> tuple[object, ...]:
    """Pages of one kind are looked at once: one city stands for all, but an open dialogue not for a closed one."""
    try:
        found = resolve(path)
    except Resolver404:
        return (path,)
    if found.namespace == "records":  # made by one program: a list stands for all, and so does a record
        return found.namespace, found.view_name.rpartition("_")[2]
    slug = found.kwargs.get("slug")
    return found.view_name, slug if slug in {DIALOGUE, ANSWERED} else None


def _links(page: Page, address: str) -> Iterator[str]:
    hrefs: list[str] = page.evaluate("() => Array.from(document.links, (link) => link.href)")
    for href in hrefs:
        parts = urlsplit(href)
        if href.startswith(address) and not parts.path.startswith("/static/"):
            yield parts.path


def _look(page: Page, path: str) -> list[str]:
    """What is wrong with the page that is shown, as it comes, and with everything on it unfolded."""
    found: list[str] = []
    page.evaluate(AXE)
    for size in (PHONE, DESK):
        if size is DESK:
            page.evaluate(UNFOLD)
        page.set_viewport_size({"width": size["width"], "height": size["height"]})
        violations: list[str] = page.evaluate(CHECK)
        found += [f"{path} at {size['width']}: {each}" for each in violations]
    page.set_viewport_size({"width": NARROW, "height": 640})
    width: Any = page.evaluate(WIDEST)
    return found + ([f"{path} is {width} wide at {NARROW}"] if width > NARROW else [])


def _crawl(page: Page, starts: list[str], address: str, seen: set[tuple[object, ...]]) -> list[str]:
    """Look at these pages and at those they lead to, each kind once."""
    found: list[str] = []
    waiting = list(starts)
    while waiting:
        path = waiting.pop(0)
        kind = _kind(path)
        if kind in seen or kind[0] in NO_PAGES or path.endswith("logout/"):
            continue
        seen.add(kind)
        answer = page.goto(path)
        assert answer is not None
        if answer.status != 200:
            found.append(f"{path} answers {answer.status}")
        elif "html" in answer.headers.get("content-type", ""):
            found += _look(page, path)
            waiting += _links(page, address)
    return found


@pytest.fixture(params=["en", "zh-hans"])
def language(request: pytest.FixtureRequest) -> str:
    """The language of the reader."""
    return str(request.param)


def _reader(visit: Visit, demonstration: Demonstration, language: str) -> Page:
    page = visit(size=DESK)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": demonstration.address}])
    return page


def test_what_everybody_reads(visit: Visit, demonstration: Demonstration, language: str) -> None:
    page = _reader(visit, demonstration, language)
    found = _crawl(page, VISITOR, demonstration.address, set())
    assert page.locator("html").get_attribute("lang") == language
    assert found == []


def test_taking_part(visit: Visit, demonstration: Demonstration, language: str) -> None:
    page = _reader(visit, demonstration, language)
    page.goto(f"/dialogues/{DIALOGUE}/join/")
    found = _look(page, "join")
    page.locator("main form button.primary").click()
    page.locator("#statement").wait_for()
    known = {_kind(path) for path in VISITOR}
    found += _crawl(page, PARTICIPANT, demonstration.address, _elsewhere(known))
    assert found == []


def _elsewhere(known: set[tuple[object, ...]]) -> set[tuple[object, ...]]:
    """What the test of what everybody reads has looked at."""
    others = ("/dialogues/", "/cities/", "/cities/nanning/", "/about-the-data/", "/help/", "/accounts/login/")
    parts = ("", "results/", "data/", "poster/", "policy/", "reports/1-1/")
    both = [f"/dialogues/{slug}/{part}" for slug in (DIALOGUE, ANSWERED, "bridges-on") for part in parts]
    return known | {_kind(path) for path in (*others, *both, *COOPERATION)}


@pytest.mark.parametrize(
    ("role", "starts"), [("secretariat", SECRETARIAT), ("responder", RESPONDER)], ids=["secretariat", "responder"]
)
def test_the_desk(visit: Visit, demonstration: Demonstration, language: str, role: str, starts: list[str]) -> None:
    page = _reader(visit, demonstration, "en")
    sign_in(page, demonstration, role)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": demonstration.address}])
    known = {_kind(path) for path in VISITOR if path != "/"}
    found = _crawl(page, starts, demonstration.address, _elsewhere(known))
    assert found == []


def test_pages_that_only_a_form_leads_to(visit: Visit, demonstration: Demonstration) -> None:
    page = _reader(visit, demonstration, "en")
    page.goto(f"/dialogues/{DIALOGUE}/join/")
    page.goto("/nowhere/")
    found = _look(page, "/nowhere/")
    sign_in(page, demonstration, "secretariat")
    page.goto("/desk/dialogues/new/")
    with page.expect_navigation():
        page.locator("main form button.primary").click()
    found += _look(page, "a form refused")
    page.goto(f"/dialogues/{DIALOGUE}/invitations/")
    page.locator("[name=number]").fill("2")
    page.locator("[name=sheet]").fill("Looked at by axe")
    with page.expect_navigation():
        page.get_by_role("button", name="Make the sheet").click()
    found += _look(page, "a sheet")
    assert found == []


def test_a_fault_would_be_found(visit: Visit) -> None:
    page = visit()
    page.set_content("<html><title>x</title><main><img src='data:,'><p class=wide>" + "w" * 400 + "</p></main></html>")
    found = "\n".join(_look(page, "a bad page"))
    assert "image-alt" in found
    assert "html-has-lang" in found
    assert "wide at 320" in found
