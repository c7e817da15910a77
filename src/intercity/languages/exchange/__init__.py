"""Files for translators who work elsewhere, with their own programs: PO and XLIFF, both ways, without loss."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.languages.exchange.po import po_file, read_po_file
from intercity.languages.exchange.rows import MOST_BYTES, MOST_ROWS, Row, Sheet, Stage, key_of, mark_of, text_of
from intercity.languages.exchange.xliff import kept_in_xml, read_xliff_file, xliff_file
from intercity.refusals import RefusedError

FORMATS = (
    ("po", gettext_lazy("PO: for Poedit, Weblate and other free programs")),
    ("xliff", gettext_lazy("XLIFF: for translation offices")),
)
"""The formats in which texts are fetched, and for whom each is."""
WRITTEN: dict[str, tuple[Callable[[Sheet, str], bytes], str, str]] = {
    "po": (po_file, "po", "text/x-gettext-translation"),
    "xliff": (xliff_file, "xlf", "application/x-xliff+xml"),
}
READ = {"po": read_po_file, "xlf": read_xliff_file, "xliff": read_xliff_file}
"""By the end of a file's name."""


def read_file(content: bytes, name: str) -> Sheet:
    """The rows of a file that came back; RefusedError says what came, what is allowed and what to do."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    if ending not in READ:
        raise RefusedError(
            _("“%(name)s” is no file that can be read here. Its name must end in %(endings)s.")
            % {"name": name[-60:], "endings": ", ".join(f".{one}" for one in READ)},
            "file",
        )
    if len(content) > MOST_BYTES:
        raise RefusedError(
            _("The file has %(came)d bytes; up to %(most)d are allowed. Divide it, and send the parts.")
            % {"came": len(content), "most": MOST_BYTES},
            "file",
        )
    if not content.strip():
        raise RefusedError(_("The file is empty. Save your translations, and send it again."), "file")
    sheet = READ[ending](content)
    if len(sheet.rows) > MOST_ROWS:
        raise RefusedError(
            _("The file has %(came)d rows; up to %(most)d are allowed. Divide it, and send the parts.")
            % {"came": len(sheet.rows), "most": MOST_ROWS},
            "file",
        )
    if not sheet.rows:
        raise RefusedError(_("There is no text in the file. Send the one that you downloaded here."), "file")
    return sheet


__all__ = [
    "FORMATS",
    "MOST_BYTES",
    "MOST_ROWS",
    "WRITTEN",
    "Row",
    "Sheet",
    "Stage",
    "kept_in_xml",
    "key_of",
    "mark_of",
    "read_file",
    "text_of",
]
