"""What cities promise each other, from an answer to the yearly report; needs and offers; declarations; tables; links.

Each journey is walked on a phone, with JavaScript and without, and axe looks at every page of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Page, expect
from tests.journeys.conftest import PHONE, Demonstration, Visit, sign_in
from tests.journeys.test_pages import AXE, CHECK, WIDEST

TODAY = date.today()
DUE = TODAY + timedelta(days=60)
OWNER = "Demonstration water office (nobody real)"
KEPT_ON_TIME = "kept on time"
MEETING = "/events/demonstration-meeting-what-we-promised-with-trade-tables/"
LINK_OF_THE_GROUP = """
from intercity.partnerships.letters import of_report
from intercity.partnerships.models import Commitment
print(of_report(Commitment.objects.get(number=%d).reports.latest("pk"), "en")["address"])
"""
LINK_OF_THE_OUTCOME = """
from intercity.cities.models import City
from intercity.partnerships.asking import of_outcome
from intercity.partnerships.models import Introduction
found = Introduction.objects.get(pk=%d)
print(of_outcome(found, City.objects.get(slug="nanning"), 3, "en")["answers"])
"""
"""A demonstration writes no letters: this is what the letter would hold."""
DECLARATION = """We, the mayors, recalling our long friendship,

1. We will open four drinking fountains along the river by 30 June {year}.
2. The parties shall publish the results of the water tests every month.
3. We thank the hosts for their warm welcome.
"""

Look = Callable[..., None]
"""`look(page, "where")`: the page that is shown, once its address ends so."""


@pytest.fixture
def look(scripts: bool) -> Iterator[Look]:
    """Let axe look at the page that is shown; what it finds, and what is too wide, fails the test at its end."""
    faults: list[str] = []

    def see(page: Page, end: str) -> None:
        page.wait_for_url(re.compile(rf"^[^?#]*{end}([?#].*)?$"))
        where = urlsplit(page.url).path
        if scripts:
            page.evaluate(AXE)
            faults.extend(f"{where}: {one}" for one in page.evaluate(CHECK))
        width = page.evaluate(WIDEST)
        if width > PHONE["width"]:
            faults.append(f"{where} is {width} wide")

    yield see
    assert not faults, "\n".join(faults)


def _number(page: Page, path: str, words: str) -> int:
    """A headline number of a page: that which stands beside the words."""
    page.goto(path)
    row = page.locator("dl.numbers div", has=page.locator("dt", has_text=words)).first
    return int(re.sub(r"\D", "", row.locator("dd").inner_text()))


def _counted(page: Page) -> dict[str, int]:
    """How many commitments were kept on time, as each page says that tells it."""
    paths = ("/", "/cooperation/", "/cities/nanning/results/", "/cities/nanning/with/mataram/")
    found = {path: _number(page, path, KEPT_ON_TIME) for path in paths}
    page.goto("/reports/")
    years = {str(link.get_attribute("href")) for link in page.locator("main a[href^='/reports/2']").all()}
    found["all years"] = found["Nanning in all years"] = 0
    for path in years:
        found["all years"] += _number(page, path, KEPT_ON_TIME)
        row = page.locator("main table tbody tr", has=page.get_by_role("rowheader", name="Nanning"))
        found["Nanning in all years"] += int(row.locator("td").nth(1).inner_text())
    return found


def _answer(page: Page, where: str, promise: str) -> None:
    """The office answers one statement of common ground: we will."""
    page.goto(f"{where}answer/")
    page.locator("a.button[href*='/answer/']").first.click()
    page.locator("[name=kind][value=we_will]").check()
    page.locator("[name=body]").fill(promise)
    page.locator("[name=owner]").fill(OWNER)
    page.locator("[name=due]").fill(DUE.isoformat())
    page.get_by_role("button", name="Save this answer").click()
    page.get_by_role("button", name="Finish: the answer is complete").click()


def _report(page: Page, look: Look, words: str, *, is_done: bool = False) -> None:
    """From the page of a commitment: say how it goes."""
    page.get_by_role("link", name="Say how it goes").click()
    look(page, "/report/")
    page.locator("[name=text]").fill(words)
    if is_done:
        page.locator("[name=evidence]").fill("https://example.org/photograph")
        page.locator("[name=says_done]").check()
        page.locator("[name=done_on]").fill(TODAY.isoformat())
    page.get_by_role("button", name="Save the report").click()
    expect(page.get_by_text(words)).to_be_visible()


def _follow(page: Page, look: Look, promise: str) -> str:
    """From the desk: the answer becomes a commitment that Mataram confirms; returns the address of its page."""
    page.goto("/desk/")
    look(page, "/desk/")
    page.locator("li.card", has_text=promise).get_by_role("link", name="Follow this promise").click()
    look(page, r"/from-answer/\d+/")
    expect(page.locator("[name=text]")).to_have_value(promise)
    expect(page.locator("[name=owner]")).to_have_value(OWNER)
    expect(page.locator("[name=due_on]")).to_have_value(DUE.isoformat())
    page.locator("[name=confirmer][value=city]").check()
    page.get_by_role("button", name="Promise it").click()
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    look(page, r"/from-answer/\d+/")
    page.locator("[name=known_by]").fill("Four taps give water on the day.")
    page.locator("[name=confirmer_city]").select_option(label="Mataram")
    page.get_by_role("button", name="Promise it").click()
    expect(page.get_by_text("It is promised, and everybody can see it.")).to_be_visible()
    look(page, r"/commitments/\d+/")
    return urlsplit(page.url).path


def test_an_answer_becomes_a_commitment_that_another_city_confirms(
    visit: Visit, demonstration: Demonstration, look: Look, scripts: bool
) -> None:
    promise = f"Put four taps along the river ({'with' if scripts else 'without'} scripts)."
    where = f"/dialogues/promises-{'on' if scripts else 'off'}/"
    office, officer, second, reader = (visit(scripts=scripts) for _person in range(4))
    before = _counted(reader)
    assert before["/"] == before["/cooperation/"] == before["all years"]
    assert before["/cities/nanning/results/"] == before["Nanning in all years"]

    sign_in(office, demonstration, "responder")
    _answer(office, where, promise)

    sign_in(officer, demonstration, "officer")
    commitment = _follow(officer, look, promise)
    _report(officer, look, "Two of four are built.")
    _report(officer, look, "The fourth gave water this morning.", is_done=True)
    expect(officer.locator("ol.steps [aria-current=step]")).to_have_text("said to be done")
    expect(officer.get_by_role("link", name="Say whether it is done")).to_have_count(0)
    assert _number(reader, "/", KEPT_ON_TIME) == before["/"], "the word of the owner alone counts nowhere"

    sign_in(second, demonstration, "officer-mataram")
    second.goto("/desk/")
    second.get_by_role("heading", name="Is it done? You are the second party").wait_for()
    second.get_by_role("link", name=promise).click()
    second.get_by_role("link", name="Say whether it is done").click()
    look(second, "/confirm/")
    second.locator("[name=is_so][value=yes]").check()
    second.locator("[name=reason]").fill("We saw all four on our visit.")
    second.get_by_role("button", name="Say it").click()
    expect(second.get_by_text("It counts as kept now.")).to_be_visible()

    after = _counted(reader)
    assert after == {path: number + 1 for path, number in before.items()}
    reader.goto(f"/reports/{DUE.year}/")
    look(reader, f"/reports/{DUE.year}/")
    for path in ("/", "/cooperation/", "/commitments/", "/cities/nanning/results/"):
        reader.goto(path)
        look(reader, path)
    reader.goto("/cities/nanning/with/mataram/")
    look(reader, "/with/mataram/")
    reader.get_by_role("link", name=promise).click()
    assert urlsplit(reader.url).path == commitment
    expect(reader.locator("main")).to_contain_text("on time, and confirmed by a second party")
    expect(reader.get_by_text("We saw all four on our visit.").first).to_be_visible()
    look(reader, commitment)
    reader.goto(f"{where}results/")
    reader.get_by_role("link", name="How it goes with this promise").click()
    assert urlsplit(reader.url).path == commitment


def _post(page: Page, look: Look, direction: str, title: str, mailbox: str) -> None:
    """Write a need or an offer of know-how."""
    page.goto("/needs-and-offers/")
    page.get_by_role("link", name="Write a need or an offer").click()
    page.locator(f"a[href='?kind=know_how&direction={direction}']").click()
    look(page, "/new/")
    page.locator("[name=title]").fill(title)
    page.locator("[name=topics]").select_option(["concept:polluted-rivers"])
    page.locator("[name=languages][value=en]").check()
    page.locator("[name=contact_role]").fill("Demonstration river office")
    page.locator("[name=contact_mailbox]").fill(mailbox)
    page.get_by_role("button", name="Make it public").click()
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_a_need_meets_an_offer_and_both_cities_say_yes(
    visit: Visit, demonstration: Demonstration, look: Look, scripts: bool
) -> None:
    how = "with" if scripts else "without"
    need, offer = f"Who samples river mud {how} a boat?", f"We sample river mud {how} a boat"
    seeker, giver, reader = (visit(scripts=scripts) for _person in range(3))
    sign_in(seeker, demonstration, "officer")
    sign_in(giver, demonstration, "officer-surat-thani")
    _post(giver, look, "offer", offer, "mud@demo.example")
    _post(seeker, look, "need", need, "nanning-mud@demo.example")

    suits = seeker.locator("li.card", has=seeker.get_by_role("link", name=offer))
    expect(suits.locator("li").first).to_be_visible()
    look(seeker, r"/needs-and-offers/\d+/")
    suits.get_by_role("link", name="Propose an introduction").click()
    look(seeker, "/introductions/new/")
    seeker.locator("[name=why]").fill("Both sample the mud of a river.")
    seeker.locator("[name=one_gives]").fill("Numbers of twelve years.")
    seeker.get_by_role("button", name="Propose it").click()
    expect(seeker.get_by_text("It is proposed.")).to_be_visible()
    introduction = urlsplit(seeker.url).path
    expect(seeker.get_by_text("mud@demo.example")).to_have_count(0)
    assert reader.request.get(introduction).status == 404

    giver.goto("/desk/")
    giver.locator(f"a[href='{introduction}']").first.click()
    giver.get_by_role("link", name="Say yes or no").click()
    look(giver, "/answer/")
    giver.locator("[name=words]").fill("Two days with our team.")
    giver.get_by_role("button", name="Yes, introduce us").click()
    expect(giver.get_by_role("link", name="nanning-mud@demo.example")).to_be_visible()
    look(giver, introduction)
    seeker.goto(introduction)
    expect(seeker.get_by_role("link", name="mud@demo.example", exact=True)).to_be_visible()
    reader.goto(introduction)
    expect(reader.get_by_text("Two days with our team.")).to_be_visible()
    expect(reader.get_by_text("@demo.example")).to_have_count(0)

    letter = demonstration.installation.python(LINK_OF_THE_OUTCOME % int(introduction.split("/")[2]))
    link = urlsplit(next(one for one in letter.split() if one.endswith("answer=talking")))
    reader.goto(f"{link.path}?{link.query}")
    expect(reader.locator("[name=answer][value=talking]")).to_be_checked()
    look(reader, link.path)
    reader.locator("[name=note]").fill("We talk every month.")
    reader.get_by_role("button", name="Say it").click()
    expect(reader.get_by_text("We talk every month.")).to_be_visible()
    look(reader, introduction)
    assert reader.request.get(f"{link.path[:-2]}x/").status == 410


def test_a_declaration_becomes_commitments(
    visit: Visit, demonstration: Demonstration, look: Look, scripts: bool
) -> None:
    page = visit(scripts=scripts)
    owner = f"Demonstration office {'with' if scripts else 'without'} scripts"
    sign_in(page, demonstration, "officer")
    page.goto("/commitments/")
    page.get_by_role("link", name="Find promises in a declaration").click()
    look(page, "/from-a-declaration/")
    page.locator("[name=declaration]").fill(DECLARATION.format(year=TODAY.year + 1))
    page.get_by_role("button", name="Look for promises").click()
    rows = page.locator("ol.plain > li.card")
    expect(rows).to_have_count(2)
    expect(rows.first.locator("[name$=due_on]")).to_have_value(f"{TODAY.year + 1}-06-30")
    page.get_by_text("and why each was left out").click()
    expect(page.get_by_text("We thank the hosts for their warm welcome.")).to_be_visible()
    look(page, "/from-a-declaration/")

    page.locator("[name=all-confirmer][value=secretariat]").check()
    rows.first.locator("[name$=taken]").check()
    rows.last.locator("[name$=taken]").uncheck()
    rows.first.locator("[name$=owner]").fill(owner)
    page.get_by_role("button", name="Save those that are chosen").click()
    expect(rows.first.locator("[name$=known_by]")).to_have_attribute("aria-invalid", "true")
    expect(rows.first.locator("[name$=owner]")).to_have_value(owner)
    look(page, "/from-a-declaration/")
    rows.first.locator("[name$=known_by]").fill("Four fountains on the map.")
    page.get_by_role("button", name="Save those that are chosen").click()
    expect(page.get_by_text("1 commitment was written down.")).to_be_visible()
    page.goto("/commitments/?city=nanning")
    kept = page.locator("li.card", has_text=owner)
    expect(kept).to_have_count(1)
    expect(kept).to_contain_text("drinking fountains along the river")


def test_a_table_is_opened_and_booked_once(
    visit: Visit, demonstration: Demonstration, look: Look, scripts: bool
) -> None:
    host, guest, late = (visit(scripts=scripts) for _person in range(3))
    sign_in(host, demonstration, "officer-mataram")
    host.goto(MEETING)
    look(host, MEETING)
    host.get_by_role("link", name="Look at the tables").click()
    look(host, "/tables/")
    host.get_by_role("link", name="Open a table").click()
    host.locator("[name=starts_at]").fill("16:45")
    host.locator("[name=ends_at]").fill("17:45")
    host.locator("[name=name]").fill("Hall B, table 4")
    look(host, "/tables/new/")
    host.get_by_role("button", name="Open the table").click()
    expect(host.get_by_text("The table is open.")).to_be_visible()
    table = urlsplit(host.url).path
    expect(host.get_by_role("button", name="Take this time")).to_have_count(0)

    for page, role in ((guest, "officer"), (late, "officer-surat-thani")):
        sign_in(page, demonstration, role)
        page.goto(table)
        expect(page.get_by_role("button", name="Take this time")).to_have_count(3)
    look(guest, table)
    guest.get_by_role("button", name="Take this time").first.click()
    guest.get_by_role("button", name="Give it back").wait_for()
    look(guest, table)
    late.get_by_role("button", name="Take this time").first.click()
    expect(late.get_by_text("Somebody else has just taken this time.")).to_be_visible()
    expect(late.get_by_role("button", name="Give it back")).to_have_count(0)

    host.goto(f"{table}print/")
    expect(host.locator("main")).to_contain_text("Nanning")
    look(host, "/print/")
    guest.get_by_role("button", name="Give it back").click()
    host.goto(table)
    host.get_by_role("button", name="Take the table away").click()
    expect(host.locator(f"a[href='{table}']")).to_have_count(0)


def test_a_group_of_residents_confirms_by_its_link(
    visit: Visit, demonstration: Demonstration, look: Look, scripts: bool
) -> None:
    officer, group = visit(scripts=scripts), visit(scripts=scripts)
    name = f"Friends of the river {'with' if scripts else 'without'} scripts"
    sign_in(officer, demonstration, "officer")
    officer.goto("/desk/")
    officer.get_by_role("link", name="Promise something").click()
    officer.locator("[name=text]").fill("Lamps along the river path burn until midnight.")
    officer.locator("[name=owner]").fill(OWNER)
    officer.locator("[name=due_on]").fill(DUE.isoformat())
    officer.locator("[name=known_by]").fill("They burn at five to twelve.")
    officer.locator("[name=confirmer][value=residents]").check()
    officer.locator("[name=confirmer_group]").fill(name)
    officer.locator("[name=confirmer_mailbox]").fill("river@demo.example")
    officer.get_by_role("button", name="Promise it").click()
    commitment = urlsplit(officer.url).path
    expect(officer.get_by_text("river@demo.example")).to_have_count(0)
    _report(officer, look, "All lamps have new clocks.", is_done=True)

    letter = demonstration.installation.python(LINK_OF_THE_GROUP % int(commitment.split("/")[2]))
    link = urlsplit(letter).path
    group.goto(link)
    look(group, link)
    group.locator("[name=is_so][value=no]").check()
    group.get_by_role("button", name="Say it").click()
    expect(group.locator("[name=reason]")).to_have_attribute("aria-invalid", "true")
    group.locator("[name=reason]").fill("We walked there at midnight, twice.")
    group.locator("[name=is_so][value=yes]").check()
    group.get_by_role("button", name="Say it").click()
    expect(group.get_by_text("What you said is public now, in the name of your group.")).to_be_visible()
    expect(group.locator("ol.steps")).to_contain_text("confirmed")
    expect(group.get_by_text(name).first).to_be_visible()
    look(group, commitment)
    group.goto(f"{link[:-2]}x/")
    look(group, "x/")
    expect(group.get_by_role("heading", name="This link has run out")).to_be_visible()
    officer.goto(commitment)
    expect(officer.get_by_text("It is kept. Thank you.")).to_be_visible()
