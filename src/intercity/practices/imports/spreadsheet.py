"""Workbooks: the template that a city filled in, and tables of ours as sheets."""

from __future__ import annotations

import warnings
from collections.abc import Collection, Iterator, Mapping
from datetime import date, datetime
from io import BytesIO
from typing import Any, Final
from xml.etree.ElementTree import ParseError
from zipfile import BadZipFile

from defusedxml.common import DefusedXmlException
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from intercity.practices.imports.book import MOST_COLUMNS, MOST_ROWS, Book, add_rows, unreadable
from intercity.practices.imports.tables import open_zip
from intercity.refusals import RefusedError

Names = Mapping[str, Collection[str]]

FORM: Final = "practice"
"""The sheet with a row per field; `practices` is one with a row per practice."""
SLUG: Final = "1"
"""How the one practice of a template is called until it has a title's address."""
MOST_EMPTY: Final = 200
"""After so many empty rows a sheet has ended: a formatted column has a million."""
ANSWER: Final = 2
"""The cell of the form in which the answer stands, counted from 0."""

Cells = list[tuple[int, list[str]]]


def read_spreadsheet(content: bytes, name: str, tables: Names) -> Book:
    """The sheets that we know; formulas count as the values that the spreadsheet computed."""
    book, sheets = Book(name), _sheets(content)
    if FORM in sheets:
        _read_form(book, sheets[FORM], tables["practices"])
    for table, known in tables.items():
        if table in sheets and sheets[table] and not (table == "practices" and FORM in sheets):
            _read_sheet(book, table, sheets[table], known, is_of_form=FORM in sheets)
    return book


def _sheets(content: bytes) -> dict[str, Cells]:
    """Rows with their numbers, by the name of the sheet."""
    try:
        open_zip(content).close()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of what openpyxl does not keep; we only read
            workbook = load_workbook(BytesIO(content), read_only=True, data_only=True, keep_links=False)
            return {sheet.title.strip().lower(): list(_rows(sheet)) for sheet in workbook.worksheets}
    except RefusedError:
        raise
    except (
        BadZipFile, InvalidFileException, DefusedXmlException, ParseError, KeyError, ValueError, TypeError, OSError,
        AttributeError, IndexError, EOFError, NotImplementedError, RuntimeError,
    ) as error:  # fmt: skip
        raise unreadable(
            _(
                "The workbook cannot be opened: it is damaged, or locked by a password. Save it again as .xlsx, and "
                "send it."
            )
        ) from error


def _rows(sheet: Any) -> Iterator[tuple[int, list[str]]]:
    empty = 0
    for number, row in enumerate(sheet.iter_rows(values_only=True, max_col=MOST_COLUMNS), 1):
        cells = [written(value) for value in row]
        empty = 0 if any(cells) else empty + 1
        if empty > MOST_EMPTY:
            return
        if number > MOST_ROWS + MOST_EMPTY:
            raise unreadable(
                _("The file has more than %(most)d rows. Divide it, and send the parts.") % {"most": MOST_ROWS}
            )
        if any(cells):
            yield number, cells


def written(value: Any) -> str:
    """A value of a cell as somebody would have written it."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return f"{value:.10f}".rstrip("0").rstrip(".")
    return str(value).strip()


def _read_form(book: Book, rows: Cells, known: Collection[str]) -> None:
    """The sheet of a template: a field in each row, first the name of its column, then what it is called, then the
    answer. Of a list there are several rows.
    """
    answers = [(line, values[0].strip().lower(), values[ANSWER]) for line, values in rows if len(values) > ANSWER]
    given = [(line, name, answer) for line, name, answer in answers if name and answer and name != "field"]
    if given:
        names, said = [name for _line, name, _answer in given], [answer for _line, _name, answer in given]
        add_rows(book, "practices", ["slug", *names], [(given[0][0], [SLUG, *said])], known)


def _read_sheet(book: Book, table: str, rows: Cells, known: Collection[str], *, is_of_form: bool) -> None:
    """A sheet whose first row names the columns. Of a template's, the rows that explain say so in the column `row`."""
    (_line, header), *lines = rows
    names = [one.strip().lower() for one in header]
    if names[:1] == ["row"]:
        names, lines = names[1:], [(line, values[1:]) for line, values in lines if not values[0]]
    if is_of_form and "practice" not in names:
        names, lines = ["practice", *names], [(line, [SLUG, *values]) for line, values in lines if any(values)]
    add_rows(book, table, names, lines, known)
