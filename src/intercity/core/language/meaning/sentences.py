"""Long texts are cut into sentences, and a text means the average of what its sentences mean.

Measured on passages of FLORES-200 devtest that were glued together (`python -m bench meaning`): a sentence finds its
passage more often when sentences are averaged than when the passage is encoded whole, and passages find each other
as well. Short texts are better left whole. It also bounds the memory that one text takes.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import numpy as np

from intercity.core.language.meaning.contract import WIDTH, Vectors, is_blank, to_unit

WHOLE = 300
"""Characters up to which a text is one part: below it, cutting two short sentences apart lost a little."""

LONGEST = 600
"""Characters after which a part ends, at a space if there is one: so long no sentence is."""

SHORTEST = 40
"""Parts that are shorter stay with the part before them: "No. 5", "Yes.", "e.g."."""

END = re.compile(r"(?<=[.!?…;।॥។៕။])\s+|(?<=[。！？；။])|[\r\n]+")


def sentences(text: str) -> list[str]:
    """The parts of a text, in order, none of them blank; a short text is one part, a blank one is none."""
    if len(text) <= WHOLE:
        return [] if is_blank(text) else [text]
    parts: list[str] = []
    for part in END.split(text):
        if is_blank(part):
            continue
        if parts and min(len(part), len(parts[-1])) < SHORTEST and len(part) + len(parts[-1]) < LONGEST:
            parts[-1] = f"{parts[-1]} {part}"
        else:
            parts.extend(_pieces(part))
    return parts


def _pieces(part: str) -> list[str]:
    """A part without a sentence's end, cut so that none is too long."""
    found = []
    while len(part) > LONGEST:
        space = part.rfind(" ", LONGEST // 2, LONGEST)
        end = space if space > 0 else LONGEST
        found.append(part[:end])
        part = part[end:]
    return [*found, part] if not is_blank(part) else found


def averaged(texts: Sequence[str], encode: Callable[[Sequence[str]], Vectors]) -> Vectors:
    """Vectors of unit length, shape (texts, 512), from what encodes one part after another; zeros for blank texts."""
    parts = [sentences(text) for text in texts]
    owner = np.array([number for number, some in enumerate(parts) for _ in some], dtype=np.int64)
    sums = np.zeros((len(texts), WIDTH), dtype=np.float32)
    if len(owner):
        np.add.at(sums, owner, encode([part for some in parts for part in some]))
    return to_unit(sums)
