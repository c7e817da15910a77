"""Interface words go through gettext whole, with named places, so that they can be translated."""

from __future__ import annotations

import ast
import re
from pathlib import Path

SOURCES = sorted((Path(__file__).parents[2] / "src").rglob("*.py"))
MARKS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy", "pgettext"}


def _messages() -> list[tuple[str, ast.expr]]:
    return [
        (f"{path.name}:{node.lineno}", argument)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in MARKS
        for argument in node.args[: 2 if node.func.id.startswith("n") else 1]
    ]


def test_there_are_messages() -> None:
    assert len(_messages()) > 50


def test_messages_are_never_put_together_before_translation() -> None:
    wrong = [place for place, text in _messages() if isinstance(text, ast.JoinedStr | ast.BinOp)]
    assert not wrong


def test_places_in_messages_have_names() -> None:
    texts = [(place, text.value) for place, text in _messages() if isinstance(text, ast.Constant)]
    # Of words that Django says, the place is Django's.
    own = [(place, text) for place, text in texts if "words_from_elsewhere" not in place]
    nameless = [place for place, text in own if re.search(r"%[sdfr]", str(text).replace("%%", ""))]
    assert not nameless
