"""What the five people do with practices, from the first page to the last, with JavaScript and without."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESK, Demonstration, Visit, sign_in

RIVER = "ແມ່ນ້ຳໃນເມືອງດຳ ແລະ ເໝັນ ຍ້ອນນ້ຳເສຍ"
"""Lao: the river in the city is black and stinks because of sewage."""
NAKAO, XINXU = "nanning-nakao-river", "nanning-xinxu-river-law"
SHEETS = 2
BRIEF = {
    "summary": "The demonstration made this up. Fifty stalls bring their waste to one yard, which makes compost.",
    "problem": "The waste of the market lay in the street until noon, and rats came.",
    "solution": "A yard was roofed, two people were hired, and the compost is given to the parks.",
    "difficulties": "In the first rains the heap was too wet and smelt; a roof came a year late.",
    "started": "2022-05",
    "cost-amount": "48000",
    "result-indicator": "Waste of the market that goes to the landfill, a week",
    "result-baseline": "14",
    "result-value": "5",
    "result-unit": "tonnes",
    "claim-claimed_by": "Demonstration market office (nobody real)",
    "claim-source": "Weighing book of 2023 (made up)",
    "claim-claimed_on": "2023-12",
}


def _read_lao(page: Page, demonstration: Demonstration) -> None:
    page.context.add_cookies([{"name": "django_language", "value": "lo", "url": demonstration.address}])


def test_a_practitioner_describes_a_problem_in_lao_compares_and_prints(
    visit: Visit, demonstration: Demonstration, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    _read_lao(page, demonstration)
    page.goto("/")
    page.locator("header nav a[href='/practices/']").click()
    page.locator("[name=q]").fill(RIVER)
    page.locator("[name=like]").select_option("vientiane")
    page.locator("form[role=search] button.primary").click()
    expect(page.locator("[name=q]")).to_have_value(RIVER)

    card = page.locator("li.card", has=page.locator(f"a[href='/practices/{NAKAO}/']"))
    expect(card.locator("h3 [lang=lo]")).to_contain_text("ນາເຂົ່າ")
    expect(card.locator("dl dd").first).to_contain_text(re.compile("1[.,]190[.,]000[.,]000"))
    assert card.locator("dl dt").count() >= 4, "cost, staff, law and evidence"
    reason = card.locator("p.small").last
    expect(reason).to_contain_text("ແມ່")  # words for which it was found
    expect(reason).to_contain_text("ວຽງຈັນ")  # and in what it is like Vientiane

    for slug in (NAKAO, XINXU):
        page.goto(f"/practices/{slug}/")
        expect(page.locator("h1 [lang=lo]")).to_be_visible()
        page.locator("form[action='/practices/reading-list/'] button").click()
    page.goto("/practices/reading-list/")
    assert page.locator("[name=p]:checked").count() == 2
    page.locator("form[action='/practices/compare/'] button").click()
    for slug in (NAKAO, XINXU):
        expect(page.locator(f"main a[href='/practices/{slug}/']").first).to_be_visible()
    expect(page.locator("main")).to_contain_text(re.compile("160[.,]000[.,]000"))

    page.goto(f"/practices/{NAKAO}/")
    page.locator(f"a[href='/practices/{NAKAO}/print/']").click()
    expect(page.locator("h1")).to_be_visible()
    sheets = page.pdf(format="A4", prefer_css_page_size=True)
    assert 1 <= len(re.findall(rb"/Type\s*/Page\b", sheets)) <= SHEETS


def _publish(page: Page, title: str) -> None:
    page.goto("/desk/practices/")
    page.locator("li.card", has_text=title).get_by_role("link", name="Look and publish").click()
    page.get_by_role("button", name="Publish").click()


def _write(page: Page, title: str) -> str:
    """From the desk through the short form to everybody's page; returns its address."""
    page.goto("/desk/")
    page.get_by_role("link", name="Our practices").click()
    page.get_by_role("link", name="Write a practice").first.click()
    page.locator("[name=summary]").fill(BRIEF["summary"])
    page.get_by_role("button", name="Save and go on").click()
    expect(page.locator("[name=title]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=summary]")).to_have_value(BRIEF["summary"])
    page.locator("[name=title]").fill(title)
    page.get_by_role("button", name="Save and stop").click()

    _publish(page, title)
    expect(page.locator("#missing")).to_be_visible()
    expect(page.locator("main")).to_contain_text("every practice had difficulties")
    page.goto("/desk/practices/")
    page.locator("li.card", has_text=title).get_by_role("link", name="Go on writing").click()
    for name, value in BRIEF.items():
        page.locator(f"[name={name}]").fill(value)
    page.locator("[name=status]").select_option("running")
    page.locator("[name=cost-currency]").select_option("CNY")
    page.locator("[name=cost-kind][value=capital]").check()
    page.locator("[name=result-method][value=before_after]").check()
    page.get_by_role("button", name="Save and stop").click()
    _publish(page, title)
    page.goto("/desk/practices/")
    page.get_by_role("link", name=title).click()
    expect(page.locator("h1")).to_contain_text(title)
    return page.url


