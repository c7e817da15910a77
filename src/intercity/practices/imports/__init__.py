"""Files that come in, read into rows and nothing more: what may be brought in is decided by the actions."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from typing import Final

from django.utils.translation import gettext as _

from intercity.practices.imports.book import MOST_BYTES, Book, Row, book_of, unreadable
from intercity.practices.imports.reinherit import read_reinherit
from intercity.practices.imports.spreadsheet import read_spreadsheet
from intercity.practices.imports.tables import read_csv, read_package

Names = Mapping[str, Collection[str]]
"""The columns of each table that is read."""

READERS: Final[Mapping[str, Callable[[bytes, str, Names], Book]]] = {
    "csv": read_csv,
    "txt": read_csv,
    "zip": read_package,
    "xlsx": read_spreadsheet,
    "json": read_reinherit,
}
"""By the end of a file's name."""


def read_book(content: bytes, name: str, tables: Names) -> Book:
    """The rows of a file; RefusedError says what came, what is allowed and what to do."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in READERS:
        raise unreadable(
            _("“%(name)s” is no file that can be read here. Its name must end in %(endings)s.")
            % {"name": name[-60:], "endings": ", ".join(f".{one}" for one in READERS if one != "txt")}
        )
    if len(content) > MOST_BYTES:
        raise unreadable(
            _("The file has more than %(most)d MB. Divide it, and send the parts.") % {"most": MOST_BYTES // 1024**2}
        )
    if not content.strip():
        raise unreadable(_("The file is empty. Fill it in, and send it again."))
    book = READERS[ending](content, name, tables)
    if not book.rows("practices"):
        raise unreadable(
            _("There is no practice in the file. Take the template from this page, or a file that was exported here.")
        )
    return book


__all__ = ["MOST_BYTES", "Book", "Row", "book_of", "read_book"]
