"""The secretariat looks things up: a list, a search, a record, what leads to it, with scripts and without."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from tests.journeys.conftest import DESK, PHONE, Demonstration, Visit, sign_in
from tests.journeys.test_pages import AXE, CHECK, WIDEST

NARROW = {"width": 320, "height": 640}


@pytest.mark.parametrize("size", [DESK, PHONE, NARROW], ids=["desk", "phone", "narrow"])
def test_a_practice_is_looked_up(
    visit: Visit, demonstration: Demonstration, size: dict[str, int], scripts: bool
) -> None:
    page = visit(size=size, scripts=scripts)
    sign_in(page, demonstration, "secretariat")
    page.goto("/desk/")
    with page.expect_navigation():
        page.get_by_role("link", name="Records", exact=True).click()
    faults: list[str] = []
    steps: list[str] = []

    def look(name: str) -> None:
        if folder := os.environ.get("PICTURES"):
            page.screenshot(path=Path(folder) / f"{name}-{size['width']}-{scripts}.png")
        if scripts:
            page.evaluate(AXE)
            faults.extend(f"{name}: {fault}" for fault in page.evaluate(CHECK))
            if page.evaluate(WIDEST) > size["width"]:
                faults.append(f"{name}: {page.evaluate(WIDEST)} px wide")
        steps.append(name)

    look("front")
    with page.expect_navigation():
        page.locator("#content").get_by_role("link", name="Practice", exact=False).first.click()
    look("subject")
    page.goto("/manage/records/practices/practice/")
    look("list")
    page.locator("#searchbar").fill("water")
    with page.expect_navigation():
        page.locator("#changelist-search [type=submit]").click()
    look("found")
    with page.expect_navigation():
        page.locator("#result_list tbody a").first.click()
    look("record")
    with page.expect_navigation():
        page.get_by_role("link", name="The record of what was done").click()
    look("entries")
    assert steps == ["front", "subject", "list", "found", "record", "entries"]
    assert not faults, "\n".join(faults)
