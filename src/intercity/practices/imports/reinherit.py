"""Best practices of the ReInHerit Digital Hub (CC BY 2.0): a JSON list of Markdown pages with a head in YAML.

What the pages say is taken over as it stands, under the heading that fits; "n/a" is nothing. The pages have no field
for the problem and none for numbers: the one stays empty, and costs and results are said to be not known. So each
becomes a draft that somebody has to finish.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Mapping
from datetime import date
from functools import lru_cache
from typing import Any, Final

import yaml
from babel import Locale
from django.utils.translation import gettext as _

from intercity.practices.imports.book import MOST_ROWS, Book, Row, unreadable

LONGEST_PAGE: Final = 200_000
NOTHING: Final = frozenset({"", "n/a", "na", "none", "-"})
LINES: Final = re.compile(r"\\\n")
DAY: Final = r"(?:(\d{1,2})[./](\d{1,2})[./])?(?:([A-Z][a-z]+) )?(\d{4})"
SPAN: Final = re.compile(
    rf"{DAY}(?: ?[-–] ?{DAY}| ?[-–]? ?(ongoing|to date|current|until today)| ?[-–]?)", re.IGNORECASE
)
MONTHS: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
    "december",
)  # fmt: skip
AUDIENCES: Final = {"VISITOR": "visitors", "PROFESSIONAL": ""}
TOLD: Final = {
    "title": ("title",),
    "summary": ("desc",),
    "staff": ("resourcesbestpractice",),
    "difficulties": ("challengesbestpractice",),
    "transfer": ("transferbestpractice",),
}
"""Our headings, and the fields that are told under each."""
ALSO: Final = {"uk": "GB", "usa": "US"}
LONGEST: Final = {"title": 120, "place": 160, "implementer": 200, "solution": 20_000}
"""Characters that these columns take; of a page that says more, the rest is read at its source."""
ADDRESSES: Final = ("urlsbestpractice", "urlsbestpracticeTwo", "urlsbestpracticeThree", "infosbestpractice")


def read_reinherit(content: bytes, name: str, _tables: Mapping[str, Collection[str]]) -> Book:
    """The pages of the list as rows of practices; pages that cannot be read are named in the notes."""
    book = Book(name)
    try:
        pages = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise unreadable(_("The file is no JSON that can be read. Send it as it was downloaded.")) from error
    if not isinstance(pages, list) or len(pages) > MOST_ROWS or not all(map(_is_page, pages)):
        raise unreadable(_("Only the list of pages of the ReInHerit Digital Hub can be read as JSON."))
    rows = []
    for number, page in enumerate(pages, 1):
        head, body = _divided(page["text"])
        if head is None or not _said(head, "title"):
            book.notes.append(
                _("Page %(number)d (%(file)s) has no head that can be read.")
                % {"number": number, "file": page["file"][-80:]}
            )
            continue
        rows.append(Row(number, _fitting(book, number, _cells(number, page["file"], head, body))))
    book.tables["practices"] = rows
    return book


def _is_page(page: Any) -> bool:
    return isinstance(page, dict) and all(isinstance(page.get(name), str) for name in ("file", "text"))


def _divided(text: str) -> tuple[dict[str, Any] | None, str]:
    """The head of a page and what stands below it. Some pages have tabs, which YAML allows in few places only."""
    found = re.match(r"---\r?\n(.*?)\r?\n---\r?\n?(.*)", text[:LONGEST_PAGE], re.DOTALL)
    if found is None:
        return None, ""
    try:
        head = yaml.safe_load(found[1].replace("\t", " "))
    except (yaml.YAMLError, ValueError, RecursionError):
        return None, ""
    return (head if isinstance(head, dict) else None), found[2]


def _said(head: Mapping[str, Any], name: str) -> str:
    """What a field says; nothing where it says that there is nothing."""
    value = head.get(name)
    text = value.strip() if isinstance(value, str) else ""
    return "" if text.lower() in NOTHING else text


def _cells(number: int, file: str, head: Mapping[str, Any], body: str) -> dict[str, str]:
    place = " ".join(_said(head, "locationbestpractice").split())
    cells = {name: "\n\n".join(filter(None, (_said(head, one) for one in fields))) for name, fields in TOLD.items()}
    cells |= {
        "slug": str(number),
        "place": place,
        "country": country_of(place),
        "language": "en",
        "implementer": " ".join(_said(head, "orgbestpractice").split()),
        "solution": "\n\n".join(filter(None, (plain_text(body), _said(head, "successbestpractice")))),
        "groups": " ".join(filter(None, (AUDIENCES.get(str(one), "") for one in _list(head.get("target-audience"))))),
        "licence": _said(head, "license").replace(" ", "-"),
        "source": _source(file, head),
        "unknown": "costs results",
        "provenance": "import",
        **when(_said(head, "timebestpractice")),
    }
    cells["summary"] = cells["summary"].strip()
    return {name: value for name, value in cells.items() if value}


def _fitting(book: Book, number: int, cells: dict[str, str]) -> dict[str, str]:
    """Cells no longer than their columns, cut between words; what was cut is said, and stands at the source."""
    for name, most in LONGEST.items():
        whole = cells.get(name, "")
        if len(whole) > most:
            cells[name] = whole[: most - 1].rsplit(None, 1)[0].rstrip(".,;: ") + "…"
            book.notes.append(
                _(
                    "Page %(number)d: “%(column)s” has %(came)d characters and was cut to %(most)d. The whole is at "
                    "its source."
                )
                % {"number": number, "column": name, "came": len(whole), "most": most}
            )
    return cells


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _source(file: str, head: Mapping[str, Any]) -> str:
    """The hub, the page there, and the first address that it names; in all no more than a column takes."""
    found = re.search(r"https?://\S+", " ".join(_said(head, name) for name in ADDRESSES))
    submitted = _said(head, "partnerbestpractice")
    parts = ["ReInHerit Digital Hub", file.rpartition("/")[2], submitted, found[0].rstrip(".,;)") if found else ""]
    return "; ".join(part for part in parts if part)[:500]


def plain_text(markdown: str) -> str:
    """Markdown as words: without embedded films and pictures, and without the signs at the ends of lines."""
    text = re.sub(r"(?m)^`(?:youtube|video|vimeo):[^`]*`\s*$|!\[[^\]]*\]\([^)]*\)", "", markdown.replace("\r\n", "\n"))
    text = re.sub(r"\[([^\]]+)\]\((https?://[^)\s]+)[^)]*\)", r"\1 (\2)", LINES.sub("\n", text))
    text = re.sub(r"(?m)^#+ +|(?<!\w)[*_]{1,2}(?=\S)|(?<=\S)[*_]{1,2}(?!\w)", "", text.replace("&#x20;", " "))
    return re.sub(r"\n{3,}", "\n\n", text).strip()


@lru_cache(maxsize=1)
def _countries() -> Mapping[str, str]:
    territories = Locale("en").territories
    named = {name.lower(): code for code, name in territories.items() if len(code) == 2 and code.isalpha()}
    return {name.replace(" & ", " and "): code for name, code in named.items()} | ALSO


def country_of(place: str) -> str:
    """The country that a place ends with ("Nicosia, Cyprus"); nothing where there are several, or none."""
    parts = [part.strip().lower().removeprefix("republic of ").removeprefix("the ") for part in place.split(",")]
    named = {_countries()[part] for part in parts if part in _countries()}
    last = _countries().get(parts[-1], "")
    return last if len(named) == 1 else ""


def when(told: str) -> dict[str, str]:
    """Begin, end and status where they are told in a form that leaves no doubt; nothing else is guessed.

    That it went on when the page was written says that it ran, not that it does today: nobody has confirmed it.
    """
    found = SPAN.fullmatch(told.strip())
    if found is None:
        return {}
    begin, end = _date(found.groups()[:4]), _date(found.groups()[4:8])
    if not begin or (found[8] and not end):
        return {}
    return {"started": begin, "ended": end, "status": "running" if found[9] else ""}


def _date(parts: tuple[str | None, ...]) -> str:
    day, month, name, year = parts
    if name is not None and name.lower() in MONTHS:
        return f"{year}-{MONTHS.index(name.lower()) + 1:02d}"
    if year is None or name is not None:
        return ""
    try:
        return date(int(year), int(month), int(day)).isoformat() if day and month else year
    except ValueError:
        return ""
