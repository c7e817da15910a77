"""What sentences mean, as vectors that can be compared across languages, offline.

    vectors = encode(["Streets need more trees", "ຖະໜົນຕ້ອງການຕົ້ນໄມ້ຫຼາຍຂຶ້ນ"], ["en", "lo"])
    vectors[0] @ vectors[1]

For search across languages, for "similar", and for hints at duplicates on which a person decides. It must not merge
anything by itself, does not answer questions in the taught languages, and knows nothing of Tetum.
How well it works per language, and how that was measured: docs/methods/meaning.md.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from intercity.core.language.meaning.contract import WIDTH, Encoder, NoMeaningError, Quality, Vectors
from intercity.core.language.meaning.packing import pack, unpack
from intercity.core.language.meaning.pinned import WeightsError, weights
from intercity.core.language.meaning.together import Together

__all__ = [
    "NAME",
    "WIDTH",
    "Encoder",
    "NoMeaningError",
    "Quality",
    "Vectors",
    "WeightsError",
    "encode",
    "encoder",
    "pack",
    "quality",
    "speaks",
    "unpack",
]

_carried = Together(weights())


def encoder(folder: Path | None = None, languages: Sequence[str] = ()) -> Encoder:
    """The carried encoder; or, for those who have a stronger one, a sentence-transformers model in a folder.

    Parameters
    ----------
    folder : where such a model was saved; nothing is fetched. Needs the extra `sentence-transformers`.
    languages : those that the model is known to speak; it cannot tell by itself

    Raises ValueError where languages are not named, WeightsError where the folder or the extra is missing.
    """
    if folder is None:
        return _carried
    from intercity.core.language.meaning.transformers import SentenceTransformers  # noqa: PLC0415 - an extra

    return SentenceTransformers(folder, languages)


NAME = _carried.name
"""Name and version of what makes the vectors, with short hashes of its weights; others cannot be compared."""


def encode(texts: Sequence[str], languages: str | Sequence[str]) -> Vectors:
    """What texts mean: near one another where they mean the same, in whatever language they are written.

    Parameters
    ----------
    texts : sequence of str, any number, any length; a long one is cut into sentences, whose vectors are averaged
    languages : BCP 47 codes, one for all texts or one for each; script and region are ignored ("zh-Hans" is "zh")

    Returns
    -------
    float32, shape (texts, 512)
        Rows of length 1, so that `a @ b` is the cosine in [-1, 1]; a row of zeros for a blank text, like nothing.
        What is similar depends on the languages: translations have a median cosine of .71 among strong languages, .44
        between a strong and a good one. Use `core.language.similar`, not one threshold.

    Raises
    ------
    NoMeaningError for a language that is not spoken here, ValueError for another number of languages than of texts,
    WeightsError where weights on disk are not those that were measured.

    Source: Yang and others 2019 (Multilingual Universal Sentence Encoder); Reimers and Gurevych 2020 (teaching a space
    to another language by its translations).
    """
    return _carried.encode(texts, languages)


def speaks(code: str) -> bool:
    """Whether texts of a language can be encoded: "vi" and "zh-Hans" yes, "tet" no."""
    return _carried.speaks(code)


def quality(code: str) -> Quality:
    """How well a language is understood: "strong", "good", or "none" where there are no vectors."""
    return _carried.quality(code)
