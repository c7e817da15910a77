"""Long texts are cut between sentences, or lines; nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.core.language.pieces import LONGEST, pieces


def test_short_texts_are_one_piece() -> None:
    assert pieces("  Trees.  Buses. ") == ["Trees.  Buses."]
    assert pieces(" \n ") == []


@pytest.mark.parametrize("sentence", ["Trees give shade. ", "树木带来阴凉。", "သစ်ပင်သည် အရိပ်ပေးသည်။ ", "ຕົ້ນໄມ້ໃຫ້ຮົ່ມ "])
def test_pieces_end_where_sentences_end(sentence: str) -> None:
    found = pieces(sentence * 200)
    assert all(300 < len(piece) <= LONGEST for piece in found[:-1])
    assert all(piece.endswith(sentence.strip()) for piece in found)


def test_a_sentence_without_end_is_cut_between_words() -> None:
    found = pieces("ต้นไม้ให้ร่มเงา" * 200)
    assert all(len(piece) <= LONGEST for piece in found)
    assert "".join(found) == "ต้นไม้ให้ร่มเงา" * 200


@given(st.text(max_size=300), st.integers(2, 50))
def test_nothing_is_lost(text: str, longest: int) -> None:
    found = pieces(text, longest)
    assert "".join("".join(found).split()) == "".join(text.split())
    assert all(len(piece) <= longest and piece for piece in found)
