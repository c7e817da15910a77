"""A city that only has a spreadsheet: fetches the workbook, fills it in, sends it, looks, and keeps a draft."""

from __future__ import annotations

from pathlib import Path

from openpyxl import load_workbook
from playwright.sync_api import Page, expect
from tests.journeys.conftest import Demonstration, Visit, sign_in
from tests.journeys.test_pages import _look

ADDRESS = "/desk/practices/import/"
TITLE = "Made up by a test: {} carry the waste up the hill"
ANSWERS = {
    "city": "nanning",
    "language": "en",
    "title": "",
    "difficulties": "=The hill is steep.",
    "concepts": "flooding · Flooding",
    "unknown": "costs",
}


def _workbook(page: Page, folder: Path, title: str) -> Path:
    """What the page offers, with answers in it."""
    with page.expect_download() as fetched:
        page.locator("a[href='/practices/data/template.xlsx']").click()
    path = folder / "practice.xlsx"
    fetched.value.save_as(path)
    book = load_workbook(path)
    for row in book["practice"].iter_rows(min_row=2):
        name = row[0].value
        if name in ANSWERS and name not in {
            above[0].value for above in book["practice"].iter_rows(max_row=row[0].row - 1)
        }:
            row[2].value = title if name == "title" else ANSWERS[str(name)]
    book.save(path)
    return path


def _send(page: Page, path: Path) -> None:
    page.locator("[name=file]").set_input_files(path)
    page.locator("form[enctype] button").click()


def test_a_workbook_is_filled_in_sent_looked_at_and_kept(
    visit: Visit, demonstration: Demonstration, scripts: bool, tmp_path: Path
) -> None:
    page = visit(scripts=scripts, accept_downloads=True)
    sign_in(page, demonstration, "officer")
    page.goto("/desk/practices/")
    page.get_by_role("link", name="Bring in practices").click()
    title = TITLE.format("goats" if scripts else "donkeys")
    _send(page, _workbook(page, tmp_path, title))
    expect(page.locator("ol > li.card")).to_contain_text(title)
    if scripts:
        assert _look(page, "what was read") == []
    page.get_by_role("button", name="Make 1 draft").click()
    expect(page.locator("main")).to_contain_text(title)

    page.goto(ADDRESS)
    _send(page, tmp_path / "practice.xlsx")
    expect(page.locator("ol > li.card")).to_contain_text("is there already")
    assert page.get_by_role("button", name="Make").count() == 0


def test_the_page_and_what_it_refuses(visit: Visit, demonstration: Demonstration, tmp_path: Path) -> None:
    page = visit()
    sign_in(page, demonstration, "secretariat")
    page.goto(ADDRESS)
    found = _look(page, ADDRESS)
    wrong = tmp_path / "practices.csv"
    wrong.write_text("city,language,title,posts\natlantis,en,Goats,many\n", encoding="utf-8")
    _send(page, wrong)
    expect(page.locator("ol > li.card")).to_contain_text("atlantis")
    found += _look(page, "rows that are left out")
    old = tmp_path / "practices.xls"
    old.write_bytes(b"old")
    _send(page, old)
    page.locator("[aria-invalid=true]").wait_for()
    found += _look(page, "a file that is refused")
    assert found == []
