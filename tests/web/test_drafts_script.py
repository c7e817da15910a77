"""The script of drafts in a real browser: what was typed before the connection broke is there again."""

from __future__ import annotations

import gzip
import os
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

SCRIPT = Path(__file__).parents[2] / "src" / "intercity" / "web" / "static" / "web" / "drafts.js"
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
pytestmark = pytest.mark.skipif(not Path(CHROMIUM).exists(), reason=f"needs Chromium at {CHROMIUM}")
FORM = """<!doctype html><link rel="icon" href="data:,"><form method="post" data-draft="{mark}">
<input type="hidden" name="csrfmiddlewaretoken" value="{token}"><input type="hidden" name="version" value="{version}">
<textarea name="words" id="words">{words}</textarea>
<input type="checkbox" name="group" id="a" value="a"><input type="checkbox" name="group" id="b" value="b">
<button name="go" value="on">Save</button></form><div id="draft" role="status" data-back="It is back."></div>
<script src="/drafts.js" defer></script>"""


class Server(ThreadingHTTPServer):
    """What stands in for the server, over the wire: it keeps the words and sends on to the next page."""

    words, version, mark, token, refuses = "", 1, "7", "t1", False

    @property
    def site(self) -> str:
        """Where it answers."""
        return f"http://127.0.0.1:{self.server_port}"

    def form(self, words: str) -> str:
        """The page of a step."""
        return FORM.format(mark=self.mark, token=self.token, version=self.version, words=words)


class Answer(BaseHTTPRequestHandler):
    """One request, answered."""

    server: Server

    def do_GET(self) -> None:
        """The script, the step, or the next page."""
        if self.path == "/drafts.js":
            self.answer(200, SCRIPT.read_text(), "text/javascript")
        else:
            self.answer(200, self.server.form(self.server.words if self.path == "/step/" else ""))

    def do_POST(self) -> None:
        """Kept, or refused and shown again."""
        self.rfile.read(int(self.headers["Content-Length"]))
        if self.server.refuses:
            self.server.version += 1  # somebody else saved meanwhile, and the page says so
            self.answer(422, self.server.form("typed").replace("data-draft", "data-answered data-draft"))
        else:
            self.server.words, self.server.version = "typed", self.server.version + 1
            self.send_response(303)
            self.send_header("Location", "/next/")
            self.end_headers()

    def answer(self, status: int, body: str, kind: str = "text/html") -> None:
        """Send a page."""
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.end_headers()
        self.wfile.write(body.encode())

    def log_message(self, *_words: object) -> None:
        """Nothing is said of requests."""


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for this file."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"])
        yield found
        found.close()


@pytest.fixture
def server() -> Iterator[Server]:
    """A server that keeps what it gets."""
    with Server(("127.0.0.1", 0), Answer) as found:
        thread = Thread(target=found.serve_forever, daemon=True)
        thread.start()
        yield found
        found.shutdown()
        thread.join()


@pytest.fixture
def page(browser: Browser, server: Server) -> Iterator[Page]:
    """The page of a step, in a browser with a storage of its own."""
    context = browser.new_context()
    found = context.new_page()
    found.goto(f"{server.site}/step/")
    yield found
    context.close()


def kept(page: Page) -> int:
    """How many drafts are on the device."""
    return int(page.evaluate("Object.keys(localStorage).length"))


def broken(page: Page) -> None:
    """Type, and send without a connection."""
    page.fill("#words", "typed")
    page.check("#b")
    page.context.set_offline(True)
    with page.expect_event("requestfailed"):
        page.click("button", no_wait_after=True)
    page.wait_for_timeout(300)  # until the page of the browser's own that says so is there
    page.context.set_offline(False)


def test_the_script_is_small() -> None:
    assert len(gzip.compress(SCRIPT.read_bytes(), 9)) <= 1.2 * 1024


def test_what_did_not_reach_the_server_is_there_again(page: Page, server: Server) -> None:
    broken(page)
    server.token = "t2"
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == "typed"
    assert (page.is_checked("#a"), page.is_checked("#b")) == (False, True)
    assert page.input_value("[name=csrfmiddlewaretoken]") == "t2", "an old token would be refused"
    assert page.locator("#draft").inner_text() == "It is back."


def test_the_version_that_was_read_comes_back_so_that_a_conflict_is_seen(page: Page, server: Server) -> None:
    broken(page)
    server.version, server.words = 5, "of somebody else"
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == "typed"
    assert page.input_value("[name=version]") == "1"


def test_what_the_server_has_is_kept_no_longer(page: Page, server: Server) -> None:
    page.fill("#words", "typed")
    assert kept(page) == 1
    page.click("button")
    page.wait_for_url(f"{server.site}/next/")
    assert kept(page) == 0
    server.words = "of somebody else"
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == "of somebody else"


def test_another_page_opened_by_hand_after_a_failure_takes_nothing_away(page: Page, server: Server) -> None:
    broken(page)
    page.goto(f"{server.site}/next/")
    assert kept(page) == 1
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == "typed"


def test_what_is_shown_again_with_errors_is_left_alone(page: Page, server: Server) -> None:
    server.refuses = True
    page.fill("#words", "typed")
    page.click("button")
    page.wait_for_selector("[data-answered]")
    assert page.input_value("#words") == "typed"
    assert page.input_value("[name=version]") == "2", "what the server answered stands"
    assert page.locator("#draft").inner_text() == ""
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == "typed", "it was not saved yet"


def test_nobody_sees_the_draft_of_another_on_the_same_device(page: Page, server: Server) -> None:
    broken(page)
    server.mark = "8"
    page.goto(f"{server.site}/step/")
    assert page.input_value("#words") == ""
