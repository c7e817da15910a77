"""What everybody reads beside a practice, and by which it is not found: the later headings, questions, answers."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from intercity.languages.models import Text
from intercity.practices.models import Practice

WITH: Final = ("words__text", "questions__text", "questions__answer")
"""What `texts_beside` reads of each practice, for one question to the database instead of many."""


def texts_beside(practice: Practice, found_by: Collection[str]) -> list[Text]:
    """Texts of a published practice, those under the headings `found_by` left out; uses what was prefetched."""
    told = [one.text for one in practice.words.all() if one.field not in found_by]
    asked = [text for one in practice.questions.all() for text in (one.text, one.answer)]
    return [text for text in (*told, *asked) if text is not None and text.body.strip()]
