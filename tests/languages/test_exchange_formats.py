"""PO and XLIFF as files: there and back without loss, with damage and malice said clearly."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from time import perf_counter

import pytest
from babel.messages.pofile import read_po
from defusedxml.ElementTree import fromstring
from hypothesis import given, settings
from hypothesis import strategies as st

from intercity.languages import exchange
from intercity.languages.exchange import Row, Sheet, Stage, key_of, mark_of, read_file, text_of
from intercity.languages.exchange.po import po_file
from intercity.languages.exchange.xliff import xliff_file
from intercity.refusals import RefusedError

ROW = Row(
    "text-7-v2", "Clean “water” & <shade>\nfor all", "ទឹក\nស្អាត", Stage.TRANSLATED, mark_of("ទឹក\nស្អាត"), "en",
    "/dialogues/water/", ("Glossary: water → ទឹក", "two\nlines"),
)  # fmt: skip
WRITE = {"po": po_file, "xlf": xliff_file}
BOTH = pytest.mark.parametrize("ending", ["po", "xlf"])

XML_CHARACTERS = st.characters(exclude_categories=["Cs"], exclude_characters="\ufffe\uffff").filter(
    lambda sign: sign in "\t\n\r" or ord(sign) >= 32
)
WORDS = st.text(XML_CHARACTERS, max_size=60)
NEWLINES = st.text(st.sampled_from("a \n\r\t\\\"'%{}&<>]#\u2028\u0085\x7f"), max_size=30)


def sheet(*rows: Row, language: str = "km") -> Sheet:
    return Sheet(language, rows or (ROW,))


def there_and_back(ending: str, *rows: Row) -> Sheet:
    return read_file(WRITE[ending](sheet(*rows), "A test"), f"file.{ending}")


@BOTH
@settings(max_examples=300, deadline=None)
@given(source=(WORDS | NEWLINES).filter(bool), target=WORDS | NEWLINES, note=WORDS | NEWLINES)
def test_every_character_comes_back(ending: str, source: str, target: str, note: str) -> None:
    row = replace(ROW, source=source, target=target, mark=mark_of(target), notes=(note,))
    (back,) = there_and_back(ending, row).rows
    assert (back.key, back.source, back.target, back.mark) == (row.key, source, target, row.mark)
    assert not back.fault


@BOTH
@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(WORDS.filter(bool), WORDS), max_size=20))
def test_every_row_comes_back_in_its_order(ending: str, words: list[tuple[str, str]]) -> None:
    rows = [
        replace(ROW, key=key_of(number, 1), source=source, target=target, mark=mark_of(target))
        for number, (source, target) in enumerate([("first", ""), *words], start=1)
    ]
    back = there_and_back(ending, *rows).rows
    assert [(row.key, row.source, row.target) for row in back] == [(row.key, row.source, row.target) for row in rows]


@BOTH
def test_the_same_words_of_several_texts_stay_apart(ending: str) -> None:
    rows = [replace(ROW, key=key_of(number, 1)) for number in (1, 2)]
    assert [row.key for row in there_and_back(ending, *rows).rows] == ["text-1-v1", "text-2-v1"]


@BOTH
@pytest.mark.parametrize("language", ["zh-hans", "pt-br", "tet", "km"])
def test_the_language_comes_back(ending: str, language: str) -> None:
    content = WRITE[ending](sheet(language=language), "A test")
    assert read_file(content, f"a.{ending}").language.lower().replace("_", "-") == language


@pytest.mark.parametrize(
    ("ending", "stage", "back"),
    [
        ("po", Stage.UNFINISHED, Stage.UNFINISHED),
        ("po", Stage.TRANSLATED, Stage.UNFINISHED),
        ("po", Stage.REVIEWED, Stage.REVIEWED),
        ("xlf", Stage.UNFINISHED, Stage.UNFINISHED),
        ("xlf", Stage.TRANSLATED, Stage.UNFINISHED),
        ("xlf", Stage.REVIEWED, Stage.REVIEWED),
    ],
)
def test_a_file_that_nobody_touched_claims_no_review(ending: str, stage: Stage, back: Stage) -> None:
    (row,) = there_and_back(ending, replace(ROW, stage=stage)).rows
    assert row.stage == back


def test_po_is_what_other_programs_read() -> None:
    content = po_file(sheet(replace(ROW, source="100% sure {yes}")), "A test")
    (message,) = [one for one in read_po(content.splitlines(keepends=True), abort_invalid=True) if one.id]
    assert (message.id, message.context, message.string) == ("100% sure {yes}", "text-7-v2", "ទឹក\nស្អាត")
    assert message.fuzzy
    assert "Glossary: water → ទឹក" in message.auto_comments
    text = content.decode()
    assert "#: /dialogues/water/\n" in text
    assert '"Language: km\\n"\n' in text
    assert "python-format" not in text.partition("msgctxt")[0]
    assert "EMAIL@ADDRESS" not in text
    assert "FULL NAME" not in text


def test_xliff_is_what_other_programs_read() -> None:
    root = fromstring(xliff_file(sheet(ROW, replace(ROW, key="text-8-v1", source_language="zh-hans")), "A <test>"))
    name = {"x": "urn:oasis:names:tc:xliff:document:1.2"}
    files = root.findall("x:file", name)
    assert [file.get("source-language") for file in files] == ["en", "zh-Hans"]
    assert {file.get("target-language") for file in files} == {"km"}
    unit = root.find(".//x:trans-unit[@id='text-7-v2']", name)
    assert unit is not None
    assert [child.tag.rpartition("}")[2] for child in unit][:2] == ["source", "target"]
    assert {note.text for note in unit.findall("x:note", name)} >= {"Glossary: water → ទឹក", "/dialogues/water/"}


def test_what_xml_cannot_write_is_shown_as_lost() -> None:
    (row,) = there_and_back("xlf", replace(ROW, source="bell\x07 null\x00 \ufffe", target="\x1b")).rows
    assert (row.source, row.target) == ("bell\ufffd null\ufffd \ufffd", "\ufffd")


@pytest.mark.parametrize(
    ("key", "text"),
    [
        ("text-7-v2", (7, 2)), ("text-7", None), ("text-7-v2 ", None), ("", None), ("text--7-v2", None),
        (f"text-{'9' * 19}-v1", None), ("text-٧-v2", None),
    ],
)  # fmt: skip
def test_only_our_own_keys_name_a_text(key: str, text: tuple[int, int] | None) -> None:
    assert text_of(key) == text


VERSION_2 = """<?xml version="1.0"?>
<xliff xmlns="urn:oasis:names:tc:xliff:document:2.0" version="2.1" srcLang="en" trgLang="km">
<file id="f"><group id="g"><unit id="text-7-v2"><notes><note category="intercity-mark">abc</note></notes>{parts}</unit>
</group></file></xliff>"""


def version_2(parts: str) -> Row:
    (row,) = read_file(VERSION_2.format(parts=parts).encode(), "a.xliff").rows
    return row


def test_version_2_is_read() -> None:
    row = version_2('<segment state="final"><source>Water</source><target>ទឹក</target></segment>')
    assert (row.key, row.source, row.target, row.stage, row.mark) == (
        "text-7-v2",
        "Water",
        "ទឹក",
        Stage.REVIEWED,
        "abc",
    )


def test_version_2_cut_into_segments_and_put_into_another_order() -> None:
    row = version_2(
        '<segment state="final"><source>One.</source><target order="3">ក</target></segment>'
        "<ignorable><source> </source></ignorable>"
        '<segment state="translated"><source>Two.</source><target order="1">ខ<mrk id="m">គ<mrk id="n">ឃ</mrk>ង</mrk>ច'
        '<cp hex="0007"/></target></segment>'
    )
    assert (row.source, row.target, row.stage, row.fault) == ("One. Two.", "ខគឃងច\x07 ក", Stage.TRANSLATED, "")


def test_version_2_translated_in_part_or_not_at_all() -> None:
    one = "<segment><source>One.</source><target>ក</target></segment>"
    assert "only some" in version_2(f"{one}<segment><source>Two.</source></segment>").fault
    assert version_2("<segment><source>Two.</source></segment><ignorable><source> </source></ignorable>").target == ""


@pytest.mark.parametrize("code", ['<x id="1"/>', '<g id="1">ទឹក</g>', '<ph id="1">b</ph>'])
def test_formatting_that_words_cannot_have_is_said(code: str) -> None:
    content = xliff_file(sheet(), "A test").replace("ស្អាត</target>".encode(), f"{code}</target>".encode())
    (row,) = read_file(content, "a.xlf").rows
    assert "has formatting" in row.fault


def test_plural_forms_are_said() -> None:
    content = po_file(sheet(), "A test") + b'\nmsgid "one"\nmsgid_plural "many"\nmsgstr[0] "a"\nmsgstr[1] "b"\n'
    assert [bool(row.fault) for row in read_file(content, "a.po").rows] == [False, True]


def test_po_without_wrapping_says_its_lines() -> None:
    content = po_file(sheet(), "A test")
    place = read_file(content, "a.po").rows[0].place
    found = re.search(r"\d+", place)
    assert found is not None
    assert content.decode().splitlines()[int(found[0]) - 1].startswith("msgid")


def bomb(depth: int = 12) -> bytes:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, depth))
    return f'<!DOCTYPE xliff [<!ENTITY e0 "ha">{entities}]><xliff version="1.2">&e{depth - 1};</xliff>'.encode()


OUTSIDE = b'<!DOCTYPE xliff [<!ENTITY e SYSTEM "file:///etc/passwd">]><xliff version="1.2"><note>&e;</note></xliff>'
TYPE = b'<!DOCTYPE xliff SYSTEM "http://example.org/xliff.dtd"><xliff version="1.2"/>'
TWO = xliff_file(sheet(), "A").replace(b"</xliff>", b'<file target-language="lo"/></xliff>')


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("a.docx", b"x", "“a.docx” is no file.*must end in .po, .xlf, .xliff"),
        ("po", b"x", "“po” is no file"),
        ("", b"x", "is no file"),
        ("a.po", b" \n", "is empty"),
        ("a.po", b"x" * (exchange.MOST_BYTES + 1), "5000001 bytes; up to 5000000"),
        ("a.po", "msgid \"é\"\nmsgstr \"é\"".encode("latin-1"), "not in UTF-8: byte 8"),
        ("a.po", po_file(sheet(), "A").decode().encode("utf-16"), "not in UTF-8"),
        ("a.po", po_file(sheet(), "A").replace(b"charset=UTF-8", b"charset=TIS-620"), "is in TIS-620"),
        ("a.po", b"hello", "not PO, or it is damaged at line 1"),
        ("a.po", b'msgid "a"\nmsgstr[x] "b"', "not PO"),
        ("a.po", b'"b"\nmsgid', "not PO"),
        ("a.po", b'msgstr "b"', "no text in the file"),
        ("a.po", b"PK\x03\x04", "not PO"),
        ("a.po", xliff_file(sheet(), "A"), "not PO"),
        ("a.xlf", po_file(sheet(), "A"), "not XML"),
        ("a.xlf", b"<xliff>", "not XML, or it is damaged"),
        ("a.xlf", b'<?xml version="1.0" encoding="nonsense"?><xliff/>', "not XML"),
        ("a.xlf", b"<html/>", "not XLIFF: it begins with “html”"),
        ("a.xlf", b'<xliff version="1.2"/>', "no text in the file"),
        ("a.xlf", bomb(), "document type or entities"),
        ("a.xlf", OUTSIDE, "document type or entities"),
        ("a.xlf", TYPE, "document type or entities"),
        ("a.xlf", TWO, "several languages: km, lo"),
    ],
)  # fmt: skip
def test_what_cannot_be_read_is_said(name: str, content: bytes, says: str) -> None:
    began = perf_counter()
    with pytest.raises(RefusedError, match=says) as refused:
        read_file(content, name)
    assert refused.value.field == "file"
    assert perf_counter() - began < 5


@BOTH
def test_more_rows_than_allowed(ending: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(exchange, "MOST_ROWS", 2)
    rows = [replace(ROW, key=key_of(number, 1)) for number in range(3)]
    with pytest.raises(RefusedError, match="3 rows; up to 2"):
        there_and_back(ending, *rows)
    assert len(there_and_back(ending, *rows[:2]).rows) == 2


def test_a_header_that_wants_a_thousand_million_plurals_gets_none() -> None:
    content = b'msgid ""\nmsgstr "Plural-Forms: nplurals=999999999; plural=0;\\n"\n\n'
    content += b'msgid "a"\nmsgid_plural "b"\nmsgstr[0] "c"\n'
    began = perf_counter()
    (row,) = read_file(content, "a.po").rows
    assert row.fault
    assert perf_counter() - began < 1


@pytest.mark.parametrize("depth", [1_000, 200_000])
def test_depth_does_no_harm(depth: int) -> None:
    inside = "<g>" * depth + "</g>" * depth
    content = f'<xliff version="1.2"><file><trans-unit id="a"><target>{inside}</target></trans-unit></file></xliff>'
    (row,) = read_file(content.encode(), "a.xlf").rows
    assert row.fault


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=200), st.sampled_from(["a.po", "a.xlf"]))
def test_any_bytes_are_read_or_refused(content: bytes, name: str) -> None:
    with suppress(RefusedError):
        read_file(content, name)


PIECES = [
    'msgid "a"', "msgid", 'msgctxt "c"', "msgctxt", 'msgstr "b"', 'msgstr[0] "b"', 'msgstr[-1] "b"',
    'msgid_plural "p"', '"more"', '"', "#, fuzzy", "#:", "#: \u2068", "#. x", "#~ msgid", '#~ msgid "o"',
    "#| msgid", "\\", 'msgid "\\"',
]  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(st.lists(st.sampled_from(PIECES)))
def test_any_lines_of_po_are_read_or_refused(lines: list[str]) -> None:
    with suppress(RefusedError):
        read_file("\n".join(lines).encode(), "a.po")
