"""Pictures for the documentation, of the demonstration: `python -m tests.journeys.pictures` takes all of them anew."""

from __future__ import annotations

import base64
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Locator, Page, sync_playwright
from tests.journeys.browser import ABSENT, CHROMIUM, OPTIONS
from tests.journeys.conftest import Demonstration, sign_in
from tests.journeys.demonstration import prepare
from tests.operating.installation import Installation

IMAGES = Path(__file__).parents[2] / "docs" / "images"
WIDE, PHONE = {"width": 720, "height": 900}, {"width": 360, "height": 620}
TALL = 620
"""Of a part: half a printed page."""
LANGUAGES = ("en", "zh-hans", "km", "lo", "my", "th", "vi", "id", "ms", "fil", "pt", "ta")
IN_A_ROW = 4
PAIR = "/cities/nanning/with/surat-thani/"
DECLARATION = """We, the mayors, recalling our long friendship,
1. We will open four drinking fountains along the river by 30 June 2027.
2. The parties shall publish the results of the water tests every month.
3. We thank the hosts for their warm welcome."""
"""Made up for the picture."""
SHEET = """<!doctype html><meta charset="utf-8"><style>body{margin:0;padding:8px;background:#fff;display:grid;
grid-template-columns:repeat(%d,1fr);gap:8px;width:1200px}img{width:100%%;border:1px solid #999}</style>%s"""


def _page(browser: Browser, made: Demonstration, size: Any, role: str = "", language: str = "en") -> Page:
    context = browser.new_context(base_url=made.address, viewport=size, locale="en")
    page = context.new_page()
    if role:
        sign_in(page, made, role)
    context.add_cookies([{"name": "django_language", "value": language, "url": made.address}])
    return page


def _kept(page: Page) -> str:
    """The address of a commitment that another city confirmed."""
    page.goto("/commitments/?standing=kept")
    link = page.locator("main li.card", has_text="Who confirms: Surat Thani").locator("h3 a").first
    return str(link.get_attribute("href"))


def _part(page: Page, first: Locator, name: str, height: int) -> None:
    """A part of the page, as wide as the screen, from an element on; narrow enough for two to stand side by side."""
    first.wait_for()
    top, width = (first.bounding_box() or {"y": 0.0})["y"], (page.viewport_size or {"width": 360})["width"]
    clip: Any = {"x": 0, "y": max(top - 10, 0), "width": width, "height": height}
    page.screenshot(path=IMAGES / f"{name}.png", full_page=True, clip=clip)


def home(browser: Browser, made: Demonstration) -> None:
    """The numbers by which the network wants to be judged."""
    page = _page(browser, made, WIDE)
    page.goto("/")
    _part(page, page.locator("main .notice").first, "home", 235)


def commitment(browser: Browser, made: Demonstration) -> None:
    """A commitment that is kept, and the form by which a second city says whether one is."""
    page = _page(browser, made, PHONE)
    page.goto(_kept(page))
    _part(page, page.locator("main .cluster").first, "commitment", TALL)
    page = _page(browser, made, PHONE, "officer")
    page.goto("/desk/")
    waiting = page.locator("h2", has_text="You are the second party").locator("xpath=following-sibling::ul[1]")
    waiting.locator("h3 a").first.click()
    page.get_by_role("link", name="Say whether it is done").click()
    page.locator("[name=is_so]").first.wait_for()
    _part(page, page.locator("h1"), "confirming", TALL)


def declaration(browser: Browser, made: Demonstration) -> None:
    """Promises that were found in a text."""
    page = _page(browser, made, WIDE, "officer")
    page.goto("/commitments/from-a-declaration/")
    page.locator("[name=declaration]").fill(DECLARATION)
    page.get_by_role("button", name="Look for promises").click()
    _part(page, page.locator("ol.plain > li.card").first, "declaration", 300)


def cooperation(browser: Browser, made: Demonstration) -> None:
    """A need with what suits it, and what two cities got from each other."""
    page = _page(browser, made, PHONE)
    page.goto("/needs-and-offers/?direction=need&kind=know_how&city=surat-thani")
    page.locator("main li.card h3 a").first.click()
    _part(page, page.get_by_role("heading", name="What suits it"), "what-suits", TALL)
    page.goto(PAIR)
    _part(page, page.locator("main > *").first, "two-cities", TALL)


def languages(browser: Browser, made: Demonstration) -> None:
    """One commitment on a phone in each language of the pages, on one sheet."""
    page = _page(browser, made, PHONE)
    address, shots = _kept(page), []
    for language in LANGUAGES:
        page = _page(browser, made, PHONE, language=language)
        page.goto(address)
        page.evaluate("() => document.querySelector('.breadcrumb').scrollIntoView()")
        shots.append(base64.b64encode(page.screenshot()).decode())
    sheet = browser.new_page(viewport={"width": 1216, "height": 900})
    sheet.set_content(SHEET % (IN_A_ROW, "".join(f'<img src="data:image/png;base64,{one}">' for one in shots)))
    sheet.screenshot(path=IMAGES / "commitment-in-12-languages.jpg", full_page=True, type="jpeg", quality=70)


PICTURES: tuple[Callable[[Browser, Demonstration], None], ...] = (
    home,
    commitment,
    declaration,
    cooperation,
    languages,
)


def main() -> None:
    """Build the demonstration, serve it, and take every picture."""
    if not CHROMIUM.exists():
        sys.exit(f"This {ABSENT}.")
    with tempfile.TemporaryDirectory() as folder:
        passwords = prepare(Path(folder) / "shared", Path(folder) / "data")
        made = Demonstration(Installation(Path(folder) / "data"), passwords)
        made.installation.serve()
        try:
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=str(CHROMIUM), args=OPTIONS)
                for picture in PICTURES:
                    picture(browser, made)
        finally:
            made.installation.stop()


if __name__ == "__main__":
    main()
