"""A server with the demonstration network, and a browser whose every complaint fails the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, sync_playwright
from tests.journeys.browser import ABSENT, CHROMIUM, OPTIONS
from tests.journeys.demonstration import prepare
from tests.operating.installation import Installation

PHONE, DESK = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
EXPECTED = ("status of 410", "status of 422", "ERR_INTERNET_DISCONNECTED", "/nowhere/")
"""What is no fault in the console: a link that ran out, a form shown again, no connection, a page that is absent."""


@dataclass
class Demonstration:
    """A served network, and the passwords: of each role, and of officers by "officer-" and their city."""

    installation: Installation
    passwords: dict[str, str]

    @property
    def address(self) -> str:
        """Where it answers."""
        return self.installation.address


@pytest.fixture(scope="session")
def demonstration(tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest) -> Iterator[Demonstration]:
    """The demonstration network on SQLite, served; each process of the tests has its own copy."""
    if not CHROMIUM.exists():
        pytest.skip(ABSENT)
    folder = tmp_path_factory.mktemp("journeys")
    parallel = hasattr(request.config, "workerinput")
    root = tmp_path_factory.getbasetemp()
    shared = (root.parent if parallel else root) / "demonstration"
    passwords = prepare(shared, folder / "data")
    found = Demonstration(Installation(folder / "data"), passwords)
    found.installation.serve()
    yield found
    found.installation.stop()


@pytest.fixture(scope="module")
def browser(demonstration: Demonstration) -> Iterator[Browser]:
    """Chromium; ended with the module, because its event loop would forbid the database to other tests."""
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
        yield found
        found.close()


Visit = Callable[..., Page]


@pytest.fixture
def visit(browser: Browser, demonstration: Demonstration) -> Iterator[Visit]:
    """Make somebody's browser: `visit(scripts=…, size=…)`. What it complains of fails the test at its end."""
    contexts: list[BrowserContext] = []
    complaints: list[str] = []

    def begin(*, scripts: bool = True, size: dict[str, int] = PHONE, **options: Any) -> Page:
        context = browser.new_context(
            java_script_enabled=scripts,
            viewport={"width": size["width"], "height": size["height"]},
            base_url=demonstration.address,
            locale="en",
            **options,
        )
        context.set_default_timeout(20_000)
        contexts.append(context)
        page = context.new_page()
        _listen(page, demonstration.address, complaints)
        return page

    yield begin
    for context in contexts:
        context.close()
    assert complaints == []


def _listen(page: Page, address: str, complaints: list[str]) -> None:
    """Note errors and warnings of the console, scripts that fail, and requests to anybody else."""

    def said(message: Any) -> None:
        complaint = f"{page.url}: {message.text}"
        if message.type in {"error", "warning"} and not any(words in complaint for words in EXPECTED):
            complaints.append(complaint)

    def asked(request: Any) -> None:
        if not request.url.startswith((address, "data:", "blob:")):
            complaints.append(f"{page.url} asked {request.url}")

    page.on("console", said)
    page.on("pageerror", lambda error: complaints.append(f"{page.url}: {error}"))
    page.context.on("request", asked)


@pytest.fixture(params=[True, False], ids=["scripts", "no-scripts"])
def scripts(request: pytest.FixtureRequest) -> bool:
    """With JavaScript, and without."""
    return bool(request.param)


def sign_in(page: Page, demonstration: Demonstration, role: str) -> None:
    """Sign in with the printed password, as somebody with a role would."""
    page.goto("/accounts/login/")
    page.get_by_text("With a password").click()
    form = page.locator("form[action='/accounts/login/']")
    form.locator("[name=login]").fill(f"{role}@demo.example")
    form.locator("[name=password]").fill(demonstration.passwords[role])
    form.locator("button").click()
    page.get_by_role("button", name="Sign out").wait_for()
