"""Our tables as CSV, alone or packed together: with commas, semicolons or tabs, as spreadsheets save them."""

from __future__ import annotations

import csv
from collections.abc import Collection, Iterator, Mapping
from io import BytesIO, StringIO
from typing import Final
from zipfile import BadZipFile, ZipFile

from django.utils.translation import gettext as _

from intercity.practices.imports.book import MOST_UNPACKED, Book, add_rows, unreadable
from intercity.practices.imports.encoding import decode
from intercity.refusals import RefusedError

DELIMITERS: Final = (",", ";", "\t")
LONGEST_CELL: Final = 200_000
MOST_FILES: Final = 60

Names = Mapping[str, Collection[str]]


def read_csv(content: bytes, name: str, tables: Names) -> Book:
    """One table, which its columns tell."""
    book = Book(name)
    header, lines = _lines(book, content)
    table = max(tables, key=lambda one: len(_names(header) & set(tables[one])))
    if len(_names(header) & set(tables[table])) < 2:
        raise unreadable(
            _("The first line must hold the names of the columns, such as %(names)s. This came: %(came)s.")
            % {"names": ", ".join(list(tables["practices"])[:6]), "came": ", ".join(header)[:200] or "–"}
        )
    add_rows(book, table, header, lines, tables[table])
    return book


def read_package(content: bytes, name: str, tables: Names) -> Book:
    """The ZIP that an export writes, unpacked or packed again: each table is found by the name of its file."""
    book = Book(name)
    for table, packed in unpacked(content, {f"{table}.csv": table for table in tables}):
        header, lines = _lines(book, packed)
        add_rows(book, table, header, lines, tables[table])
    return book


def unpacked(content: bytes, wanted: Mapping[str, str]) -> Iterator[tuple[str, bytes]]:
    """The wanted files of a ZIP; RefusedError for one that is none, or that unpacks to more than is allowed."""
    try:
        package = open_zip(content)
        for entry in package.infolist():
            table = wanted.get(entry.filename.replace("\\", "/").rpartition("/")[2].lower())
            if table is not None and not entry.filename.startswith("__MACOSX"):
                yield table, package.read(entry)
    except RefusedError:
        raise
    except (BadZipFile, NotImplementedError, RuntimeError, EOFError, OSError, ValueError) as error:
        raise unreadable(_("The file is damaged, or locked by a password. Save it again, and send it.")) from error


def open_zip(content: bytes) -> ZipFile:
    """A ZIP that does not unpack to more than is allowed, whatever it says of itself: reading stops at its word."""
    package = ZipFile(BytesIO(content))
    entries = package.infolist()
    if len(entries) > MOST_FILES or sum(one.file_size for one in entries) > MOST_UNPACKED:
        raise unreadable(
            _("The file unpacks to more than %(most)d MB. Divide it, and send the parts.")
            % {"most": MOST_UNPACKED // 1024**2}
        )
    return package


def _names(header: list[str]) -> set[str]:
    return {name.strip().lower() for name in header}


def _lines(book: Book, content: bytes) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The first line, and all others with their numbers."""
    text, note = decode(content)
    if note and note not in book.notes:
        book.notes.append(note)
    skipped = 0
    if text[:4].lower() == "sep=":  # what Excel writes and reads to say which delimiter it uses
        first, _end, text = text.partition("\n")
        delimiter, skipped = first.strip()[4:5] or "\t", 1
    else:
        first = text.partition("\n")[0]
        delimiter = max(DELIMITERS, key=lambda one: len(first.split(one)))
    if len(delimiter) != 1 or delimiter in '"\r\n':
        delimiter = ","
    csv.field_size_limit(max(csv.field_size_limit(), LONGEST_CELL))  # of the whole process: others may have raised it
    reader = csv.reader(StringIO(text, newline=""), delimiter=delimiter)
    try:
        header = next(reader, [])
        rows = [(reader.line_num + skipped, row) for row in reader if any(one.strip() for one in row)]
    except csv.Error as error:
        raise _cannot_be_read(reader.line_num + skipped) from error
    for line, row in rows:
        if any(len(cell) > LONGEST_CELL for cell in row):
            raise _cannot_be_read(line)
    return header, rows


def _cannot_be_read(line: int) -> RefusedError:
    return unreadable(
        _("Line %(line)d cannot be read. Look for a quotation mark that is opened and not closed.") % {"line": line}
    )
