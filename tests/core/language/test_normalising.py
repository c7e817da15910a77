"""What is kept shows the same and holds nothing unseen that means nothing; Zawgyi becomes Unicode."""

from __future__ import annotations

import gzip
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from intercity.core.language.normalising import normalise, zawgyi_probability

UNICODE = "လူတိုင်း၌ အသက်ရှင်ရန် လွတ်လပ်ခွင့်နှင့် လုံခြုံစိတ်ချခွင့် ရှိသည်။"
ZAWGYI = "အခ်ိဳ႕ကိုယ္စားလွယ္မ်ားအၾကားတြင္၄င္းတို႔၏ေခါင္းစည္းအား ေဝလလႊတ္ေတာ္"
CONVERTED = "အချို့ကိုယ်စားလှယ်များအကြားတွင်၎င်းတို့၏ခေါင်းစည်းအား ဝေလလွှတ်တော်"
UNSEEN = st.sampled_from("\u200b\u200c\u200d\ufe0f\ufe0e\u202e\u2066\u00ad\u034f\u180b\u2060\ufeff\U000e0041\ud800\0")
SEEN = st.sampled_from("a e\u0301\u1e69क्षកាខ္ထທໍ້ำا1❤👩\U0001f3fbᠠ漢\n")
NEAR = st.lists(UNSEEN | SEEN, max_size=25).map("".join)


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("Cafe\u0301", "Café"),
        ("a\u202eb\u2066c\u200f", "abc"),
        ("soft\u00adware\ufeff", "software"),
        ("in\u200bvisible\u200d \u200cletters", "invisible letters"),
        ("hidden\U000e0041\U000e0042", "hidden"),
        ("one\r\ntwo\rthree\u2028four", "one\ntwo\nthree\nfour"),
        ("null\0, half \ud800, \tkept", "null, half , \tkept"),
        ("ភាសា\u200b\u200bខ្មែរ\u200b", "ភាសា\u200bខ្មែរ"),
        ("👩\u200d🌾 ❤\ufe0f ❤\ufe0f\ufe0f", "👩\u200d🌾 ❤\ufe0f ❤\ufe0f"),
        ("क्\u200dष a\ufe0f", "क्\u200dष a"),
        ("", ""),
    ],
)
def test_what_is_kept(typed: str, kept: str) -> None:
    assert normalise(typed).text == kept


@given(st.text() | NEAR)
@example("a\u200d\u0301")
@example("1\u200d\ufe0f")
def test_once_is_enough_and_nothing_raises(text: str) -> None:
    once = normalise(text)
    assert normalise(once.text).text == once.text
    assert unicodedata.is_normalized("NFC", once.text)
    once.text.encode()


@given(st.text(st.characters(min_codepoint=0x1000, max_codepoint=0x109F), max_size=40))
def test_burmese_letters_in_any_order_settle_at_once(text: str) -> None:
    once = normalise(text)
    assert not normalise(once.text).was_zawgyi
    assert normalise(once.text).text == once.text


def test_zawgyi_is_converted_and_told() -> None:
    found = normalise(ZAWGYI)
    assert found.was_zawgyi
    assert found.text == CONVERTED


@pytest.mark.parametrize("text", [UNICODE, CONVERTED, "မြန်မာ", "Plain English", ""])
def test_unicode_stays(text: str) -> None:
    found = normalise(text)
    assert found.text == text
    assert not found.was_zawgyi
    assert zawgyi_probability(text) < 0.05


def test_real_sentences_are_told_apart(shared_data: Callable[[str], Path]) -> None:
    unicode = shared_data("language/flores-devtest/my.txt").read_text(encoding="utf-8").splitlines()[:300]
    assert not any(normalise(text).was_zawgyi for text in unicode)
    with gzip.open(shared_data("language/pairs/ntrex.en-my.tsv.gz"), "rt", encoding="utf-8") as lines:
        typed = [line.rstrip("\n").split("\t")[1] for line, _ in zip(lines, range(300), strict=False)]
    assert sum(normalise(text).was_zawgyi for text in typed) >= 298
