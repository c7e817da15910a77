"""What makes this installation's vectors: the encoder that is carried along, or a stronger one of the operator's."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from django.conf import settings

from intercity.core.language import meaning
from intercity.core.language.meaning import Encoder, Vectors
from intercity.core.language.similar import Similar, similar


@cache
def _encoder(folder: Path | None, languages: tuple[str, ...]) -> Encoder:
    return meaning.encoder(folder, languages)


def encoder() -> Encoder:
    """The encoder that the settings name; it is loaded when it is first asked."""
    return _encoder(settings.ENCODER, settings.ENCODER_LANGUAGES)


def similar_pairs(vectors: Vectors, languages: list[str], rows: list[int]) -> Similar:
    """As `core.language.similar.similar`; the neutral sentences that small pools need are by the carried encoder."""
    if settings.ENCODER is None:
        return similar(vectors, languages, rows)
    return similar(vectors, languages, rows, quality=encoder().quality, ground=(vectors[:0], []))
