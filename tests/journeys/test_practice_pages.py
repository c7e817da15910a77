"""Every page of practices and challenges, for who reads and for who writes: axe, on a phone, a desk and at 320 px."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page
from tests.journeys.conftest import DESK, Demonstration, Visit, sign_in
from tests.journeys.test_pages import _look

NAKAO, XINXU, STOPPED = "nanning-nakao-river", "nanning-xinxu-river-law", "vientiane-bus-rapid-transit"
CHALLENGE = "nanning-old-quarters-heavy-rain"
READ = [
    "/practices/",
    "/practices/?q=river&like=vientiane&country=CN",
    "/practices/?q=qwertzuiop",
    f"/practices/?challenge={CHALLENGE}",
    "/practices/?theme=nonsense&page=99",
    f"/practices/{NAKAO}/",
    f"/practices/{XINXU}/",
    f"/practices/{STOPPED}/",
    "/practices/detian-ban-gioc-waterfall/",
    f"/practices/{NAKAO}/print/",
    f"/practices/{NAKAO}/versions/",
    f"/practices/{NAKAO}/versions/1/",
    f"/practices/{NAKAO}/ask/",
    "/practices/bangkok-traffy-fondue/ask/",
    "/practices/compare/",
    f"/practices/compare/?p={NAKAO}&p={XINXU}&p={STOPPED}",
    "/practices/failed/",
    "/practices/reading-list/",
    "/challenges/",
    f"/challenges/{CHALLENGE}/",
    "/vocabulary/",
    "/cities/nanning/practices/",
    "/cities/surat-thani/practices/",
    "/cities/vientiane/practices/",
]
WRITTEN = [
    "/desk/practices/",
    "/desk/practices/new/",
    "/desk/challenges/new/",
    f"/challenges/{CHALLENGE}/edit/",
    f"/challenges/{CHALLENGE}/close/",
    f"/practices/{NAKAO}/edit/",
    *(f"/practices/{NAKAO}/edit/{step}/" for step in ("people", "claims", "reach", "transfer", "themes", "contact")),
    f"/practices/{NAKAO}/edit/publish/",
    f"/practices/{NAKAO}/status/",
    f"/practices/{NAKAO}/withdraw/",
    f"/practices/{NAKAO}/",
    "/questions/",
]
ADOPTING = f"""
from intercity.practices.models import Adoption
print(Adoption.objects.get(practice__slug="{XINXU}", to_city__slug="mataram").pk)
"""


def _reader(visit: Visit, demonstration: Demonstration, language: str) -> Page:
    page = visit(size=DESK)
    page.context.add_cookies([{"name": "django_language", "value": language, "url": demonstration.address}])
    return page


def _look_at(page: Page, paths: list[str]) -> list[str]:
    """What is wrong with any of these pages."""
    found: list[str] = []
    for path in paths:
        answer = page.goto(path)
        assert answer is not None
        if answer.status == 200:
            found += _look(page, path)
        else:
            found.append(f"{path} answers {answer.status}")
    return found


@pytest.mark.parametrize("language", ["en", "lo"])
def test_what_everybody_reads(visit: Visit, demonstration: Demonstration, language: str) -> None:
    page = _reader(visit, demonstration, language)
    adoption = f"/adoptions/{demonstration.installation.python(ADOPTING)}/"
    assert _look_at(page, [*READ, adoption]) == []
    page.goto(f"/practices/{NAKAO}/")
    page.locator("form[action='/practices/reading-list/'] button").click()
    assert _look_at(page, ["/practices/reading-list/", "/practices/compare/"]) == []


def test_what_an_officer_writes(visit: Visit, demonstration: Demonstration) -> None:
    page = _reader(visit, demonstration, "en")
    sign_in(page, demonstration, "officer")
    found = _look_at(page, WRITTEN)
    page.goto("/desk/practices/new/")
    page.locator("[name=cost-amount]").fill("much")
    page.locator("main form button.primary").click()
    found += _look(page, "a short description refused")
    page.locator("[name=cost-amount]").fill("")
    page.locator("[name=title]").fill("Looked at by axe")
    page.get_by_role("button", name="Save and stop").click()
    page.goto("/desk/practices/")
    card = page.locator("li.card", has_text="Looked at by axe")
    found += _look(page, "a draft on the desk")
    card.get_by_role("link", name="Look and publish").click()
    page.get_by_role("button", name="Publish").click()
    found += _look(page, "what is missing")
    page.goto("/desk/practices/")
    card.get_by_role("link", name="Delete").click()
    found += _look(page, "deleting a draft")
    page.locator("main form button").last.click()
    assert found == []


def test_what_a_city_that_takes_over_writes(visit: Visit, demonstration: Demonstration) -> None:
    page = _reader(visit, demonstration, "en")
    sign_in(page, demonstration, "officer-mataram")
    adoption = f"/adoptions/{demonstration.installation.python(ADOPTING)}/"
    found = _look_at(page, [adoption, *(f"{adoption}{part}/" for part in ("edit", "claims", "confirm"))])
    found += _look_at(page, [f"/practices/{STOPPED}/adopt/", f"/practices/{STOPPED}/ask/", "/questions/"])
    found += _look_at(page, [f"/practices/{STOPPED}/verify/", "/cities/mataram/practices/"])
    page.goto(f"/practices/{STOPPED}/adopt/")
    page.locator("main form button.primary").evaluate("(button) => { button.form.noValidate = true; button.click(); }")
    page.locator("[aria-invalid=true]").first.wait_for()
    found += _look(page, "wanting to try it refused")
    assert found == []


def test_what_the_secretariat_writes(visit: Visit, demonstration: Demonstration) -> None:
    page = _reader(visit, demonstration, "en")
    sign_in(page, demonstration, "secretariat")
    found = _look_at(page, ["/desk/practices/", "/desk/practices/new/", f"/practices/{NAKAO}/verify/", "/questions/"])
    page.goto("/desk/practices/new/")
    page.locator("[name=title]").fill("A place that is no member")
    page.locator("[name=place]").fill("Bangkok")
    page.locator("main form button.primary").click()
    found += _look(page, "which of these places is it")
    assert found == []
