"""Pages of the ReInHerit Digital Hub become drafts that say what the pages say, and no more."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from intercity.accounts.models import Person
from intercity.practices.actions import bringing
from intercity.practices.actions.bringing import bring
from intercity.practices.imports.reinherit import country_of, plain_text, when
from intercity.practices.models import Provenance
from intercity.refusals import RefusedError

PAGE = """---
title: "A museum without walls"
desc: Schools borrow
  things.
target-audience:
  - PROFESSIONAL
  - VISITOR
license: CC BY 2.0
orgbestpractice: Museum of Somewhere
locationbestpractice: Nicosia, Cyprus
timebestpractice: January 2022 - December 2023
resourcesbestpractice: Two people.
successbestpractice: Many schools liked it.
challengesbestpractice: •	Boxes broke.
transferbestpractice: n/a
urlsbestpractice: https://example.org/museum
urlsbestpracticeTwo: " "
---
`youtube: https://www.youtube.com/watch?v=a`

## How
Boxes go to [schools](https://example.org).\\
\\
**Everybody** may touch.
"""


def pages(*texts: str) -> bytes:
    return json.dumps([{"file": f"a/{number}.md", "text": text} for number, text in enumerate(texts)]).encode()


def test_a_page_becomes_a_draft_that_says_what_it_says(ana: Person) -> None:
    [one] = bring(ana, bringing.read(pages(PAGE), "pages.json"), keep=True)
    assert one.faults == ()
    practice = one.practice
    assert practice is not None
    told = {words.field: words.text.body for words in practice.words.select_related("text")}
    assert told == {
        "title": "A museum without walls",
        "summary": "Schools borrow things.",
        "solution": "How\nBoxes go to schools (https://example.org).\n\nEverybody may touch.\n\n"
        "Many schools liked it.",
        "staff": "Two people.",
        "difficulties": "• Boxes broke.",
    }
    assert (practice.place, practice.country, practice.licence) == ("Nicosia, Cyprus", "CY", "CC-BY-2.0")
    assert (practice.started, practice.ended, practice.groups) == ("2022-01", "2023-12", ["visitors"])
    assert practice.provenance == Provenance.IMPORT
    assert practice.source == "ReInHerit Digital Hub; 0.md; https://example.org/museum"
    assert practice.unknown == ["costs", "results"]
    assert not practice.results.exists()
    assert len(one.missing) == 1


def test_pages_without_a_head_are_named_and_others_are_read(ana: Person) -> None:
    book = bringing.read(pages("no head", PAGE, "---\na: [\n---\n", "---\n- a\n---\n"), "pages.json")
    assert len(book.rows("practices")) == 1
    assert [note[:6] for note in book.notes] == ["Page 1", "Page 3", "Page 4"]


@pytest.mark.parametrize("content", [b"[", b"{}", b'[{"file": 1}]', b"[" * 10_000, pages("nothing")])
def test_other_json_is_refused(content: bytes) -> None:
    with pytest.raises(RefusedError):
        bringing.read(content, "pages.json")


@pytest.mark.parametrize(
    ("told", "began", "ended", "status"),
    [
        ("2015 ongoing", "2015", "", "running"),
        ("2019 - Ongoing", "2019", "", "running"),
        ("2016-2020", "2016", "2020", ""),
        ("01.07.2020 - 31.12.2022", "2020-07-01", "2022-12-31", ""),
        ("2020", "2020", "", ""),
    ],
)
def test_times_that_leave_no_doubt_are_read(told: str, began: str, ended: str, status: str) -> None:
    assert when(told) == {"started": began, "ended": ended, "status": status}


@pytest.mark.parametrize(
    "told", ["1 week", "Spring 2022 - Winter 2022", "99.99.2020 - 2021", "Ongoing", "", "2016-Foo 2020"]
)
def test_other_times_are_not_guessed(told: str) -> None:
    assert when(told) == {}


def test_a_country_is_that_of_one_place() -> None:
    assert [country_of(one) for one in ("Cork, Republic of Ireland", "Greece, Italy", "Brussels")] == ["IE", "", ""]


def test_markdown_becomes_words() -> None:
    assert plain_text("# A\n\n![b](c)\n\n* one_two_three\n* *d*") == "A\n\n* one_two_three\n* d"


def test_all_pages_of_the_hub_become_drafts(ana: Person, shared_data: Callable[[str], Path]) -> None:
    content = shared_data("practices/reinherit_bestpractices_CC-BY-2.0.json").read_bytes()
    book = bringing.read(content, "reinherit.json")
    found = bring(ana, book, keep=True)
    assert (len(found), [fault for one in found for fault in one.faults]) == (73, [])
    assert all("was cut to" in note for note in book.notes)
    good = [one.practice for one in found if one.practice is not None]
    assert len(good) == 73
    assert {one.licence for one in good} == {"CC-BY-2.0"}
    assert all(one.evidence == 0 and one.source and one.place for one in good)
    for one in found:
        assert one.practice is None or one.missing


def test_what_is_too_long_is_cut_between_words_and_told(ana: Person) -> None:
    book = bringing.read(pages(PAGE.replace("A museum without walls", "long word " * 14)), "pages.json")
    [one] = bring(ana, book, keep=False)
    assert one.faults == ()
    assert one.title == "long word " * 11 + "long…"
    assert "“title” has 139 characters" in book.notes[0]
