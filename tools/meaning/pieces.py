"""Cuts each language into word pieces, as often found in its own texts."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import sentencepiece

from tools.meaning.recipe import Recipe


def learn(language: str, texts: Sequence[str], recipe: Recipe, folder: Path) -> Any:
    """A SentencePiece processor, learned from prepared texts and stored as `LANGUAGE.model`; an old one is read."""
    model = folder / f"{language}.model"
    if not model.exists():
        spaced = recipe.across_spaces.get(language)
        sentencepiece.SentencePieceTrainer.train(
            sentence_iterator=iter(texts),
            model_prefix=str(model.with_suffix("")),
            vocab_size=spaced or recipe.pieces,
            split_by_whitespace=spaced is None,
            model_type="unigram",
            character_coverage=0.9999,
            hard_vocab_limit=False,
            num_threads=1,
            minloglevel=2,
            max_sentence_length=8000,
        )
        model.with_suffix(".vocab").unlink()
    return sentencepiece.SentencePieceProcessor(model_file=str(model))
