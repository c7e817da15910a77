"""Every page of cooperation, events and stories: axe, on a phone, on a desk and at 320 px.

English and Chinese, and what the secretariat sees, are looked at in `test_pages`, which follows every link.
"""

from __future__ import annotations

from playwright.sync_api import Page
from tests.journeys.conftest import DESK, Demonstration, Visit, sign_in
from tests.journeys.test_pages import _look

MEETING = "/events/demonstration-meeting-what-we-promised-with-trade-tables/"
VISIT = "/events/demonstration-visit-surat-thani-looks-at-rivers-of-nanning/"
AGREEMENT = "/agreements/demonstration-memorandum-looking-after-rivers-together/"
READ = [
    "/",
    "/cooperation/",
    "/commitments/",
    "/commitments/?standing=late&city=nanning&year=1999",
    *(f"/commitments/{number}/" for number in (2, 3, 4, 6, 7, 12)),
    "/agreements/",
    "/agreements/nanning-initiatives/",
    AGREEMENT,
    "/needs-and-offers/",
    "/needs-and-offers/?kind=trade&direction=need&topic=hs:09",
    "/introductions/",
    "/cities/nanning/results/",
    "/cities/nanning/with/surat-thani/",
    "/cities/nanning/ties/",
    "/reports/",
    "/events/",
    "/events/global-mayors-dialogue-nanning/",
    MEETING,
    f"{MEETING}tables/",
    VISIT,
    "/calendar/",
    "/stories/",
    "/stories/new/",
    "/stories/take-back/",
]
BY_AN_OFFICER = [
    "/desk/",
    "/commitments/new/",
    "/commitments/1/",
    *(f"/commitments/1/{part}/" for part in ("report", "change", "drop")),
    "/commitments/4/confirm/",
    "/commitments/from-a-declaration/",
    "/agreements/new/",
    *(f"{AGREEMENT}{part}/" for part in ("edit", "state")),
    "/needs-and-offers/new/",
    *(
        f"/needs-and-offers/new/?kind={kind}&direction=offer"
        for kind in ("trade", "tourism", "technology", "culture", "know_how")
    ),
    "/needs-and-offers/1/",
    *(f"/needs-and-offers/1/{part}/" for part in ("edit", "close")),
    "/introductions/new/",
    *(f"/introductions/{part}/" for part in ("1", "1/outcome/3", "2", "2/answer")),
    "/desk/events/new/",
    *(f"{MEETING}{part}/" for part in ("edit", "agenda", "participants", "outcomes", "cancel", "tables/new")),
    "/calendar/",
    *(f"/cities/nanning/{part}/add/" for part in ("ties", "threads")),
    "/stories/new/",
]


def _as(visit: Visit, demonstration: Demonstration, language: str, role: str = "") -> Page:
    page = visit(size=DESK)
    if role:
        sign_in(page, demonstration, role)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": demonstration.address}])
    return page


def _look_at(page: Page, paths: list[str]) -> list[str]:
    """What is wrong with any of these pages."""
    found: list[str] = []
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        found += _look(page, path) if answer.status == 200 else [f"{path} answers {answer.status}"]
    return found


def _first(page: Page, path: str, begins: str) -> list[str]:
    """The first record to which a list leads."""
    page.goto(path)
    link = page.locator(f"main a[href^='{begins}']").first
    return [str(link.get_attribute("href"))] if link.count() else []


def test_what_everybody_reads(visit: Visit, demonstration: Demonstration) -> None:
    page = _as(visit, demonstration, "my")
    records = _first(page, "/reports/", "/reports/2") + _first(page, "/introductions/", "/introductions/1")
    for direction in ("need", "offer"):
        records += _first(page, f"/needs-and-offers/?direction={direction}", "/needs-and-offers/1")
    tables = _first(page, f"{MEETING}tables/", f"{MEETING}tables/")
    records += [path for table in tables for path in (table, f"{table}print/")]
    assert len(records) == 6
    found = _look_at(page, [*READ, *records])
    assert not found, "\n".join(found)


def test_what_an_officer_writes(visit: Visit, demonstration: Demonstration) -> None:
    page = _as(visit, demonstration, "en", "officer")
    found = _look_at(page, BY_AN_OFFICER)
    for path in ("/commitments/new/", "/needs-and-offers/new/?kind=tourism&direction=offer", "/desk/events/new/"):
        page.goto(path)
        page.locator("main form button.primary").first.evaluate(
            "(button) => { button.form.noValidate = true; button.click(); }"
        )
        page.locator("[aria-invalid=true]").first.wait_for()
        found += _look(page, f"{path} refused")
    assert not found, "\n".join(found)
