"""PO, the format of gettext, which Poedit, Weblate, OmegaT and most others read: rows into a file and back.

A translation that awaits review is "fuzzy", so that a file that nobody touched says that nobody looked at it.
"""

from __future__ import annotations

import re
from io import BytesIO

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import PoFileError, PoFileParser, write_po
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.languages.exchange.rows import Row, Sheet, Stage, standard_code
from intercity.refusals import RefusedError

MARK = "intercity-mark: "


def po_file(sheet: Sheet, title: str) -> bytes:
    """The rows as a PO file, in UTF-8. Lines are not wrapped: that cuts Thai, Lao or Khmer anywhere."""
    catalog = _Written(standard_code(sheet.language).replace("-", "_"), title)
    for row in sheet.rows:
        message = Message(
            row.source,
            row.target,
            locations=[(row.address, None)] if row.address else [],  # type: ignore[list-item]  # as Babel reads them
            flags={"fuzzy"} if row.target and row.stage != Stage.REVIEWED else set(),
            auto_comments=[*(" ".join(note.split()) for note in row.notes), MARK + row.mark],
            context=row.key,
        )
        message.flags -= {"python-format", "python-brace-format"}  # "100 % sure" is no placeholder
        catalog[row.source] = message
    file = BytesIO()
    write_po(file, catalog, width=0)
    return file.getvalue()


def read_po_file(content: bytes) -> Sheet:
    """The rows of a PO file; RefusedError where it is none."""
    try:
        content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RefusedError(
            _("The file is not in UTF-8: byte %(number)d is none of it. Save it as UTF-8 and send it again.")
            % {"number": error.start + 1},
            "file",
        ) from error
    catalog = _Rows()
    try:
        PoFileParser(catalog, ignore_obsolete=True, abort_invalid=True).parse(
            BytesIO(content.removeprefix(b"\xef\xbb\xbf"))
        )
    except PoFileError as error:
        raise RefusedError(
            _("The file is not PO, or it is damaged at line %(number)d.") % {"number": error.lineno + 1}, "file"
        ) from error
    except (ValueError, IndexError, AttributeError, TypeError) as error:  # Babel's, where lines stand out of order
        raise RefusedError(_("The file is not PO, or it is damaged. Download it anew."), "file") from error
    header = catalog.header()
    charset = re.search(r"charset=([\w-]+)", header.get("content-type", ""))
    if charset and charset[1].lower() not in {"utf-8", "utf8", "us-ascii", "ascii", "charset"}:
        raise RefusedError(
            _("The file says that it is in %(came)s. Save it as UTF-8 and send it again.") % {"came": charset[1]},
            "file",
        )
    return Sheet(header.get("language", ""), tuple(_row(message) for message in catalog.read))


class _Written(Catalog):
    """With our header: Babel's own holds places for names and addresses of people."""

    def __init__(self, language: str, title: str) -> None:
        super().__init__(header_comment=f"# {title}", charset="utf-8", fuzzy=False)
        self.language, self.title = language, title

    @property
    def mime_headers(self) -> list[tuple[str, str]]:
        """What every program needs to know of a file."""
        now = f"{timezone.now():%Y-%m-%d %H:%M}+0000"
        return [
            ("Project-Id-Version", self.title),
            ("POT-Creation-Date", now),
            ("PO-Revision-Date", now),
            ("Last-Translator", ""),
            ("Language-Team", ""),
            ("Language", self.language),
            ("MIME-Version", "1.0"),
            ("Content-Type", "text/plain; charset=UTF-8"),
            ("Content-Transfer-Encoding", "8bit"),
        ]


class _Rows(Catalog):
    """Every message in the order of the file, those that stand twice and the header among them."""

    num_plurals = 6  # whatever the header says: a thousand million need not be made

    def __init__(self) -> None:
        super().__init__(charset="utf-8")
        self.read: list[Message] = []
        self.head = ""

    def __setitem__(self, key: object, message: Message) -> None:
        if not message.id and message.context is None:
            self.head = str(message.string)
        else:
            self.read.append(message)

    def header(self) -> dict[str, str]:
        """Its lines by their names, in small letters."""
        lines = [line.partition(":") for line in self.head.splitlines()]
        return {name.strip().lower(): value.strip() for name, _colon, value in lines}


def _row(message: Message) -> Row:
    is_plural = not isinstance(message.id, str) or not isinstance(message.string, str)
    marks = [note.removeprefix(MARK).strip() for note in message.auto_comments if note.startswith(MARK.strip())]
    return Row(
        key=message.context or "",
        source=message.id if isinstance(message.id, str) else "",
        target=message.string if isinstance(message.string, str) else "",
        stage=Stage.UNFINISHED if message.fuzzy else Stage.REVIEWED,
        mark=marks[0] if marks else "",
        place=_("line %(number)d") % {"number": message.lineno or 0},
        fault=_("has plural forms, which texts here do not have") if is_plural else "",
    )
