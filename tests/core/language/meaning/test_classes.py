"""What is claimed of a language is what the encoder says of it."""

from __future__ import annotations

import pytest

from intercity.core.language import meaning
from intercity.core.language.known import LANGUAGES


@pytest.mark.parametrize("code", LANGUAGES)
def test_languages_claim_no_more_and_no_less_than_the_encoder(code: str) -> None:
    assert LANGUAGES[code].meaning == meaning.quality(code)
