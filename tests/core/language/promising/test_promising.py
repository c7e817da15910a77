"""Declarations in candidate commitments: each sentence is told, in its place, and promises are found everywhere."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.language.promising.measuring import files, language_of, marked, score

from intercity.core.language.known import LANGUAGES
from intercity.core.language.promising import LEFT_OUT, WHY, Candidate, Other, candidates, listed, read
from intercity.core.language.promising.lexicon import lexicon

TOLD = [code for code in LANGUAGES if lexicon(code).code]
PIECES = [
    sentence
    for file in files()
    for text, marks in [marked(file)]
    for sentence in (text[one.start : one.end] for one in marks)
]
MADE = st.lists(
    st.one_of(
        st.sampled_from(PIECES),
        st.sampled_from(["\n", "\n\n", " ", "1. ", "(a) ", "（一）", "第二，", "• ", ": ", "；", "ก. ", "Article 3 "]),
        st.text(max_size=20),
    ),
    max_size=12,
).map("".join)  # fmt: skip


def _by_body(text: str, language: str) -> dict[str, Candidate]:
    return {one.body: one for one in candidates(text, language)}


def _told(text: str, language: str) -> list[Candidate | Other]:
    reading = read(text, language)
    return sorted([*reading.candidates, *reading.left_out], key=lambda one: (one.start, one.end))


def test_languages_with_a_table() -> None:
    """All of the first network, and some more."""
    assert set(TOLD) >= {
        "en",
        "zh-hans",
        "zh-hant",
        "vi",
        "th",
        "lo",
        "km",
        "my",
        "id",
        "ms",
        "fil",
        "ta",
        "pt",
        "tet",
    }


@pytest.mark.parametrize("file", files(), ids=lambda file: file.stem)
def test_marked_texts_are_read(file: Path) -> None:
    """Nothing that a person would follow is missed, and days are those that a person reads."""
    one, faults = score(file)
    assert not one.missed, faults
    assert one.wrong <= 1, faults
    assert one.sure == one.sure_and_right, faults
    assert not [fault for fault in faults if fault.startswith("day")]


@pytest.mark.parametrize(("name", "language"), [("nanning.en", "en"), ("nanning-style.zh-hans", "zh-hans")])
def test_the_three_points_of_nanning(name: str, language: str) -> None:
    """Three numbered points become three candidates that are sure, since each says what is to be done."""
    text, _marks = marked(next(file for file in files() if file.stem == name))
    found = candidates(text, language)
    assert [one.number for one in found] == [1, 2, 3]
    assert {one.why for one in found} == {"item"}
    assert all(one.is_sure for one in found)
    assert [one.label for one in found] == (["1.", "2.", "3."] if language == "en" else ["一、", "二、", "三、"])


@settings(max_examples=150, deadline=None)
@given(text=MADE, language=st.sampled_from([*TOLD, "ja", "xx", ""]))
def test_every_sentence_is_told_in_its_place(text: str, language: str) -> None:
    """Whatever the text, it is read; nothing of it is lost, and nothing stands in two places."""
    place = 0
    for one in _told(text, language):
        assert place <= one.start <= one.end <= len(text)
        between = "".join(text[place : one.start].replace("\ufeff", "").replace("\u200b", "").split())
        assert between in {"", "".join(one.label.split())}
        assert "".join(text[one.start : one.end].split()) == "".join(one.body.split())
        place = one.end
    assert (
        not text[place:].strip("\ufeff\u200b \t\r\n\v\f\x1c\x1d\x1e\x1f\x85\u2028\u2029\u00a0\u3000")
        or not text[place:].strip()
    )


@settings(max_examples=150, deadline=None)
@given(text=MADE, language=st.sampled_from(TOLD))
def test_candidates_say_why(text: str, language: str) -> None:
    """By a known rule, numbered in their order; the others by another."""
    reading = read(text, language)
    assert [one.number for one in reading.candidates] == [*range(1, len(reading.candidates) + 1)]
    assert {one.why for one in reading.candidates} <= set(WHY)
    assert {one.why for one in reading.left_out} <= set(LEFT_OUT)
    assert all(one.due or one.due_on is None for one in reading.candidates)
    assert reading == read(text, language)


@settings(max_examples=100, deadline=None)
@given(data=st.data(), file=st.sampled_from(files()))
def test_a_list_of_candidates_gives_the_same_candidates(data: st.DataObject, file: Path) -> None:
    """What was read, written as a list, is read the same again; some of it too."""
    text, _marks = marked(file)
    language = language_of(file)
    found = candidates(text, language)
    kept = data.draw(st.lists(st.sampled_from(found), unique=True)) if found else []
    again = candidates(listed(kept, language), language)
    assert [one.body for one in again] == [one.body for one in kept]


@pytest.mark.parametrize(
    ("text", "language", "label", "body"),
    [
        ("(1) Strengthen trade.", "en", "(1)", "Strengthen trade."),
        ("Article III. We will share maps.", "en", "Article III.", "We will share maps."),
        ("1.\nWe will share maps.", "en", "1.", "We will share maps."),
        ("- Share maps with all cities", "en", "-", "Share maps with all cities"),
        ("（一）加强贸易合作。", "zh-hans", "（一）", "加强贸易合作。"),
        ("第一，加强贸易合作。", "zh-hans", "第一，", "加强贸易合作。"),
        ("第三条 双方同意加强合作。", "zh-hans", "第三条", "双方同意加强合作。"),
        ("ก. ส่งเสริมการแลกเปลี่ยน", "th", "ก.", "ส่งเสริมการแลกเปลี่ยน"),
        ("១. លើកកម្ពស់ពាណិជ្ជកម្ម។", "km", "១.", "លើកកម្ពស់ពាណិជ្ជកម្ម។"),
        ("໑. ສົ່ງເສີມການຄ້າ", "lo", "໑.", "ສົ່ງເສີມການຄ້າ"),
        ("၁။ ကုန်သွယ်မှု မြှင့်တင်ရန်။", "my", "၁။", "ကုန်သွယ်မှု မြှင့်တင်ရန်။"),
        ("Điều 3. Các bên sẽ chia sẻ bản đồ.", "vi", "Điều 3.", "Các bên sẽ chia sẻ bản đồ."),
        ("Pertama, para pihak akan berbagi peta.", "id", "Pertama,", "para pihak akan berbagi peta."),
    ],
)
def test_items_are_counted_in_many_ways(text: str, language: str, label: str, body: str) -> None:
    """The marker is no part of the sentence."""
    found = candidates(text, language)
    assert [(one.label, one.body, one.is_sure) for one in found] == [(label, body, True)]


def test_a_list_within_a_line() -> None:
    """Its items are sentences of their own, and what introduces it says who promises."""
    found = candidates("The cities agree to: (a) open a joint office; (b) plant 1,000 trees.", "en")
    assert [(one.label, one.body, one.why, one.who) for one in found] == [
        ("(a)", "open a joint office;", "listed", "The cities"),
        ("(b)", "plant 1,000 trees.", "listed", "The cities"),
    ]
    assert [one.body for one in candidates("一是加强贸易；二是扩大交流。", "zh-hans")] == ["加强贸易；", "扩大交流。"]


def test_lines_that_were_wrapped_are_one_sentence() -> None:
    """As when text is copied out of a page."""
    text = "The cities of Northport, Eastbay and Westhaven will open\na joint office before 1 March 2027."
    (one,) = candidates(text, "en")
    assert one.body == text.replace("\n", " ")
    assert one.who == "The cities of Northport, Eastbay and Westhaven"
    assert one.due_on == date(2027, 2, 28)
    (two,) = candidates("各方同意在2026年底前与各成员城市一道建立联合\n贸易信息平台。", "zh-hans")
    assert two.body == "各方同意在2026年底前与各成员城市一道建立联合贸易信息平台。"


def test_a_city_that_is_named_is_sure() -> None:
    """“Will” of something unknown may be a forecast; of a city of the network it is a promise."""
    text = "Northport will host the meeting. Rain will come."
    found = _by_body(text, "en")
    assert not any(one.is_sure for one in found.values())
    named = candidates(text, "en", parties=("Northport",))
    assert [(one.why, one.is_sure, one.who) for one in named] == [
        ("duty", True, "Northport"),
        ("future", False, "Rain"),
    ]


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Recalling that the cities agreed to meet,", "preamble"),
        ("We recognise that cities will grow.", "preamble"),
        ("This agreement shall enter into force today.", "formal"),
        ("Will the cities agree to that?", "question"),
        ("Trade grew in spring.", "no_promise"),
        ("2025", "no_words"),
    ],
)
def test_what_promises_nothing_is_left_out_and_said_why(text: str, why: str) -> None:
    """Each by its rule."""
    reading = read(text, "en")
    assert reading.candidates == ()
    assert [one.why for one in reading.left_out] == [why]


def test_a_promise_behind_a_preamble_is_found_but_not_sure() -> None:
    """“Having met, we agree …”."""
    (one,) = candidates("Having met in Northport, the cities agree to share maps.", "en")
    assert (one.why, one.is_sure, one.who) == ("after_preamble", False, "the cities")


@pytest.mark.parametrize(
    ("phrase", "language", "day"),
    [
        ("We will do it by the end of 2026.", "en", date(2026, 12, 31)),
        ("We will do it by 30 June 2026.", "en", date(2026, 6, 30)),
        ("We will do it by June 30, 2026.", "en", date(2026, 6, 30)),
        ("We will do it by the end of June 2026.", "en", date(2026, 6, 30)),
        ("We will do it by 2026-06-30.", "en", date(2026, 6, 30)),
        ("We will do it by 5/6/2026.", "en", None),
        ("We will do it by 25/6/2026.", "en", date(2026, 6, 25)),
        ("We will do it by 2030.", "en", None),
        ("We will do it before 2026.", "en", date(2025, 12, 31)),
        ("We will do it within six months.", "en", date(2025, 7, 16)),
        ("We will do it within 90 days.", "en", date(2025, 4, 16)),
        ("We will do it by 31 February 2026.", "en", None),
        ("我们将在2026年底前完成。", "zh-hans", date(2026, 12, 31)),
        ("我们将在2026年前完成。", "zh-hans", None),
        ("我们将在六个月内完成。", "zh-hans", date(2025, 7, 16)),
        ("我们将于二〇二六年六月三十日前完成。", "zh-hans", date(2026, 6, 30)),
        ("Chúng tôi sẽ hoàn thành trước năm 2026.", "vi", date(2025, 12, 31)),
        ("Chúng tôi sẽ hoàn thành trước ngày 30 tháng 6 năm 2026.", "vi", date(2026, 6, 29)),
        ("เราจะดำเนินการภายในวันที่ 30 มิถุนายน 2569", "th", date(2026, 6, 30)),
        ("យើងនឹងធ្វើក្នុងរយៈពេលប្រាំមួយខែ។", "km", date(2025, 7, 16)),
        ("Vamos fazê-lo até 30 de junho de 2026.", "pt", date(2026, 6, 30)),
        ("Kami akan menyelesaikannya paling lambat 30 Juni 2026.", "id", date(2026, 6, 30)),
    ],
)
def test_until_when(phrase: str, language: str, day: date | None) -> None:
    """The phrase is always shown; the day only where nobody could read another."""
    (one,) = candidates(phrase, language, signed_on=date(2025, 1, 16))
    assert one.due
    assert one.due in phrase
    assert one.due_on == day


def test_a_number_of_months_needs_a_day_to_count_from() -> None:
    """Without the day of signing there is only the phrase."""
    (one,) = candidates("We will report within six months.", "en")
    assert (one.due, one.due_on) == ("within six months", None)


@pytest.mark.parametrize("piece", ["เราจะไป ", "; ", "a", "(1) ", "We will. ", "1.", "by the end of ", "加强；"])
def test_a_long_text_is_read_in_time(piece: str) -> None:
    """In proportion to its length, also where no sentence ends."""
    for language in ("en", "th", "zh-hans"):
        reading = read(piece * (60_000 // len(piece)), language)
        assert reading.candidates or reading.left_out
