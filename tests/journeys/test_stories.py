"""What people come for, from the first page to the last, in a real browser, with JavaScript and without."""

from __future__ import annotations

import json
import zipfile
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Page, expect
from tests.journeys.conftest import DESK, Demonstration, Visit, sign_in

from intercity.demonstration.facts import read

OPEN = "/dialogues/what-first-together/"
VOTES_OF_THE_NEWEST = """
from intercity.dialogues.models import Participant, Vote
print(Vote.objects.filter(participant=Participant.objects.latest("pk")).exclude(value=None).count())
"""


def _join(page: Page) -> None:
    """From the list of dialogues into the first one, by one tap."""
    page.goto(OPEN)
    page.get_by_role("button", name="Vote now").click()
    page.locator("#statement").wait_for()


def _shown(page: Page) -> str:
    return page.locator("#statement input[name=statement]").first.input_value()


def _vote(page: Page, choice: str) -> None:
    """Press a button, and see another statement."""
    before = _shown(page)
    page.locator(f"#statement button.{choice}").click()
    expect(page.locator("#statement input[name=statement]").first).not_to_have_value(before)


def test_a_resident_votes_writes_leaves_and_comes_back(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    _join(page)
    for choice in ("agree", "disagree", "pass"):
        _vote(page, choice)
    passed = _shown(page)
    page.get_by_role("button", name="Undo my last vote").click()
    expect(page.locator("#statement input[name=statement]").first).not_to_have_value(passed)

    body = next(words["texts"]["en"] for words in read("dialogues")["dialogues"][0]["statements"])
    page.get_by_role("link", name="Write a statement of my own").click()
    added = "And soon!" if scripts else "But not at any price."
    page.locator("[name=body]").fill(f"{body} {added}")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_text("Somebody has said something like this already")).to_be_visible()
    expect(page.locator("[name=body]")).to_have_value(f"{body} {added}")
    page.get_by_role("button", name="Mine is different: add it").click()
    expect(page.get_by_text("Thank you.").first).to_be_visible()

    code = page.locator("strong.code").inner_text()
    page.get_by_role("link", name="Stop").click()
    page.get_by_role("button", name="Forget me on this device").click()
    page.get_by_role("link", name="Come back with a code").click()
    page.locator("[name=code]").fill(code.lower())
    page.get_by_role("button", name="Go on").click()
    page.get_by_role("link", name="My votes").click()
    expect(page.get_by_text("You disagreed.")).to_have_count(1)
    expect(page.get_by_text("You passed.")).to_have_count(0)
    expect(page.get_by_role("heading", name="What I wrote")).to_be_visible()
    expect(page.get_by_text(added).first).to_be_visible()


def test_a_vote_without_a_connection_arrives_later(visit: Visit, demonstration: Demonstration) -> None:
    page = visit()
    _join(page)
    _vote(page, "agree")
    page.context.set_offline(True)
    page.locator("#statement button.disagree").click()
    expect(page.get_by_text("Kept on this device.")).to_be_visible()
    page.context.set_offline(False)
    expect(page.get_by_text("Your kept votes were sent.")).to_be_visible()
    assert demonstration.installation.python(VOTES_OF_THE_NEWEST) == "2"


def test_the_secretariat_opens_a_dialogue_and_invites(
    visit: Visit, demonstration: Demonstration, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    sign_in(page, demonstration, "secretariat")
    page.goto("/desk/")
    page.get_by_role("link", name="Prepare a dialogue").click()
    page.locator("[name=background]").fill("A demonstration; nothing is decided.")
    page.get_by_role("button", name="Save the draft and go on").click()
    expect(page.locator("[name=question]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=background]")).to_have_value("A demonstration; nothing is decided.")
    page.locator("[name=question]").fill(f"How do we share one bus ticket ({'with' if scripts else 'without'})?")
    page.locator("select[name=language]").select_option("en")
    page.get_by_role("button", name="Save the draft and go on").click()
    manage = page.url

    page.goto(f"{manage}open/")
    expect(page.get_by_text("It cannot open yet:")).to_be_visible()
    expect(page.get_by_role("button", name="Open it now")).to_have_count(0)
    page.get_by_role("link", name="Go back and fill it in").click()
    page.locator("[name=answer_due]").fill("2020-01-01")
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="The day of the answer has passed.").click()
    assert page.url.endswith("#id_answer_due")
    expect(page.locator("#id_answer_due")).to_have_value("2020-01-01")
    expect(page.get_by_role("link", name="Look at it and open it")).to_have_count(0)

    page.locator("[name=responder_role]").fill("Demonstration transport office (nobody real)")
    page.locator("[name=responder_city]").select_option(index=1)
    page.locator("[name=answer_due]").fill((date.today() + timedelta(days=40)).isoformat())
    page.get_by_role("button", name="Save", exact=True).click()
    page.get_by_role("link", name="Give statements to begin with").click()
    page.locator("[name=body]").fill("One ticket is enough.\nBuses should run at night.")
    page.locator("form.form button.primary").click()
    page.get_by_role("link", name="Look at it and open it").click()
    page.get_by_role("button", name="Open it now").click()
    expect(page.get_by_text("The dialogue is open.")).to_be_visible()

    page.get_by_role("link", name="Make invitations").click()
    page.locator("[name=number]").fill("3")
    page.locator("[name=sheet]").fill("Library")
    page.get_by_role("button", name="Make the sheet").click()
    expect(page.locator(".slip svg")).to_have_count(3)
    expect(page.locator(".slip .code")).to_have_count(3)


def _removed(page: Page) -> int:
    page.goto(f"{OPEN}policy/")
    return int(page.locator("dt", has_text="Removed").locator("xpath=following-sibling::dd[1]").inner_text())


