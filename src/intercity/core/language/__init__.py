"""People's words as a computer sees them: folded for searching, compared without knowing the language."""

from __future__ import annotations

from intercity.core.language.alikeness import ALIKE, Alike, alike, likeness
from intercity.core.language.folding import fold

__all__ = ["ALIKE", "Alike", "alike", "fold", "likeness"]
