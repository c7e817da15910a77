"""Which statements look like one another, in any script and without knowing where its words end."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from intercity.core.language.folding import fold

SHORTEST, LONGEST = 2, 4
"""Characters in a row that are compared: two hold a Chinese word, four tell apart words of an alphabet."""

IDEOGRAPHS = ((0x3400, 0x9FFF), (0x20000, 0x3FFFF))
"""Characters that are also compared one by one, because each is a word or half of one: 需要种更多的树, 需要多种树."""

ALIKE = 0.55
"""From here on, statements are called alike.

Judged on pairs read by hand: statements of eight published Polis dialogues (2,681 in all), each beside the one before
it that is most like it.
- From 0.7: the same statement with a word more, fewer or changed ("… needs a health food store", "We need a …").
- 0.55 to 0.7: nearly always the same matter ("We need a health food store", "We need a WHOLE FOOD store", 0.57).
- 0.45 to 0.55: mostly the same subject, some only by their frame ("Bowling Green should become a Metro", "Bowling
  Green should be become a carbon neutral city", 0.51).
- Below 0.4: often nothing but shared words.

It sees letters, not meaning: "I voted to leave" looks like "I voted to remain", and the same in other words is missed.
So a person decides; nothing is refused because of it.
"""

MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True)
class Alike:
    """Those of the others that look like a text, the most alike first.

    Attributes
    ----------
    index : int64 in [0, others), shape (found,)
        Where they stand among the others; of two equally alike, the earlier comes first.
    likeness : float64 in [threshold, 1], shape (found,)
        1 is the same but for case, accents, spaces, punctuation and, at most, the order of longer parts.
    """

    index: NDArray[np.int64]
    likeness: NDArray[np.float64]


class _Pieces(NamedTuple):
    """How often a piece stands in a text, sorted by piece, then by text; and in how many texts each piece stands."""

    text: NDArray[np.int64]
    times: NDArray[np.int64]
    texts_with: NDArray[np.int64]


def _changes(column: NDArray[np.generic]) -> NDArray[np.bool_]:
    """Where a value differs from the one before it; the first counts as different."""
    changed = np.ones(len(column), dtype=bool)
    np.not_equal(column[1:], column[:-1], out=changed[1:])
    return changed


def _by_radix(key: NDArray[np.uint32]) -> NDArray[np.int64]:
    """The stable order of 32-bit keys: two passes of 16 bits take a quarter of the time of one general sort."""
    order = np.argsort(key.astype(np.uint16), kind="stable")
    return order[np.argsort((key[order] >> np.uint32(16)).astype(np.uint16), kind="stable")]


def _cut(texts: Sequence[str]) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """Every piece of two to four characters, and every ideograph, of folded texts: its hash, the number of its text.

    Of 100,000 different pieces about one pair shares a hash of 32 bits, which no likeness notices.
    """
    joined = "".join(f" {text} \0" for text in texts)
    letters = np.frombuffer(joined.encode("utf-32-le"), dtype="<u4").astype(np.uint64)
    end = letters == 0
    text = np.cumsum(end) - end
    left = np.flatnonzero(end)[text] - np.arange(len(letters))
    single = np.any([(letters >= first) & (letters <= last) for first, last in IDEOGRAPHS], axis=0)
    hashes, numbers, mixed = [letters[single].astype(np.uint32)], [text[single]], letters
    for length in range(SHORTEST, LONGEST + 1):
        mixed = mixed[:-1] * MULTIPLIER + letters[length - 1 :]
        whole = left[: len(mixed)] >= length
        kept = mixed[whole]
        hashes.append((((kept ^ (kept >> np.uint64(29))) * MULTIPLIER) >> np.uint64(32)).astype(np.uint32))
        numbers.append(text[: len(mixed)][whole])
    return np.concatenate(hashes), np.concatenate(numbers)


def _count(texts: Sequence[str]) -> _Pieces:
    hashes, numbers = _cut(texts)
    order = _by_radix(hashes)
    hashes, numbers = hashes[order], numbers[order]
    new_piece = _changes(hashes)
    first = np.flatnonzero(new_piece | _changes(numbers))
    piece = np.append(np.flatnonzero(new_piece[first]), len(first))
    return _Pieces(numbers[first], np.diff(np.append(first, len(hashes))), np.diff(piece))


def likeness(text: str, others: Sequence[str]) -> NDArray[np.float64]:
    """How much each of the others looks like a text: the cosine of what they are made of.

    Their pieces are two to four characters in a row, and single ideographs.
    A piece counts by how often it stands in a statement, and the more, the fewer statements have it: what many
    statements of a dialogue share ("we should …") says little.

    Parameters
    ----------
    text : str
    others : sequence of str, shape (others,)
        In any scripts and languages; a thousand of 100 characters take some 15 ms.

    Returns
    -------
    float64 in [0, 1], shape (others,)
        0 where one of the two has neither letter nor digit.

    Source: Salton and Buckley 1988 (tf-idf, cosine); McNamee and Mayfield 2004 (character n-grams in place of words).
    """
    folded = [fold(one) for one in (text, *others)]
    if not folded[0] or not any(folded[1:]):
        return np.zeros(len(others))
    found = _count(folded)
    rarity = np.log((len(folded) + 1) / (found.texts_with + 1)) + 1
    weight = found.times * np.repeat(rarity, found.texts_with)
    own = np.flatnonzero(found.text == 0)
    end = np.cumsum(found.texts_with)
    piece = np.searchsorted(end, own, side="right")
    holders = found.texts_with[piece]
    before = np.cumsum(holders) - holders
    shared = np.arange(holders.sum()) + np.repeat(end[piece] - holders - before, holders)
    both = weight[shared] * np.repeat(weight[own], holders)
    product = np.bincount(found.text[shared], weights=both, minlength=len(folded))
    length = np.sqrt(np.bincount(found.text, weights=weight**2, minlength=len(folded)))
    written = np.array([bool(one) for one in folded])
    return np.where(written, np.clip(product / (length * length[0]), 0, 1), 0)[1:]


def alike(text: str, others: Sequence[str], *, threshold: float = ALIKE, most: int = 5) -> Alike:
    """Those of the others that look like a text, to be shown before it is added to them.

    Parameters
    ----------
    text : str
        A short statement, in any script.
    others : sequence of str
        Those that are there already.
    threshold : float in (0, 1]
        The least likeness that counts.
    most : int >= 1
        How many are returned at most.

    Returns
    -------
    Alike

    Raises
    ------
    ValueError
        When threshold or most is out of range.
    """
    if not 0 < threshold <= 1:
        raise ValueError(f"threshold is {threshold}; above 0, up to 1 is allowed.")
    if most < 1:
        raise ValueError(f"most is {most}; at least 1 is allowed.")
    found = likeness(text, others)
    order = np.argsort(-found, kind="stable")
    index = order[found[order] >= threshold][:most]
    return Alike(index, found[index])
