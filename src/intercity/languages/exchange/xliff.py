"""XLIFF, the standard of translators' programs: written as 1.2, which nearly all of them read; read as 1.2 and 2.

A file of version 2 has one language of originals; here each text has its own, which 1.2 can say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import groupby
from xml.etree.ElementTree import Element, ParseError
from xml.sax.saxutils import escape, quoteattr

from defusedxml.common import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.utils.translation import gettext as _

from intercity.languages.exchange.rows import Row, Sheet, Stage, standard_code
from intercity.refusals import RefusedError

MARK = "intercity-mark"
UNKEPT = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
"""Characters that XML has no way to write: most controls."""
STAGES_WRITTEN = {
    Stage.UNFINISHED: "needs-review-translation", Stage.TRANSLATED: "needs-review-translation",
    Stage.REVIEWED: "signed-off",
}  # fmt: skip
STAGES_READ = {
    "signed-off": Stage.REVIEWED, "final": Stage.REVIEWED, "reviewed": Stage.REVIEWED,
    "translated": Stage.TRANSLATED, "": Stage.TRANSLATED,
}  # fmt: skip
"""Of 1.2 and 2; any other state says that something is left to do."""
WITHOUT_MEANING = {"mrk", "sm", "em", "cp"}
"""Elements among words that only mark them, or stand for one character."""


def xliff_file(sheet: Sheet, title: str) -> bytes:
    """The rows as XLIFF 1.2, in UTF-8: a `file` for each language of originals."""
    lines = ['<?xml version="1.0" encoding="UTF-8"?>']
    lines.append('<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">')
    ordered = sorted(sheet.rows, key=lambda row: row.source_language)
    for language, rows in groupby(ordered, key=lambda row: row.source_language):
        lines.append(
            f'<file original={_quoted(f"{title} ({language})")} datatype="plaintext" '
            f"source-language={_quoted(standard_code(language))} "
            f"target-language={_quoted(standard_code(sheet.language))}>\n<body>"
        )
        lines.extend(_unit(row) for row in rows)
        lines.append("</body>\n</file>")
    return "\n".join([*lines, "</xliff>\n"]).encode()


def read_xliff_file(content: bytes) -> Sheet:
    """The rows of an XLIFF file, of version 1.2 or 2; RefusedError where it is none, or is made to do harm."""
    try:
        root = fromstring(content, forbid_dtd=True)
    except DefusedXmlException as error:
        raise RefusedError(
            _("The file declares a document type or entities of its own, which no XLIFF needs. It was not read."),
            "file",
        ) from error
    except (ParseError, ValueError, LookupError) as error:
        raise RefusedError(
            _("The file is not XML, or it is damaged: %(reason)s.") % {"reason": error}, "file"
        ) from error
    if _name(root) != "xliff":
        raise RefusedError(
            _("The file is XML, but not XLIFF: it begins with “%(came)s”.") % {"came": _name(root)[:40]}, "file"
        )
    if root.get("version", "").startswith("1"):
        return _first_version(root)
    return Sheet(root.get("trgLang", ""), tuple(_from_segments(unit) for unit in _all(root, "unit")))


def kept_in_xml(words: str) -> str:
    """Words with what XML cannot write replaced by the sign that stands for a lost character."""
    return UNKEPT.sub("\ufffd", words)


def _unit(row: Row) -> str:
    approved = ' approved="yes"' if row.stage == Stage.REVIEWED else ""
    target = f'<target state="{STAGES_WRITTEN[row.stage]}">{_escaped(row.target)}</target>\n' if row.target else ""
    notes = "".join(f"<note>{_escaped(note)}</note>\n" for note in (*row.notes, row.address) if note)
    return (
        f'<trans-unit id={_quoted(row.key)}{approved} xml:space="preserve">\n<source>{_escaped(row.source)}</source>\n'
        f'{target}<note from="{MARK}">{_escaped(row.mark)}</note>\n{notes}</trans-unit>'
    )


def _escaped(words: str) -> str:
    """A lone carriage return would come back as a line feed."""
    return escape(kept_in_xml(words), {"\r": "&#13;"})


def _quoted(words: str) -> str:
    return quoteattr(kept_in_xml(words))


def _name(element: Element) -> str:
    """Without the namespace: those of the versions differ, the names do not."""
    return str(element.tag).rpartition("}")[2]


def _all(parent: Element, name: str) -> Iterator[Element]:
    return (element for element in parent.iter() if _name(element) == name)


def _children(parent: Element, *names: str) -> list[Element]:
    return [child for child in parent if _name(child) in names]


def _first_version(root: Element) -> Sheet:
    files = list(_all(root, "file"))
    languages = {standard_code(file.get("target-language", "")) for file in files}
    if len(languages) > 1:
        raise RefusedError(
            _("The file holds translations into several languages: %(languages)s. Send one file for each.")
            % {"languages": ", ".join(sorted(languages))},
            "file",
        )
    rows = (_from_unit(unit, file.get("source-language", "")) for file in files for unit in _all(file, "trans-unit"))
    return Sheet(next(iter(languages), ""), tuple(rows))


def _from_unit(unit: Element, language: str) -> Row:
    """A `trans-unit` of version 1.2."""
    sources, targets = _children(unit, "source"), _children(unit, "target")
    state = targets[0].get("state", "") if targets else ""
    stage = Stage.REVIEWED if unit.get("approved") == "yes" else STAGES_READ.get(state, Stage.UNFINISHED)
    return _row(unit, sources, targets, stage, _children(unit, "note"), language)


def _from_segments(unit: Element) -> Row:
    """A `unit` of version 2, which a program may have cut into segments, and put into another order."""
    segments = _children(unit, "segment", "ignorable")
    sources = [source for segment in segments for source in _children(segment, "source")]
    targets, untranslated = [], 0
    for segment in segments:
        found = _children(segment, "target")
        if not found and _name(segment) == "ignorable":
            found = _children(segment, "source")
        untranslated += not found
        targets += found
    stages = {STAGES_READ.get(one.get("state", ""), Stage.UNFINISHED) for one in _children(unit, "segment")}
    stage = next((one for one in (Stage.UNFINISHED, Stage.TRANSLATED) if one in stages), Stage.REVIEWED)
    if not any(_children(segment, "target") for segment in segments):
        targets, untranslated = [], 0
    notes = [note for parent in _children(unit, "notes") for note in _children(parent, "note")]
    return _row(unit, sources, _in_order(targets), stage, notes, "", is_partial=bool(untranslated))


def _in_order(targets: list[Element]) -> list[Element]:
    """As `order` says: the place of a target among all, counted from one; without it, its own."""
    places = [target.get("order", "") for target in targets]
    order = [int(place) if place.isdecimal() else number for number, place in enumerate(places, start=1)]
    return [targets[index] for index in sorted(range(len(targets)), key=lambda index: (order[index], index))]


def _row(
    unit: Element,
    sources: list[Element],
    targets: list[Element],
    stage: Stage,
    notes: list[Element],
    language: str,
    *,
    is_partial: bool = False,
) -> Row:
    codes = {_name(part) for target in targets for part in list(target.iter())[1:]} - WITHOUT_MEANING
    fault = ""
    if is_partial:
        fault = _("only some of its parts are translated")
    elif codes:
        fault = _("has formatting (%(codes)s) that words here cannot have") % {"codes": ", ".join(sorted(codes))}
    marks = [note.text or "" for note in notes if MARK in {note.get("from"), note.get("category")}]
    key = unit.get("id", "")
    return Row(
        key, _words(sources), _words(targets), stage, marks[0].strip() if marks else "", language,
        place=_("unit %(name)s") % {"name": key[:60]}, fault=fault,
    )  # fmt: skip


def _words(elements: list[Element]) -> str:
    """The words within elements; version 2 writes as `cp` what XML cannot."""
    for element in elements:
        for part in _all(element, "cp"):
            part.text = _character(part.get("hex", ""))
    return "".join(piece for element in elements for piece in element.itertext())


def _character(number: str) -> str:
    code = int(number, 16) if re.fullmatch("[0-9A-Fa-f]{1,8}", number) else 0xFFFD
    return chr(code) if code <= 0x10FFFF else "\ufffd"