def _adopt(page: Page) -> str:
    """From the page of a practice to an adoption that the adopting city confirmed; returns its address."""
    page.get_by_role("link", name="We want to try this").click()
    page.locator("[name=why]").fill("A demonstration: our market has the same heap in the street.")
    page.get_by_role("button", name="We want to try this").click()
    where = page.url
    page.get_by_role("link", name="Write what is kept, changed and dropped").click()
    page.locator("[name=part-0-part]").fill("A roof over the yard from the first day")
    page.locator("[name=part-0-why]").fill("Here it rains more.")
    page.locator("[name=part-0-kind]").select_option("changed")
    page.locator("[name=part-1-part]").fill("Two people are hired")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("A roof over the yard from the first day")).to_be_visible()
    expect(page.get_by_role("link", name="Confirm this adoption")).to_have_count(0)
    page.locator("[name=stage][value=piloting]").check()
    page.locator("[name=note]").fill("Ten stalls began.")
    page.locator("#move button.primary").click()
    expect(page.get_by_text("Ten stalls began.")).to_be_visible()
    page.get_by_role("link", name="Confirm this adoption").click()
    page.get_by_role("button", name="Yes, this is so").click()
    expect(page.get_by_text("Mataram itself confirmed on")).to_be_visible()
    return where


def test_an_officer_writes_a_practice_and_another_city_takes_it_over(
    visit: Visit, demonstration: Demonstration, scripts: bool
) -> None:
    title = f"Market waste becomes compost ({'with' if scripts else 'without'} scripts)"
    page, other, resident = visit(scripts=scripts), visit(scripts=scripts), visit(scripts=scripts)
    sign_in(page, demonstration, "officer")
    address = _write(page, title)
    expect(page.locator("main")).to_contain_text("before and after were compared")

    sign_in(other, demonstration, "officer-mataram")
    other.goto(address)
    adoption = _adopt(other)

    page.goto(adoption)
    expect(page.get_by_text("Mataram itself confirmed on")).to_be_visible()
    expect(page.locator("#move")).to_have_count(0)  # the city that gave it says nothing for the other

    demonstration.installation.run("work", "--once")
    resident.goto("/practices/?q=market+waste+compost")
    expect(resident.get_by_role("link", name=title)).to_be_visible()
    resident.goto(address)
    expect(resident.locator("#family").locator("xpath=..")).to_contain_text("confirmed by Mataram")
    resident.goto("/cities/mataram/practices/")
    expect(resident.get_by_text(title).first).to_be_visible()


def test_a_question_is_asked_and_answered(visit: Visit, demonstration: Demonstration, scripts: bool) -> None:
    slug = XINXU if scripts else NAKAO
    asker, doer, reader = visit(scripts=scripts), visit(scripts=scripts, size=DESK), visit(scripts=scripts)
    sign_in(asker, demonstration, "officer-surat-thani")
    asker.goto(f"/practices/{slug}/")
    asker.get_by_role("link", name="Ask those who did it").click()
    asker.get_by_role("button", name="Ask", exact=True).click()
    asker.locator("[name=body]").fill("A demonstration: who measures the water, and how often?")
    asker.get_by_role("button", name="Ask", exact=True).click()
    expect(asker.get_by_text("Your question is asked.")).to_be_visible()

    sign_in(doer, demonstration, "officer")
    doer.goto("/desk/")
    doer.get_by_role("link", name="Questions about practices").click()
    card = doer.locator("li.card", has=doer.locator(f"a[href='/practices/{slug}/']")).filter(has_text="who measures")
    card.get_by_role("link", name="Answer").click()
    doer.locator("form.form [name=body]").fill("A demonstration: nobody real answers here.")
    doer.get_by_role("button", name="Answer", exact=True).click()
    expect(doer.get_by_text("Your answer is public now")).to_be_visible()

    reader.goto(f"/practices/{slug}/ask/")
    expect(reader.get_by_text("nobody real answers here")).to_be_visible()
    expect(reader.get_by_role("button", name="Ask", exact=True)).to_have_count(0)


def test_a_resident_reads_what_was_adopted_and_what_was_made_up(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto("/cities/")
    page.get_by_role("link", name="Surat Thani").first.click()
    page.locator("a[href='/cities/surat-thani/practices/']").first.click()
    page.locator("a[href^='/adoptions/']").first.click()
    expect(page.get_by_text("No city said this.")).to_be_visible()
    expect(page.locator("ol.steps [aria-current=step]")).to_have_text("stopped")
    expect(page.get_by_text("outside the season too few rode")).to_be_visible()
    page.goto("/practices/failed/")
    expect(page.locator("a[href='/practices/vientiane-bus-rapid-transit/']").first).to_be_visible()


def test_a_researcher_takes_the_data_along(visit: Visit, tmp_path: Path, scripts: bool) -> None:
    page = visit(scripts=scripts, size=DESK)
    page.goto("/practices/?theme=polluted-rivers")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="This search as a table (CSV)").click()
    waiting.value.save_as(tmp_path / "practices.csv")
    with (tmp_path / "practices.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert any(NAKAO in " ".join(row.values()) for row in rows)

    page.goto(f"/practices/{NAKAO}/")
    data = page.get_by_role("link", name="This practice as data (JSON-LD)").get_attribute("href")
    answer = page.request.get(str(data))
    assert answer.ok
    document = json.loads(answer.body())
    assert document["@context"]
    assert "creativecommons.org/licenses/by/4.0" in json.dumps(document)
