"""The messages that our source really has, gathered as `make words` does, but without gettext."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

from babel.messages.extract import DEFAULT_KEYWORDS, extract_python
from django.utils.translation.template import templatize

SOURCE = Path(__file__).parents[2] / "src" / "intercity"
KEYWORDS: dict[str, Any] = dict.fromkeys(
    [*DEFAULT_KEYWORDS, "gettext_noop", "gettext_lazy", "ngettext_lazy", "pgettext_lazy", "npgettext_lazy"]
)
PLURAL, CONTEXT = ("ngettext", "npgettext"), ("pgettext", "npgettext")

Message = tuple[str, ...]
"""The English words, and those of the plural where there is one."""


def _in(source: str) -> Iterator[tuple[str, Message]]:
    """Each message after the context that tells it from another, which most have not."""
    found: Any = extract_python(io.BytesIO(source.encode()), KEYWORDS, [], {})
    for _line, function, words, _notes in found:
        given = [one or "" for one in (words if isinstance(words, tuple) else [words])]
        kind = function.removesuffix("_lazy")
        start = 1 if kind in CONTEXT else 0
        yield given[0] if start else "", tuple(given[start : start + (2 if kind in PLURAL else 1)])


def _as_program(text: str) -> str:
    """A template as Django writes it: as a program, whose indentation means nothing."""
    return "\n".join(line.strip() for line in templatize(text).splitlines())


def in_template(text: str) -> set[Message]:
    """What a template has for translators."""
    return in_program(_as_program(text))


def in_program(text: str) -> set[Message]:
    """What a file of Python has for translators."""
    return {message for _context, message in _in(text) if message[0]}


def in_contexts() -> set[tuple[str, Message]]:
    """Every message of the package that has a context, after it."""
    texts = {path: path.read_text(encoding="utf-8") for path in _sources()}
    programs = (text if path.suffix == ".py" else _as_program(text) for path, text in texts.items())
    return {(context, message) for program in programs for context, message in _in(program) if context}


def _sources() -> Iterator[Path]:
    for path in sorted(SOURCE.rglob("*")):
        if path.suffix in {".html", ".txt", ".py"} and "migrations" not in path.parts:
            yield path


@cache
def messages() -> dict[Message, str]:
    """Every message of the package, and a file that has it."""
    found: dict[Message, str] = {}
    for path in _sources():
        gather = in_program if path.suffix == ".py" else in_template
        for message in gather(path.read_text(encoding="utf-8")):
            found.setdefault(message, str(path.relative_to(SOURCE)))
    return found
