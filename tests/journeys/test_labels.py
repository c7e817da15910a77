"""In long words, on the narrowest screen: no label is cut, nothing scrolls sideways, no word escapes gettext."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from babel import Locale
from playwright.sync_api import Page
from tests.journeys import pseudo
from tests.journeys.conftest import Demonstration, Visit
from tests.journeys.test_pages import ANSWERED, DIALOGUE, NARROW, UNFOLD
from tests.operating.installation import Installation

from intercity.core.language.names import language_name
from intercity.demonstration.facts import read

HOME, CITY = "/", "/cities/nanning/"
MEETING = "/events/demonstration-meeting-what-we-promised-with-trade-tables/"
COOPERATION = [
    "/cooperation/",
    "/commitments/",
    *(f"/commitments/{number}/" for number in (2, 3, 4, 6, 7, 12)),
    "/agreements/",
    "/agreements/nanning-initiatives/",
    "/needs-and-offers/",
    *(f"/needs-and-offers/{key}/" for key in (2, 4, 5, 8, 10)),
    "/introductions/",
    "/introductions/1/",
    *(f"/cities/nanning/{part}/" for part in ("results", "with/surat-thani", "ties")),
    "/reports/",
    "/events/",
    "/events/global-mayors-dialogue-nanning/",
    MEETING,
    *(f"{MEETING}tables/{rest}" for rest in ("", "1/", "1/print/")),
    "/calendar/",
    "/stories/",
    "/stories/new/",
]
OF_OFFICERS = [
    "/desk/",
    "/commitments/new/",
    "/commitments/from-a-declaration/",
    *(f"/commitments/1/{part}/" for part in ("report", "change", "drop")),
    "/commitments/4/confirm/",
    "/agreements/new/",
    "/needs-and-offers/new/",
    *(f"/needs-and-offers/new/?kind={kind}&direction=need" for kind in ("trade", "tourism", "culture", "know_how")),
    "/introductions/new/",
    "/introductions/2/answer/",
    "/desk/events/new/",
    *(f"{MEETING}{part}/" for part in ("agenda", "participants", "outcomes", "tables/new")),
]
PAGES = [
    HOME,
    "/dialogues/",
    f"/dialogues/{DIALOGUE}/",
    f"/dialogues/{DIALOGUE}/results/",
    f"/dialogues/{ANSWERED}/results/",
    f"/dialogues/{DIALOGUE}/back/",
    "/cities/",
    CITY,
    "/about-the-data/",
    "/help/",
    "/languages/",
    "/search/?q=water",
    "/accounts/login/",
    "/nowhere/",
    *COOPERATION,
]
OF_PARTICIPANTS = [f"/dialogues/{DIALOGUE}/{part}/" for part in ("vote", "write", "mine", "me", "leave", "pause")]

CUT = """(narrow) => {
  const found = [];
  for (const each of document.body.querySelectorAll(
    'a, button, .button, summary, label, legend, th, dt, dd, h1, h2, h3, p, li, .state')) {
    const place = each.getBoundingClientRect();
    if (!place.width || !place.height || each.closest('.visually-hidden, .scroll, svg, .skip')) continue;
    const style = getComputedStyle(each);
    const hidden = style.overflowX !== 'visible' && each.scrollWidth > each.clientWidth + 1;
    const low = style.overflowY !== 'visible' && each.scrollHeight > each.clientHeight + 1;
    const outside = place.right > narrow + 1 || place.left < -1;
    if (hidden || low || outside) found.push(each.tagName + ': ' + each.textContent.trim().slice(0, 80));
  }
  return found;
}"""
"""Labels that are cut off or lie beyond the screen. Wide tables may be scrolled by themselves."""

ESCAPED = """([begin, end, named]) => {
  const found = [];
  let depth = 0;
  const read = (text, where) => {
    let plain = '';
    for (const sign of text) {
      if (sign === begin) depth += 1;
      else if (sign === end) depth -= 1;
      else if (!depth) plain += sign;
    }
    if (/\\p{L}{2}/u.test(plain)) found.push([where, plain.trim()]);
  };
  const walk = (node) => {
    if (node.nodeType === Node.TEXT_NODE) return read(node.data, node.parentElement.tagName);
    if (node.nodeType !== Node.ELEMENT_NODE || node.matches('script, noscript, svg, template, code, .code')) return;
    if (node.matches('select') && named.includes(node.name)) return;
    if (node !== document.body && node.matches('[dir=auto], [lang]')) return;
    for (const name of ['title', 'aria-label', 'placeholder', 'alt']) {
      const before = depth;
      depth = 0;
      read(node.getAttribute(name) || '', name);
      depth = before;
    }
    node.childNodes.forEach(walk);
  };
  walk(document.body);
  return found;
}"""
"""Words outside brackets, seen or heard. People's words and names are marked by `dir` or `lang`: they are not ours."""

