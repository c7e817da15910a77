"""The workbook for cities that only have a spreadsheet: it can be filled in, sent, and comes out as a draft."""

from __future__ import annotations

import io
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from intercity.accounts.models import Person
from intercity.practices.actions import bringing
from intercity.practices.actions.bringing import Brought, bring
from intercity.practices.exports import template
from intercity.practices.exports.columns import PRACTICES
from intercity.practices.imports.spreadsheet import written
from intercity.practices.models import PracticeField
from intercity.refusals import RefusedError

CITIES = [("northport", "Northport"), ("eastbay", "Eastbay")]
LANGUAGES = [("en", "English"), ("km", "ខ្មែរ")]
ANSWERS = {
    "city": "northport · Northport",
    "language": "en · English",
    "title": "Night buses · three lines",
    "summary": "Buses run all night.",
    "problem": "Nurses walked home.",
    "solution": "=Three lines.",
    "difficulties": "Drivers were few.",
    "started": "2021-05",
    "status": "running · running",
    "posts": 2.5,
}
CLAIM = {"claimed_by": "Bus office", "source": "Report", "claimed_on": "2023"}


def fresh() -> Workbook:
    content = template(CITIES, LANGUAGES, "en", hints={"title": "Say it in one line."})
    return load_workbook(io.BytesIO(content))


def fill(book: Workbook, answers: dict[str, Any]) -> None:
    sheet = book["practice"]
    for row in sheet.iter_rows(min_row=2):
        if row[0].value in answers and not row[2].value:
            value = answers[row[0].value]
            row[2].value = value.pop(0) if isinstance(value, list) and value else value or None
            if isinstance(row[2].value, str):
                row[2].data_type = "s"


def add(book: Workbook, table: str, **cells: Any) -> None:
    sheet = book[table]
    names = [one.value for one in sheet[1]]
    number = next(row for row in range(4, 60) if not any(cell.value for cell in sheet[row]))
    for name, value in cells.items():
        sheet.cell(number, names.index(name) + 1, value)


def sent(person: Person, book: Workbook, *, keep: bool = True) -> Brought:
    file = io.BytesIO()
    book.save(file)
    [one] = bring(person, bringing.read(file.getvalue(), "Practice of Northport.XLSX"), keep=keep)
    return one


def test_a_filled_in_workbook_becomes_a_draft(bao: Person) -> None:
    book = fresh()
    fill(book, ANSWERS | {"concepts": ["night-transport · x", "flooding · Floods"], "funding": ["own · the city"]})
    add(book, "costs", kind="capital · once", amount=120000, currency="USD", year=2021, **CLAIM)
    add(book, "results", indicator="Nurses who walk", baseline=40, value="3", method="before_after", **CLAIM)
    add(book, "partners", name="Hospital", role="funder · paid")
    one = sent(bao, book, keep=False)
    assert [(fault.column, "night-transport" in fault.sentence) for fault in one.faults] == [("concepts", True)]
    book["practice"].cell(
        next(row[0].row for row in book["practice"].iter_rows() if row[0].value == "concepts"), 3
    ).value = None
    one = sent(bao, book)
    assert (one.faults, one.missing) == ((), ())
    practice = one.practice
    assert practice is not None
    assert (practice.city and practice.city.slug, str(practice.staff), practice.status) == (
        "northport",
        "2.5",
        "running",
    )
    assert (practice.concepts, practice.funding, practice.started) == (["flooding"], ["own"], "2021-05")
    told = {one.field: one.text.body for one in practice.words.select_related("text")}
    assert told["title"] == "Night buses · three lines"
    assert told["solution"] == "=Three lines."
    [cost], [result] = practice.costs.all(), practice.results.all()
    assert (str(cost.amount), cost.year, cost.kind) == ("120000.00", 2021, "capital")
    assert (result.baseline, result.value, result.method) == ("40", "3", "before_after")
    assert practice.partners.get().role == "funder"


def test_what_is_not_known_is_chosen(bao: Person) -> None:
    book = fresh()
    fill(book, ANSWERS | {"unknown": ["costs · costs", "results · results"]})
    one = sent(bao, book)
    assert (one.faults, one.missing) == ((), ())


def test_an_empty_workbook_holds_no_practice(bao: Person) -> None:
    with pytest.raises(RefusedError, match="no practice"):
        sent(bao, fresh())


def test_the_workbook_asks_for_every_heading_and_says_how() -> None:
    book = fresh()
    asked = [row[0].value for row in book["practice"].iter_rows(min_row=2)]
    assert set(PracticeField.values) <= set(asked)
    assert {name for name in asked if name} <= set(PRACTICES.names)
    helped = {row[0].value: str(row[3].value) for row in book["practice"].iter_rows(min_row=2)}
    assert "one line" in helped["title"]
    assert len(list(book["how to"].iter_rows())) > 5
    assert book["lists"].sheet_state == "hidden"
    lists = [one.formula1 for one in book["practice"].data_validations.dataValidation]
    assert any("lists!" in one for one in lists)
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if isinstance(cell.value, str)]
    assert not [cell for cell in cells if cell.data_type == "f"]


def test_cells_are_text_so_that_no_month_becomes_a_day() -> None:
    book = fresh()
    row = next(row for row in book["practice"].iter_rows() if row[0].value == "started")
    assert row[2].number_format == "@"


def test_tables_as_sheets_are_read(bao: Person) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Practices"
    for row in (["slug", "city", "language", "title", "unknown"], ["a", "northport", "en", "Night buses", "costs"]):
        sheet.append(row)
    results = book.create_sheet("results")
    results.append(["practice", "indicator", "value", *CLAIM])
    results.append(["a", "Nurses", 3, *CLAIM.values()])
    one = sent(bao, book)
    assert one.practice is not None
    assert one.practice.results.get().value == "3"


def test_values_of_cells_are_read_as_they_were_written() -> None:
    assert [written(one) for one in (0.1, 120000.0, 3, True, None, " a ")] == ["0.1", "120000", "3", "true", "", "a"]


def damaged() -> list[bytes]:
    file = io.BytesIO()
    fresh().save(file)
    empty, bomb, entities = io.BytesIO(), io.BytesIO(), io.BytesIO()
    with ZipFile(empty, "w") as zipped:
        zipped.writestr("a.txt", "nothing")
    with ZipFile(bomb, "w", 8) as zipped:
        zipped.writestr("xl/worksheets/sheet1.xml", " " * 40_000_000)
    with ZipFile(file) as whole, ZipFile(entities, "w") as zipped:
        for name in whole.namelist():
            content = whole.read(name)
            if name == "xl/workbook.xml":
                content = b'<!DOCTYPE a [<!ENTITY b "c">]>' + content.partition(b"?>")[2]
            zipped.writestr(name, content)
    return [
        file.getvalue()[:-200],
        empty.getvalue(),
        bomb.getvalue(),
        entities.getvalue(),
        b"\xd0\xcf\x11\xe0 an old .xls",
    ]


@pytest.mark.parametrize("number", range(5))
def test_damaged_and_dangerous_workbooks_are_refused(number: int) -> None:
    with pytest.raises(RefusedError) as refused:
        bringing.read(damaged()[number], "a.xlsx")
    assert refused.value.field == "file"
