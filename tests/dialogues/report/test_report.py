"""Reports: what they say, in which order, safely, in any script and on any screen."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import numpy as np
import pytest
import wcwidth

from intercity.core.opinion import Parameters, gather
from intercity.dialogues.imports import Conversation
from intercity.dialogues.imports.conversation import Statement
from intercity.dialogues.report import Report, print_report, report_on, write_page
from intercity.dialogues.report.opinion_map import HEIGHT, WIDTH, draw
from intercity.dialogues.report.page import render_page
from intercity.dialogues.report.words import at_least, number, percent, place
from intercity.dialogues.results import compute_result
from intercity.dialogues.simulation import simulated_dialogue

FEW = Parameters(resamples=4)
TEXTS = (
    "<script>alert(1)</script>",
    "ທຸກບ້ານຄວນມີນ້ຳສະອາດ ແລະ ລົດເມຄວນມາຕົງເວລາທຸກມື້ເພື່ອໃຫ້ຄົນໄປເຮັດວຽກໄດ້",
    "城市应该在夜间提供更多的公共交通服务以便工人回家而且票价应该便宜",
    "يجب أن تعمل الحافلات حتى منتصف الليل",
    "one\nword\x1b[31m \"quoted\" & 'more'",
)


@pytest.fixture(scope="module")
def dialogue() -> Conversation:
    made = simulated_dialogue(people=300)
    worded = tuple(
        replace(statement, text=TEXTS[int(statement.id) % len(TEXTS)] + " <script>x</script>")
        for statement in made.statements
    )
    return replace(made, statements=worded, topic="<b>Streets</b> & squares", attribution="© <i>Somebody</i>")


@pytest.fixture(scope="module")
def report(dialogue: Conversation) -> Report:
    return report_on(compute_result(dialogue, parameters=FEW).document)


class _Page(HTMLParser):
    """What a page is made of."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.open: list[str] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        if tag not in {"meta", "link"}:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def test_sections_come_in_the_order_of_what_matters(report: Report) -> None:
    assert [section.anchor for section in report.sections] == [
        "common-ground", "slate", "groups", "cities", "certainty",
    ]  # fmt: skip


def test_nothing_that_people_wrote_becomes_part_of_the_page(report: Report) -> None:
    page = render_page(report)
    found = _Page(page)
    assert not found.open
    assert "script" not in found.tags
    assert "&lt;script&gt;x&lt;/script&gt;" in page
    assert "<b>Streets" not in page
    assert "<i>Somebody" not in page


def test_the_page_stands_by_itself(report: Report) -> None:
    found = _Page(render_page(report))
    assert not {"script", "link", "img", "iframe"} & set(found.tags)
    fetched = [value for name, value in found.attributes if name in {"src", "srcset", "data"}]
    assert not fetched
    assert all((value or "").startswith("#") for name, value in found.attributes if name == "href")
    assert "url(" not in render_page(report)


def test_peoples_words_say_that_their_language_is_not_known_and_find_their_direction(report: Report) -> None:
    page = render_page(report)
    assert page.count('<p class="statement" lang="" dir="auto">') == sum(
        len(section.lines) + sum(len(part.lines) for part in section.parts) for section in report.sections
    )


def test_a_simulation_says_so_first(report: Report) -> None:
    page, text = render_page(report), print_report(report)
    assert page.index("made up by a program") < page.index("Common ground")
    assert text.index("SIMULATED") < text.index("Common ground")


