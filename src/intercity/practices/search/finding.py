"""How practices and challenges are found: the words of what is published, and where it is read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace

from django.urls import reverse

from intercity.languages.indexing import Described, pieces_of
from intercity.languages.models import Kind, Text
from intercity.practices.beside import WITH, texts_beside
from intercity.practices.models import Challenge, Practice, PracticeField

FOUND_BY = (
    PracticeField.TITLE,
    PracticeField.SUMMARY,
    PracticeField.PROBLEM,
    PracticeField.SOLUTION,
    PracticeField.DIFFICULTIES,
)


def describe_practices(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Title, summary, problem, solution and difficulties of what is published; None for the rest."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Practice.objects.published().filter(pk__in=keys).prefetch_related("words__text__translations", *WITH)
    return known | {str(one.pk): _practice(one) for one in found}


def describe_challenges(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """A city's problem in its own words, whether it still seeks an answer or not."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Challenge.objects.filter(pk__in=keys).with_words()
    return known | {
        str(one.pk): _described(reverse("challenge", args=[one.slug]), [one.title, one.description]) for one in found
    }


DESCRIBERS: Mapping[str, Callable[[Sequence[str]], Mapping[str, Described | None]]] = {
    Kind.PRACTICE: describe_practices,
    Kind.CHALLENGE: describe_challenges,
}


def _practice(one: Practice) -> Described:
    texts = {words.field: words.text for words in one.words.all()}
    found = _described(reverse("practice", args=[one.slug]), [texts.get(field) for field in FOUND_BY])
    return replace(found, beside=texts_beside(one, FOUND_BY))


def _described(address: str, texts: Iterable[Text | None]) -> Described:
    said = [text for text in texts if text is not None and text.body.strip()]
    return Described(address, [piece for text in said for piece in pieces_of(text)])
