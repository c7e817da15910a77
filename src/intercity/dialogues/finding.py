"""How dialogues, statements and answers are found: the words of what is public, and where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from django.db.models import Model
from django.urls import reverse

from intercity.dialogues.models import Answer, Dialogue, Statement, StatementState
from intercity.languages.indexing import Described, Piece, pieces_of
from intercity.languages.models import Kind

Thing = TypeVar("Thing", bound=Model)


def describe_dialogues(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Question and background of dialogues that everybody may see; None for drafts, and for what is gone."""
    found = Dialogue.objects.visible_to(None).filter(pk__in=keys).with_words()
    return _described(keys, found, _dialogue)


def describe_statements(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Statements that are shown, of dialogues that everybody may see; None for those that wait or were taken away."""
    public = Dialogue.objects.visible_to(None)
    found = Statement.objects.shown().filter(pk__in=keys, dialogue__in=public)
    return _described(keys, found.with_words().select_related("dialogue"), _statement)


def describe_answers(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Answers to statements that are shown, of dialogues that everybody may see."""
    public = Dialogue.objects.visible_to(None)
    found = Answer.objects.filter(
        pk__in=keys, statement__state=StatementState.PUBLISHED, statement__dialogue__in=public
    )
    words = found.select_related("text", "statement__dialogue").prefetch_related("text__translations")
    return _described(keys, words, _answer)


DESCRIBERS: Mapping[str, Callable[[Sequence[str]], Mapping[str, Described | None]]] = {
    Kind.DIALOGUE: describe_dialogues,
    Kind.STATEMENT: describe_statements,
    Kind.ANSWER: describe_answers,
}


def _described(
    keys: Sequence[str], found: Iterable[Thing], describe: Callable[[Thing], Described]
) -> dict[str, Described | None]:
    """Each key, with None where nothing public stands behind it."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    return known | {str(one.pk): describe(one) for one in found}


def _dialogue(one: Dialogue) -> Described:
    texts = [one.question] if one.background is None else [one.question, one.background]
    pieces: list[Piece] = [piece for text in texts if text.body.strip() for piece in pieces_of(text)]
    return Described(reverse("dialogue", args=[one.slug]), pieces)


def _statement(one: Statement) -> Described:
    return Described(reverse("statement", args=[one.dialogue.slug, one.number]), pieces_of(one.text))


def _answer(one: Answer) -> Described:
    return Described(
        f"{reverse('statement', args=[one.statement.dialogue.slug, one.statement.number])}#answer-{one.pk}",
        pieces_of(one.text),
    )