def test_a_moderator_removes_and_takes_it_back(visit: Visit, demonstration: Demonstration, scripts: bool) -> None:
    page, reader = visit(scripts=scripts), visit(scripts=scripts)
    before = _removed(reader)
    sign_in(page, demonstration, "moderator")
    page.goto(f"{OPEN}moderate/")
    if not page.locator("[name=statements]").count():
        page.goto(f"{OPEN}moderate/?state=published")
    box = page.locator("[name=statements]").first
    number = box.get_attribute("value") or ""
    box.check()
    page.get_by_role("button", name="Remove them").click()
    expect(page.locator("[name=reason]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator(f"[name=statements][value='{number}']")).to_be_checked()
    page.locator("[name=reason]").select_option(index=1)
    page.get_by_role("button", name="Remove them").click()
    decided = page.locator("li.card", has=page.locator("button[name=decision]")).first
    expect(decided).to_contain_text(f"#{number}")
    assert _removed(reader) == before + 1
    decided.get_by_role("button", name="Undo").click()
    expect(page.get_by_text("undone", exact=True).first).to_be_visible()
    assert _removed(reader) == before


def test_a_responder_answers_and_everybody_reads_it(visit: Visit, demonstration: Demonstration, scripts: bool) -> None:
    page, reader = visit(scripts=scripts), visit(scripts=scripts, size=DESK)
    where = f"/dialogues/bridges-{'on' if scripts else 'off'}/"
    sign_in(page, demonstration, "responder")
    page.goto(f"{where}answer/")
    expect(page.get_by_role("button", name="Finish: the answer is complete")).to_have_count(0)
    page.locator("a.button[href*='/answer/']").first.click()
    page.locator("[name=kind]").first.check()
    page.locator("[name=body]").fill("Demonstration: one office will try it first.")
    page.get_by_role("button", name="Save this answer").click()
    expect(page.locator("[name=owner]")).to_have_attribute("aria-invalid", "true")
    expect(page.locator("[name=body]")).to_have_value("Demonstration: one office will try it first.")
    page.locator("[name=owner]").fill("Demonstration office (nobody real)")
    page.locator("[name=due]").fill((date.today() + timedelta(days=90)).isoformat())
    page.get_by_role("button", name="Save this answer").click()
    page.get_by_role("button", name="Finish: the answer is complete").click()
    reader.goto(f"{where}results/")
    expect(reader.get_by_text("Demonstration: one office will try it first.").first).to_be_visible()
    reader.goto(where)
    expect(reader.get_by_text("Answered").first).to_be_visible()


def test_a_researcher_downloads_and_verifies(visit: Visit, demonstration: Demonstration, tmp_path: Path) -> None:
    page = visit(scripts=False, size=DESK)
    page.goto("/about-the-data/")
    page.goto("/dialogues/what-to-learn/data/")
    for words, name in (("Votes (ZIP", "votes.zip"), ("Result (JSON)", "result.json")):
        with page.expect_download() as waiting:
            page.get_by_role("link", name=words).first.click()
        waiting.value.save_as(tmp_path / name)
    with zipfile.ZipFile(tmp_path / "votes.zip") as packed:
        packed.extractall(tmp_path / "votes")
    assert json.loads((tmp_path / "result.json").read_text())
    folders = {path.parent for path in (tmp_path / "votes").rglob("votes.csv")}
    said = demonstration.installation.run("verify", str(tmp_path / "result.json"), str(folders.pop()))
    assert "follow" in said


def test_somebody_signs_in_by_a_printed_card(visit: Visit, demonstration: Demonstration, scripts: bool) -> None:
    page, phone = visit(scripts=scripts, size=DESK), visit(scripts=scripts)
    sign_in(page, demonstration, "secretariat")
    page.goto("/people/")
    page.get_by_role("link", name="Demonstration translator").click()
    page.get_by_role("link", name="Print a card").click()
    page.get_by_role("button", name="Make the card").click()
    code = page.locator("p.code").inner_text()
    phone.goto("/accounts/login/")
    phone.get_by_role("link", name="With a printed card").click()
    phone.locator("[name=code]").fill(code)
    phone.get_by_role("button", name="Sign in").click()
    expect(phone.get_by_role("heading", name="My desk")).to_be_visible()


def test_the_language_is_switched_on_the_page_one_is_on(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto(f"{OPEN}results/?from=poster")
    for language in ("zh-hans", "km", "en"):
        page.locator("details.languages summary").click()
        page.locator(f"details.languages button[value={language}]").click()
        expect(page.locator("html")).to_have_attribute("lang", language)
        assert page.url.endswith(f"{OPEN}results/?from=poster")


def test_a_chinese_query_finds_a_lao_statement_and_says_why(visit: Visit, scripts: bool) -> None:
    page = visit(scripts=scripts)
    page.goto(OPEN)
    page.get_by_role("link", name="Search", exact=True).click()
    expect(page.get_by_role("heading", name="What you can find")).to_be_visible()
    page.locator("[name=q]").fill("直达班车")
    page.get_by_role("button", name="Search").click()
    found = page.locator("li.card", has_text="Written in Lao.").first
    expect(found).to_be_visible()
    expect(found).to_contain_text("Its translation into")
    found.locator("summary").click()
    expect(found.locator("[lang=lo]").first).to_be_visible()
    page.get_by_role("link", name="City", exact=True).click()
    expect(page.locator("[name=q]")).to_have_value("直达班车")
    page.go_back()
    found.get_by_role("link", name="Look at it").click()
    expect(page.locator(".statement [lang=lo]").first).to_be_attached()
    expect(page.get_by_role("link", name="Take part")).to_be_visible()
