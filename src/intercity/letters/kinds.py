"""Kinds of letters: what each is about, our words for it, and the names that are filled in.

A subject registers the kinds that it sends in a module of its own called `letters`. Words are plain text with
`{names}` in braces and nothing more: no conditions, no loops. What may be absent is a name that is filled with
nothing; no hole is left where it stood in a paragraph of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from unicodedata import category

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

REMINDERS, QUESTIONS, INTRODUCTIONS, DIALOGUES, RENEWALS = (
    "reminders", "questions", "introductions", "dialogues", "renewals",
)  # fmt: skip
TOPICS: dict[str, Words] = {
    REMINDERS: pgettext_lazy("topic of letters", "reminders of what was promised"),
    QUESTIONS: pgettext_lazy("topic of letters", "practices: questions, their answers, and how they stand"),
    INTRODUCTIONS: pgettext_lazy("topic of letters", "introductions between cities, and what came of them"),
    DIALOGUES: pgettext_lazy("topic of letters", "answers to dialogues"),
    RENEWALS: pgettext_lazy("topic of letters", "entries that run out"),
}
"""What somebody can wish to get no letters about, each as it stands after “letters about”."""

ALWAYS: dict[str, Words] = {"network": _("the name of the network")}
"""Names that every kind has; they are filled in by themselves."""

LONGEST_SUBJECT, LONGEST_BODY = 200, 10_000
BREAKS = {"Cc", "Cs", "Zl", "Zp"}
"""Signs that end a line or mean something to a machine; signs that join and part letters are none of them."""
IN_BRACES = re.compile(r"\{([^{}]*)\}")


@dataclass(frozen=True)
class LetterKind:
    """A kind of letter: its topic, our words, and what each name in braces stands for.

    `topic` is one of TOPICS, or "" for a letter that whoever asked for it gets in any case. `needed` are the names
    without which a letter is of no use, such as the address of the page on which to answer.
    """

    name: str
    topic: str
    label: Words
    subject: Words
    body: Words
    names: Mapping[str, Words] = field(default_factory=dict)
    needed: tuple[str, ...] = ()

    @property
    def all_names(self) -> dict[str, Words]:
        """Every name that may stand in its words, with what it stands for."""
        return {**self.names, **ALWAYS}


KINDS: dict[str, LetterKind] = {}


def register(kind: LetterKind) -> LetterKind:
    """Make a kind known; ValueError where its name is taken, or where its topic or a name in its words is unknown."""
    if KINDS.setdefault(kind.name, kind) != kind:
        raise ValueError(f"There is a kind of letter called {kind.name!r} already.")
    if kind.topic and kind.topic not in TOPICS:
        raise ValueError(f"{kind.topic!r} is no topic of letters.")
    unknown = {*kind.needed, *names_in(f"{kind.subject}{kind.body}")} - set(kind.all_names)
    if unknown:
        raise ValueError(f"The words of {kind.name!r} have names that it does not tell: {sorted(unknown)}.")
    return kind


def names_in(words: str) -> Iterator[str]:
    """What stands in braces, in the order in which it stands there."""
    return (found[1] for found in IN_BRACES.finditer(words))


def filled(words: str, values: Mapping[str, str]) -> str:
    """Words with their names filled in, once: braces in a value stay as they are. What is no name stays, too."""
    return IN_BRACES.sub(lambda found: values.get(found[1], found[0]), words)


def one_line(words: str) -> str:
    """Words for the head of a letter: whatever they hold, they cannot begin another line there."""
    return " ".join("".join(" " if category(sign) in BREAKS else sign for sign in words).split())[:LONGEST_SUBJECT]


def paragraphs(words: str) -> str:
    """Words for the body of a letter: lines end alike, and where nothing was filled in, no hole is left."""
    lines = ["".join(sign for sign in line if category(sign) not in BREAKS) for line in re.split(r"\r\n|\r|\n", words)]
    lines = [line.rstrip() for line in lines]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()