@pytest.mark.parametrize("width", [20, 40, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int, report: Report) -> None:
    allowed = min(max(width, 40), 100)
    for line in print_report(report, width=width).splitlines():
        if not re.search(r"[█·]|[0-9a-f]{40}", line):
            assert wcwidth.wcswidth(line) <= allowed, line


def test_control_signs_never_reach_the_terminal(report: Report) -> None:
    text = print_report(report)
    assert all(sign.isprintable() or sign == "\n" for sign in text)


def test_the_map_and_its_table_say_the_same(report: Report) -> None:
    page = render_page(report)
    assert '<svg class="map"' in page
    drawing = draw(report.gatherings, [group.name for group in report.groups])
    for group in report.groups:
        people = sum(sign.people for sign in drawing.signs if sign.group == group.name)
        assert number(people) == group.people
    assert len({sign.shape for sign in drawing.signs}) == len(report.groups)


def test_all_signs_stand_inside_the_drawing(report: Report) -> None:
    drawing = draw(report.gatherings, [group.name for group in report.groups])
    for sign in drawing.signs:
        assert sign.size <= sign.x <= WIDTH - sign.size
        assert sign.size <= sign.y <= HEIGHT - sign.size


def test_a_map_of_one_place_and_a_map_of_nobody_can_be_drawn() -> None:
    one = draw([{"group": "A", "people": 9, "x": 0.5, "y": 0.5}], ["A"])
    assert (one.signs[0].x, one.signs[0].y) == (WIDTH / 2, HEIGHT / 2)
    assert not draw([], [])


def _tiny(rows: list[tuple[int, int, int]], topic: str = "Tiny") -> Conversation:
    votes = gather(*(np.array([row[part] for row in rows], dtype=int) for part in range(3)))
    people = tuple(str(number) for number in range(votes.participants))
    statements = tuple(Statement(str(number), "") for number in range(votes.statements))
    return Conversation(topic, "", "", statements, people, votes, np.full(len(votes), np.nan))


@pytest.mark.parametrize("recipe", ["intercity", "polis"])
@pytest.mark.parametrize("rows", [[], [(0, 0, 1)], [(0, 0, 1), (0, 1, -1), (1, 0, 1)]])
def test_there_is_a_report_even_where_there_is_nothing_to_say(
    recipe: str, rows: list[tuple[int, int, int]], tmp_path: Path
) -> None:
    document = compute_result(_tiny(rows), recipe=recipe, parameters=FEW).document
    found = report_on(document)
    assert "Tiny" in print_report(found)
    write_page(found, tmp_path / "r.html")
    assert not _Page((tmp_path / "r.html").read_text(encoding="utf-8")).open
    if recipe == "intercity":
        assert found.warnings


def test_a_statement_without_words_is_called_by_its_number() -> None:
    rows = [(person, 0, 1) for person in range(40)] + [(person, 1, person % 2) for person in range(40)]
    text = print_report(report_on(compute_result(_tiny(rows), parameters=FEW).document))
    assert "#0" in text


def test_shares_are_rounded_and_lower_bounds_rounded_down() -> None:
    assert percent(0.5286) == "53%"
    assert percent(None) == "not known"
    assert at_least(0.509) == "50%"
    assert at_least(None) == "not known"
    assert number(1234567.6) == "1,234,568"


@pytest.mark.parametrize(
    ("x", "y", "words"),
    [
        (3, 1, "right"),
        (-3, 1, "left"),
        (1, 3, "top"),
        (0.1, -3, "bottom"),
        (1, 1, "top right"),
        (-1, -1, "bottom left"),
    ],
)
def test_places_have_names(x: float, y: float, words: str) -> None:
    assert place(x, y) == words


def test_differences_between_cities_are_told_with_their_intervals(dialogue: Conversation) -> None:
    assert dialogue.city is not None
    value = dialogue.votes.value.copy()
    who = dialogue.votes.participant()
    first = dialogue.votes.statement == 3
    largest = int(np.bincount(dialogue.city).argmax())
    value[first] = np.where(dialogue.city[who[first]] == largest, 1, -1)
    divided = replace(dialogue, votes=replace(dialogue.votes, value=value))
    report = report_on(compute_result(divided, parameters=FEW).document)
    cities = next(section for section in report.sections if section.anchor == "cities")
    assert cities.lines[0].id == "3"
    assert dialogue.cities[largest] in cities.lines[0].said
    assert re.fullmatch(r"\d+% \(\d+% to \d+%\)", cities.lines[0].bars[0].said)
