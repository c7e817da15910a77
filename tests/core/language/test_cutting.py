"""Words are cut in every script, the same for what is written and what is asked."""

from __future__ import annotations

import re
import threading
import unicodedata
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.language import cutting
from intercity.core.language.cutting import plain, words

ALPHABET = st.characters(categories=("Ll", "Lu"), max_codepoint=0x24F) | st.sampled_from("йηґتमத")
SPACED = st.lists(st.text(ALPHABET, min_size=1, max_size=8), min_size=1, max_size=8)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The City's 1,000 trees", ["the", "city", "s", "1", "000", "trees"]),
        ("我们需要更多的树", ["我们", "需要", "更多", "的", "树"]),
        ("รถเมล์ควรวิ่งถึงเที่ยงคืน", ["รถเมล์", "ควร", "วิ่ง", "ถึง", "เที่ยง", "คืน"]),
        ("រថយន្តក្រុងគួរតែរត់", ["រថយន្តក្រុង", "គួរតែ", "រត់"]),
        ("Thành phố Móng Cái", ["thành", "phố", "móng", "cái"]),
        ("ema ne'ebé, ne’ebé", ["ema", "ne", "ebé", "ne", "ebé"]),
        ("Wi-Fi ใน ๒๕๖๘ ½ ＡＢＣ", ["wi", "fi", "ใน", "2568", "1", "2", "abc"]),
        ("𠀀 𐐀x", ["𠀀", "𐐨x"]),
        ("STRASSE straße", ["strasse", "strasse"]),
        ("soft\u00adware", ["software"]),
        ("!? … 🙂", []),
        ("", []),
    ],
)
def test_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("น\u0e4d\u0e49\u0e32", "น้ำ"),
        ("น\u0e49\u0e4d\u0e32", "น้ำ"),
        ("เเล้ว", "แล้ว"),
        ("ຫນ້າ", "ໜ້າ"),
        ("ນ\u0ec9\u0ecd\u0eb2", "ນ້ຳ"),
    ],
)
def test_two_ways_to_type_a_sign_are_one_word(typed: str, meant: str) -> None:
    assert words(typed) == words(meant)
    assert len(words(typed)) == 1


def test_a_zero_width_space_ends_a_word() -> None:
    assert words("រថយន្ត\u200bក្រុង") == ["រថយន្ត", "ក្រុង"]


@given(st.text())
def test_any_text_is_cut_into_letters_digits_and_their_signs(text: str) -> None:
    found = words(text)
    for word in found:
        assert word
        assert {unicodedata.category(letter)[0] for letter in word} <= {"L", "N", "M"}
        assert "Me" not in {unicodedata.category(letter) for letter in word}
    folded = plain(found)
    assert len(folded) == len(found)
    assert all(folded)
    assert not any(" " in word for word in folded)


@given(st.text())
def test_what_is_asked_as_it_is_written_is_cut_alike(text: str) -> None:
    for same in (unicodedata.normalize("NFD", text), unicodedata.normalize("NFC", text)):
        assert words(same) == words(text)


@given(SPACED, st.data())
def test_words_between_spaces_are_found_in_their_text(written: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(written) - 1))
    asked = words(" ".join(written[start : start + 3]))
    whole = words(" ".join(written))
    assert any(whole[at : at + len(asked)] == asked for at in range(len(whole)))


@given(SPACED)
def test_case_does_not_matter(written: list[str]) -> None:
    text = " ".join(written)
    assert words(text.casefold()) == words(text)


def test_accents_go_only_where_people_leave_them_out() -> None:
    assert plain(["móng", "đà", "ação", "straße"]) == ["mong", "da", "acao", "strasse"]
    for word in ("ភាសា", "ສິດທິ", "မြန်မာ", "தமிழ்", "我们"):
        assert plain([word]) == [word]


def test_the_cut_names_icu_and_our_own_version() -> None:
    assert re.fullmatch(r"icu-\d+\.\d+/\d+", cutting.CUT)
    with pytest.raises(AttributeError):
        _ = cutting.CUTTING


def test_threads_do_not_disturb_each_other() -> None:
    texts = ["我们需要更多的树 " * 40, "The City wants trees " * 40, "រថយន្តក្រុងគួរតែរត់ " * 40, "ควรวิ่งถึงเที่ยงคืน " * 40]
    alone = [words(text) for text in texts]
    wrong: list[str] = []

    def run(number: int) -> None:
        wrong.extend(texts[number] for _ in range(60) if words(texts[number]) != alone[number])

    threads = [threading.Thread(target=run, args=(number,)) for number in (0, 1, 2, 3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


@pytest.mark.parametrize("code", ["th", "lo", "km", "my", "zh", "vi", "ta", "en", "id", "fil", "pt"])
def test_one_locale_cuts_all_languages(
    code: str, shared_data: Callable[[str], Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    import icu

    texts = shared_data(f"language/flores-devtest/{code}.txt").read_text(encoding="utf-8").splitlines()[:200]
    of_root = [words(text) for text in texts]
    monkeypatch.setattr(cutting._OWN, "breaker", icu.BreakIterator.createWordInstance(icu.Locale(code)))
    assert [words(text) for text in texts] == of_root
