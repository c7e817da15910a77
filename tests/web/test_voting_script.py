"""The voting script in a real browser: one small exchange per vote, and no vote lost without a connection."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs

import pytest
from django.template.loader import render_to_string
from playwright.sync_api import Browser, Page, Request, Route, sync_playwright

SCRIPT = Path(__file__).parents[2] / "src" / "intercity" / "web" / "static" / "web" / "voting.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
SITE = "http://intercity.test"
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"needs Chromium at {CHROMIUM}")


def statement(number: int, mark: str = "ana", error: str = "") -> str:
    """A statement as a voting page shows it."""
    return f"""<section id="statement" tabindex="-1" data-vote="{mark}"><h1>Statement {number}</h1>{error}
<form method="post" action="/vote/" data-vote="{mark}">
<input type="hidden" name="csrfmiddlewaretoken" value="{"t" * 64}">
<input type="hidden" name="statement" value="{number}"><input type="hidden" name="key" value="of-the-page">
<button class="vote" name="value" value="agree">Agree</button>
<button class="vote" name="value" value="disagree">Disagree</button>
<input type="checkbox" name="important"></form></section>"""


class Server:
    """What stands in for the server: it notes what came, and answers as it is told."""

    def __init__(self) -> None:
        self.votes: list[dict[str, str]] = []
        self.requests: list[Request] = []
        self.status = 200
        self.connected = True
        self.answer = statement(2)
        self.ahead = ""
        self.mark = "ana"

    def serve(self, route: Route) -> None:
        """Answer one request."""
        request = route.request
        if request.url.endswith("voting.js"):
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        elif request.method == "GET":
            body = statement(1, self.mark) + self.ahead + render_to_string("web/_vote_status.html")
            route.fulfill(
                body=f'<!doctype html>{body}<script src="/voting.js" defer></script>', content_type="text/html"
            )
        elif not self.connected:
            route.abort()
        else:
            self.requests.append(request)
            self.votes.append({name: found[0] for name, found in parse_qs(request.post_data or "").items()})
            route.fulfill(status=self.status, body=self.answer, content_type="text/html")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for this file."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def server() -> Server:
    """A server that answers with the next statement."""
    return Server()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """A voting page with a storage of its own."""
    context = browser.new_context()
    context.route("**/*", server.serve)
    found = context.new_page()
    found.goto(SITE)
    yield found
    context.close()


def kept(page: Page) -> list[dict[str, str]]:
    """The votes that wait on the device."""
    return list(json.loads(page.evaluate("localStorage.getItem('intercity-votes')") or "[]"))


def test_a_vote_brings_the_next_statement(page: Page, server: Server) -> None:
    page.check("[name=important]")
    page.click("text=Agree")
    page.wait_for_selector("text=Statement 2")
    (vote,) = server.votes
    assert (vote["statement"], vote["value"], vote["important"]) == ("1", "agree", "on")
    assert re.fullmatch("[0-9a-f]{32}", vote["key"])
    assert server.requests[0].headers["x-requested-with"] == "fetch"
    assert len(server.requests[0].post_data or "") <= 1024
    assert page.evaluate("document.activeElement.id") == "statement"
    assert page.url == SITE + "/"
    assert not kept(page)


def test_what_is_wrong_is_shown(page: Page, server: Server) -> None:
    server.status, server.answer = 422, statement(1, error='<p class="error" role="alert">Closed.</p>')
    page.click("text=Agree")
    assert page.locator("[role=alert]").inner_text() == "Closed."


@pytest.mark.parametrize("status", [403, 404, 409])
def test_a_refusal_in_a_whole_page_is_shown_by_the_browser(page: Page, server: Server, status: int) -> None:
    server.status, server.answer = status, "<h1>This is not open to you</h1>"
    page.click("text=Disagree")
    page.wait_for_selector("text=not open to you")
    assert page.url == f"{SITE}/vote/"
    assert {vote["value"] for vote in server.votes} == {"disagree"}
    assert len({vote["key"] for vote in server.votes}) == 1, "sent twice, it must count once"


def test_pressing_twice_sends_once(page: Page, server: Server) -> None:
    page.evaluate("() => { const b = document.querySelector('.vote'); b.click(); b.click(); }")
    page.wait_for_selector("text=Statement 2")
    assert len(server.votes) == 1


@pytest.mark.parametrize("status", [0, 429, 503])
def test_a_vote_waits_for_a_connection(page: Page, server: Server, status: int) -> None:
    server.connected, server.status = bool(status), status or 200
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    (vote,) = kept(page)
    assert page.get_attribute("[value=agree]", "aria-pressed") == "true"
    server.connected, server.status, server.votes = True, 200, []
    page.evaluate("window.dispatchEvent(new Event('online'))")
    page.wait_for_selector("text=were sent")
    assert [sent["key"] for sent in server.votes] == [vote["key"]]
    assert not kept(page)


def test_it_is_sent_when_the_page_is_opened_again(page: Page, server: Server) -> None:
    server.connected = False
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    server.connected = True
    page.reload()
    page.wait_for_selector("text=were sent")
    assert [vote["value"] for vote in server.votes] == ["agree"]


def test_of_two_votes_on_one_statement_the_last_waits(page: Page, server: Server) -> None:
    server.connected = False
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    page.click("text=Disagree")
    page.wait_for_selector("[value=disagree][aria-pressed=true]")
    assert ["value=disagree" in vote["body"] for vote in kept(page)] == [True]


def test_a_later_vote_with_a_connection_replaces_the_one_that_waits(page: Page, server: Server) -> None:
    server.connected = False
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    server.connected = True
    page.click("text=Disagree")
    page.wait_for_selector("text=Statement 2")
    assert [vote["value"] for vote in server.votes] == ["disagree"]
    assert not kept(page)


def test_statements_at_hand_are_shown_meanwhile(page: Page, server: Server) -> None:
    server.ahead = f"<template data-next>{statement(7)}{statement(8)}</template>"
    page.reload()
    server.connected = False
    for number in (7, 8):
        page.click("text=Agree")
        page.wait_for_selector(f"text=Statement {number}")
    assert len(kept(page)) == 2


def test_nobody_sends_the_vote_of_another(page: Page, server: Server) -> None:
    server.connected = False
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    server.connected, server.mark, server.answer = True, "bao", statement(2, "bao")
    page.reload()
    page.click("text=Disagree")
    page.wait_for_selector("text=Statement 2")
    assert [vote["value"] for vote in server.votes] == ["disagree"]
    assert [vote["mark"] for vote in kept(page)] == ["ana"]


def test_a_vote_that_came_too_late_is_not_sent_for_ever(page: Page, server: Server) -> None:
    server.connected = False
    page.click("text=Agree")
    page.wait_for_selector("text=Kept on this device")
    server.connected, server.status = True, 422
    page.reload()
    page.wait_for_selector("text=could not be counted")
    assert not kept(page)


def test_without_scripts_the_form_is_sent_as_it_is(browser: Browser, server: Server) -> None:
    context = browser.new_context(java_script_enabled=False)
    context.route("**/*", server.serve)
    page = context.new_page()
    page.goto(SITE)
    page.click("text=Disagree")
    page.wait_for_selector("text=Statement 2")
    context.close()
    assert [(vote["value"], vote["key"]) for vote in server.votes] == [("disagree", "of-the-page")]
