"""A workbook in which a city that only has a spreadsheet tells one practice, and sends it back to be brought in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any, Final

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from intercity.practices import vocabulary
from intercity.practices.exports.columns import COSTS, PARTNERS, PRACTICES, RESULTS, label
from intercity.practices.exports.schema import GAP, Column, Table
from intercity.practices.models import (
    UNKNOWABLE,
    Confidence,
    CostKind,
    Method,
    PartnerRole,
    PracticeField,
    PracticeStatus,
    Scale,
)
from intercity.practices.models.versions import label_of

GREY, BOLD = Font(color="595959"), Font(bold=True)
ANSWER: Final = PatternFill("solid", fgColor="FFF9E0")
WRAPPED: Final = Alignment(wrap_text=True, vertical="top")
TEXT: Final = "@"
"""Cells hold text: a spreadsheet would make a day of “2021-05”, which nobody said."""
LEFT_OUT: Final = frozenset(
    {
        "slug",
        "other_languages",
        "provenance",
        "retrieved_on",
        "status_confirmed_on",
        "status_confirmed_by",
        "geonames_id",
    }
)
SEVERAL: Final = 3
"""Rows in which several things of a list are chosen, one in each."""
ROOM: Final = 30
"""Rows with drop-downs in the sheets of costs and results."""
LISTS: Final = "lists"

Choices = Sequence[tuple[str, Any]]


def template(cities: Choices, languages: Choices, reader: str, *, hints: Mapping[str, Any] | None = None) -> bytes:
    """The workbook in the reader's language: how to fill it in, a row per field, costs, results, partners.

    `cities` and `languages` are what can be chosen there: code and name. `hints` say what to write under a heading.
    """
    workbook = Workbook()
    offered = _offered(cities, languages, reader)
    _how_to(workbook.active)
    places = _lists(workbook, offered)
    _form(workbook.create_sheet("practice"), places, hints or {})
    for table in (COSTS, RESULTS, PARTNERS):
        _table(workbook.create_sheet(table.name), table, places)
    workbook.move_sheet(LISTS, offset=len(workbook.sheetnames))
    workbook.properties.title = _("A practice")
    workbook.properties.creator = "Intercity"
    file = BytesIO()
    workbook.save(file)
    return file.getvalue()


def _offered(cities: Choices, languages: Choices, reader: str) -> dict[str, Choices]:
    """What can be chosen in each column: code and words."""
    concepts = vocabulary.concepts().values()
    return {
        "city": cities,
        "language": languages,
        "status": PracticeStatus.choices,
        "scale": Scale.choices,
        "funding": vocabulary.FUNDING.choices,
        "concepts": [(one.id, one.label(reader)) for one in concepts if one.broader],
        "targets": [(one.code, one.text) for one in vocabulary.TARGETS.values()],
        "cofog": vocabulary.COFOG.choices,
        "focus_area": vocabulary.FOCUS_AREAS.choices,
        "groups": vocabulary.GROUPS.choices,
        "unknown": [(name, _named(name)) for name in UNKNOWABLE],
        "kind": CostKind.choices,
        "confidence": Confidence.choices,
        "method": Method.choices,
        "role": PartnerRole.choices,
    }


def _named(name: str) -> str:
    """What people call something that may be not known: a heading, a fact, or a sheet."""
    return label_of(f"words.{name}" if name in PracticeField.values else name)


def _how_to(sheet: Any) -> None:
    sheet.title = "how to"
    lines = (
        _("How to fill this in"),
        _(
            "1. Write on the sheet “practice”, in the yellow cells, in your own language. What you do not know stays "
            "empty."
        ),
        _("2. Where there is a list, choose from it. Where a field has several rows, choose one thing in each."),
        _(
            "3. Write what it cost on the sheet “costs” and what came of it on the sheet “results”: one number in "
            "each row, with who says so, where it is written and when it was said."
        ),
        _(
            "4. If a cost or a result is not known, choose it under “unknown” on the sheet “practice”. That is better "
            "than a guess."
        ),
        _("5. Say what was difficult. Every practice had difficulties, and others learn most from them."),
        _("6. Do not change the first column or the names of the sheets: the computer finds the fields by them."),
        _("7. Save the file as .xlsx and send it on the page “Bring in practices”, or to the secretariat."),
        _("Nothing is public before you have looked at it on the page and published it."),
    )
    sheet.column_dimensions["A"].width = 100
    for number, line in enumerate(lines, 1):
        found = sheet.cell(number, 1, line)
        found.alignment = WRAPPED
        found.font = BOLD if number == 1 else Font()


def _lists(workbook: Workbook, offered: Mapping[str, Choices]) -> dict[str, str]:
    """A hidden sheet with what can be chosen, since a list in a cell may have 255 characters; ranges by column."""
    sheet = workbook.create_sheet(LISTS)
    sheet.sheet_state = "hidden"
    ranges = {}
    for number, (name, choices) in enumerate(offered.items(), 1):
        letter = get_column_letter(number)
        for row, (code, words) in enumerate(choices, 1):
            sheet.cell(row, number, f"{code}{GAP}{words}" if str(words) else str(code)).number_format = TEXT
        if choices:
            ranges[name] = f"{LISTS}!${letter}$1:${letter}${len(choices)}"
    return ranges


def _form(sheet: Any, lists: Mapping[str, str], hints: Mapping[str, Any]) -> None:
    """Name of the column, what it is called, the answer, and in grey what helps to write it."""
    sheet.append(["field", _("What is asked"), _("Your answer"), _("Help")])
    for letter, width in zip("ABCD", (18, 34, 70, 60), strict=True):
        sheet.column_dimensions[letter].width = width
        sheet[f"{letter}1"].font = BOLD
    sheet.freeze_panes = "C2"
    for column in PRACTICES.columns:
        if column.name in LEFT_OUT or column.is_computed:
            continue
        for number in range(SEVERAL if column.is_list else 1):
            row = sheet.max_row + 1
            cells = [column.name, label(PRACTICES, column), "", "" if number else _help(column, hints)]
            for place, value in enumerate(cells, 1):
                found = sheet.cell(row, place, value or None)
                found.alignment = WRAPPED
                found.font = BOLD if place == 2 else GREY if place != 3 else Font()
            _open(sheet, f"C{row}", lists.get(column.name))


def _help(column: Column, hints: Mapping[str, Any]) -> str:
    example = _("For example: %(example)s") % {"example": column.example} if column.example else ""
    return " ".join(filter(None, (str(hints.get(column.name, "")), example)))


def _table(sheet: Any, table: Table, lists: Mapping[str, str]) -> None:
    """Names of the columns, what they are called, an example in grey, and room below."""
    columns = [one for one in table.columns if one.name not in {"practice", "adopted_by"}]
    # Translators: stands before a row that shows what could be written.
    rows = (
        ["row", *(one.name for one in columns)],
        [_("name"), *(label(table, one) for one in columns)],
        [_("example"), *(one.example for one in columns)],
    )
    for number, row in enumerate(rows, 1):
        for place, value in enumerate(row, 1):
            found = sheet.cell(number, place, value)
            found.font, found.alignment, found.number_format = (BOLD if number == 2 else GREY), WRAPPED, TEXT
    sheet.freeze_panes = "B4"
    for place, column in enumerate(columns, 2):
        letter = get_column_letter(place)
        sheet.column_dimensions[letter].width = 24
        _open(sheet, f"{letter}4:{letter}{3 + ROOM}", lists.get(column.name))


def _open(sheet: Any, cells: str, choices: str | None) -> None:
    """Cells that are filled in: yellow, text, with a list where one is chosen from."""
    for row in sheet[cells] if ":" in cells else ((sheet[cells],),):
        for found in row:
            found.number_format, found.fill, found.alignment = TEXT, ANSWER, WRAPPED
    if choices:
        validation = DataValidation(type="list", formula1=choices, allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(validation)
        validation.add(cells)
