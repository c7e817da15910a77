"""However a word is typed, it is found; and no sign that makes the word is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.language import fold

SAME = [
    ("Mong Cai", "Móng Cái"),
    ("da nang", "Đà Nẵng"),
    ("DA NANG", "đà nẵng"),
    ("Ho Chi Minh", "Hồ Chí Minh"),
    ("Vinh Phuc", "Vi\u0303nh Phúc"),  # typed as letter and mark
    ("istanbul", "İSTANBUL"),
    ("diyarbakir", "Diyarbakır"),
    ("igdir", "IĞDIR"),
    ("canakkale", "Çanakkale"),
    ("lodz", "ŁÓDŹ"),
    ("tromso", "Tromsø"),
    ("strasse", "Straße"),
    ("aerø", "Ærø"),
    ("αθηνα", "Αθήνα"),
    ("киев", "КИЕВ"),
    ("хохлома", "Хохло\u0301ма"),
    ("abc 12", "ＡＢＣ　１２"),
    ("fi", "ﬁ"),
    ("tp ho chi minh", "  TP. Hồ-Chí—Minh! "),
    ("istʻanpul", "ist'anpul"),
    ("ភ្នំពេញ", "ភ្នំ\u200bពេញ"),
    ("ວຽງຈັນ", "ວຽງ\u200bຈັນ\ufeff"),
    ("50 ឆ្នាំ", "៥០ ឆ្នាំ"),
    ("2025", "๒๐๒๕"),
    ("南宁", "南宁 "),
    ("南宁 市", "南宁，市。"),
    ("ກຳປົງ", "ກໍາປົງ"),  # sara am as one sign and as two
]
DIFFERENT = [
    ("ភនពេញ", "ភ្នំពេញ"),  # without its signs it is not the word
    ("ວຽງຈນ", "ວຽງຈັນ"),
    ("ขาว", "ข้าว"),  # white, rice
    ("ကား", "ကာ"),
    ("किला", "कला"),
    ("南宁", "南寧"),
    ("がき", "かき"),
]


@pytest.mark.parametrize(("typed", "written"), SAME)
def test_however_it_is_typed_it_is_the_same(typed: str, written: str) -> None:
    assert fold(typed) == fold(written)


@pytest.mark.parametrize(("one", "another"), DIFFERENT)
def test_different_words_stay_different(one: str, another: str) -> None:
    assert fold(one) != fold(another)


@pytest.mark.parametrize("word", ["ភ្នំពេញ", "ວຽງຈັນ", "พัทยา", "မန္တလေး", "कोलकाता", "தமிழ்", "한국", "南宁", "がぎ"])
def test_words_of_other_scripts_stay_as_they_are(word: str) -> None:
    assert fold(word) == word


@pytest.mark.parametrize("text", ["", " ", "…?!", "\u200b", "👍", "\ud800", "\0"])
def test_without_letter_or_digit_nothing_is_left(text: str) -> None:
    assert fold(text) == ""


@given(st.text())
def test_folding_again_changes_nothing(text: str) -> None:
    folded = fold(text)
    assert fold(folded) == folded
    assert unicodedata.is_normalized("NFC", folded)


@given(st.text(), st.text())
def test_no_run_of_spaces_is_left(one: str, another: str) -> None:
    folded = fold(f"{one} - {another}")
    assert folded == " ".join(folded.split())


@given(st.text(st.characters(codec="ascii")))
def test_the_short_way_for_ascii_is_the_same_way(text: str) -> None:
    assert fold(text) == fold(f"{text}\u200b")
