"""Which statements of a dialogue may say the same: by their letters, and by their meaning across languages.

It proposes; a person decides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Q
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intercity.core.language.alikeness import alike
from intercity.core.language.names import language_name
from intercity.dialogues.models import How, Likeness, Statement, StatementState
from intercity.languages.encoding import encoder
from intercity.languages.models import Kind
from intercity.languages.similarity import NOTHING, There, read_now, similar_to

MOST = 3
"""Hints beside one statement: more would be a list to work through, not a hint."""
MOST_WAITING = 200
"""Of those that wait, so many are compared by meaning, the newest: their meaning is computed anew each time."""


def compared_by() -> str:
    """Version of comparing; statements compared by another are compared again."""
    return f"1 {encoder().name}"


@dataclass(frozen=True)
class Alike:
    """A statement that may say the same as some words; numbers of different kinds cannot be compared."""

    statement: Statement
    how: str
    likeness: float

    @property
    def why(self) -> str:
        """Why it is shown as similar, in a few words."""
        return why(self.statement, self.how)


@dataclass(frozen=True)
class Hint:
    """For moderators: another statement that may say the same; `can_stay` if one can be merged into it."""

    other: Statement
    why: str
    can_stay: bool


def why(statement: Statement, how: str) -> str:
    """Why a statement is shown as similar, in a few words."""
    if how == How.LETTERS:
        return _("Similar words.")
    written = language_name(statement.text.language, get_language() or "en")
    return _("Similar in meaning, written in %(language)s.") % {"language": written}


def alike_to(
    body: str, language: str, statements: Sequence[Statement], *, most: int = MOST, beside: There = NOTHING
) -> list[Alike]:
    """Of these statements, those that look like the words, at most `most`, then those that mean something like them.

    Meaning is known of statements that can be found, since there it was computed, and of those `beside`.
    """
    if not statements:
        return []
    letters = alike(body, [one.text.body for one in statements], most=most)
    found = {
        statements[place].pk: Alike(statements[place], How.LETTERS, float(value))
        for place, value in zip(letters.index.tolist(), letters.likeness.tolist(), strict=True)
    }
    by_key = {str(one.pk): one for one in statements}
    for near in similar_to(body, language, Kind.STATEMENT, list(by_key), most=2 * most, beside=beside):
        if near.sureness is not None and len(found) < 2 * most:
            one = by_key[near.key]
            found.setdefault(one.pk, Alike(one, How.MEANING, near.sureness))
    return list(found.values())


def waiting_among(statements: Sequence[Statement]) -> There:
    """What those that wait mean: nobody can find them, so it is not kept anywhere."""
    waiting = [one for one in statements if one.state == StatementState.WAITING][-MOST_WAITING:]
    return read_now([(str(one.pk), one.text.language, one.text.body) for one in waiting])


def likenesses_of(statement: Statement, others: Sequence[Statement], waiting: There) -> list[Likeness]:
    """What there is to say of a statement beside the others of its dialogue, at most MOST, letters first."""
    found = alike_to(
        statement.text.body,
        statement.text.language,
        [one for one in others if one.pk != statement.pk],
        beside=waiting.without(str(statement.pk)),
    )
    return [
        Likeness(statement=statement, other=one.statement, how=one.how, likeness=one.likeness) for one in found[:MOST]
    ]


def hints_for(statements: Sequence[Statement]) -> dict[int, list[Hint]]:
    """What was proposed of these statements, from either side, in two questions to the database."""
    keys = {one.pk for one in statements if one.is_seed or not one.is_accepted}
    rows = (
        Likeness.objects.filter(Q(statement__in=keys) | Q(other__in=keys))
        .select_related("statement__text", "other__text")
        .prefetch_related("statement__text__translations", "other__text__translations")
        .order_by("pk")
    )
    found: dict[int, list[Hint]] = {}
    for row in rows:
        for one, other in ((row.statement, row.other), (row.other, row.statement)):
            if one.pk in keys and other.state in {StatementState.PUBLISHED, StatementState.WAITING}:
                hint = Hint(other, why(other, row.how), other.state == StatementState.PUBLISHED)
                known = found.setdefault(one.pk, [])
                if len(known) < MOST and all(each.other.pk != other.pk for each in known):
                    known.append(hint)
    return found