NAMED = ["agreement", "concepts", "dialogue", "event", "posting", "timezone", "topics"]
"""Choices that are titles of what people wrote, names of places, or words of a vocabulary with its own labels."""
ADDRESS = re.compile(r"https?://\S+|\b[\w-]+(?:\.[\w-]+)+\b")
ENGLISH = Locale("en")
NAMES = {
    *("Intercity", "GeoNames", "Wikidata", "UN/LOCODE", "ZIP", "JSON", "UTC", "Asia/Shanghai", "CC BY"),
    *("AM", "PM", "kB", "MB"),
    *(str(name) for names in (ENGLISH.languages, ENGLISH.territories) for name in names.values()),
    *(str(name) for width in ("wide", "abbreviated") for name in ENGLISH.months["format"][width].values()),
    *(language_name(code) for code in read("network")["languages"]),
    *(facts["name"] for facts in read("cities")),
    read("network")["name"],
}
"""Names of things, places and formats, and of languages, countries and months, which come from the locale data."""


def _is_ours(words: str) -> bool:
    """Whether there is a word beside addresses and names."""
    for name in sorted(NAMES, key=len, reverse=True):
        words = words.replace(name, "")
    return any(sign.isalpha() for sign in ADDRESS.sub("", words))


@dataclass
class Pseudo(Installation):
    """An installation that speaks the pseudo-language."""

    words: Path = Path()

    @property
    def environment(self) -> dict[str, str]:
        """What its processes are told."""
        own = {"DJANGO_SETTINGS_MODULE": "tests.journeys.pseudo_settings", "PSEUDO_LOCALE": str(self.words)}
        return {**super().environment, **own}


@pytest.fixture(scope="module")
def demonstration(tmp_path_factory: pytest.TempPathFactory, demonstration: Demonstration) -> Iterator[Demonstration]:
    """The demonstration network, in the pseudo-language."""
    folder = tmp_path_factory.mktemp("pseudo")
    pseudo.write(folder)
    found = Demonstration(Pseudo(demonstration.installation.folder, words=folder), demonstration.passwords)
    found.installation.serve()
    yield found
    found.installation.stop()


def _look(page: Page, path: str) -> list[str]:
    """What is wrong with a page."""
    page.goto(path)
    page.evaluate(UNFOLD)
    said: list[tuple[str, str]] = page.evaluate(ESCAPED, [pseudo.BEGIN, pseudo.END, NAMED])
    escaped = [f"{where}: {words}" for where, words in said if _is_ours(words)]
    page.locator("details.languages").first.evaluate("(each) => { each.open = false; }")
    width = page.evaluate("() => document.documentElement.scrollWidth")
    wide = [f"{width} wide"] if width > NARROW else []
    return [f"{path} {fault}" for fault in (*wide, *escaped, *page.evaluate(CUT, NARROW))]


def test_a_pseudo_message_is_long_and_keeps_its_places() -> None:
    said = pseudo.pseudo("Answer promised for <b>%(day)s</b>.")
    assert said == "⟦Ààñšwéér pröömîîšééd föör <b>%(day)s</b>. lôôñg⟧"
    assert pseudo.pseudo("UTC") == "⟦ÛûTÇ lôôñg⟧"


def test_what_is_wrong_would_be_found(visit: Visit) -> None:
    page = visit(size={"width": NARROW, "height": 640})
    page.set_content("<p>⟦Fîñé⟧ bare <b aria-label='bare'>⟦ñö⟧</b> <span dir=auto>Ana</span> 12</p><p>⟦Fîñé⟧</p>")
    assert page.evaluate(ESCAPED, [pseudo.BEGIN, pseudo.END, NAMED]) == [["P", "bare"], ["aria-label", "bare"]]
    page.set_content("<button style='width:40px;overflow:hidden;white-space:nowrap'>Agree with it</button><p>Fine</p>")
    assert page.evaluate(CUT, NARROW) == ["BUTTON: Agree with it"]


def test_what_everybody_reads(visit: Visit) -> None:
    page = visit(size={"width": NARROW, "height": 640})
    found = [fault for path in PAGES for fault in _look(page, path)]
    assert not found, "\n".join(found)


def test_taking_part(visit: Visit) -> None:
    page = visit(size={"width": NARROW, "height": 640})
    page.goto(f"/dialogues/{DIALOGUE}/join/")
    found = _look(page, f"/dialogues/{DIALOGUE}/join/")
    page.locator("main form button.primary").click()
    page.locator("#statement").wait_for()
    found += [fault for path in OF_PARTICIPANTS for fault in _look(page, path)]
    assert not found, "\n".join(found)


def test_what_an_officer_writes(visit: Visit, demonstration: Demonstration) -> None:
    page = visit(size={"width": NARROW, "height": 640})
    _sign_in(page, demonstration)
    found = [fault for path in OF_OFFICERS for fault in _look(page, path)]
    assert not found, "\n".join(found)


def _sign_in(page: Page, demonstration: Demonstration) -> None:
    """As an officer; buttons have other words here."""
    page.goto("/accounts/login/")
    page.evaluate(UNFOLD)
    form = page.locator("form[action='/accounts/login/']")
    form.locator("[name=login]").fill("officer@demo.example")
    form.locator("[name=password]").fill(demonstration.passwords["officer"])
    form.locator("button").click()
    page.locator("form[action='/accounts/logout/']").wait_for()
