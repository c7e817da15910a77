"""A machine that translates as it is told, and texts for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

from intercity.languages import duties
from intercity.languages.duties import translate_texts
from intercity.languages.engines.contract import Answer, EngineError, Request
from intercity.languages.models import Findable, Passage, Text, Translation, TranslationState, TranslationTask


class Machine:
    """An engine that puts the target before the words, and counts what it is asked."""

    def __init__(self, name: str = "machine", pairs: str = "en-vi en-km", *, leaves: bool = False) -> None:
        self.name, self.leaves_the_platform, self.takes_terms = name, leaves, True
        self.model = "1"
        self.pairs = {tuple(pair.split("-")) for pair in pairs.split()}
        self.asked: list[Request] = []
        self.error: EngineError | BaseException | None = None
        self.before: Callable[[], object] = lambda: None
        self.body: str | None = None

    def translates(self, source: str, target: str) -> bool:
        return (source, target) in self.pairs

    def translate(self, request: Request) -> Answer:
        self.asked.append(request)
        self.before()
        if self.error:
            raise self.error
        return Answer(f"[{request.target}] {request.text}" if self.body is None else self.body, "1b")


changes: Iterator[int] = iter(range(1, 10**9))


def public(text: Text) -> Text:
    """Let a text be found, as the duties of other subjects do."""
    found, _new = Findable.objects.get_or_create(kind="statement", key=str(text.pk))
    Passage.objects.filter(findable=found).delete()
    Passage.objects.create(
        findable=found, text=text, language=text.language, body=text.body, words="", words_by="", change=next(changes)
    )
    return text


def written(body: str = "Clean water", language: str = "en") -> Text:
    """A public text."""
    return public(Text.objects.create(language=language, body=body))


def rewritten(text: Text, body: str) -> Text:
    """Put other words in its place, as a next version."""
    text.body, text.version = body, text.version + 1
    text.save()
    return public(text)


def translated(
    text: Text, language: str, body: str = "By a person", state: str = TranslationState.CHECKED, **fields: Any
) -> Translation:
    found = Translation.objects.create(
        text=text, text_version=text.version, language=language, body=body, state=state, **fields
    )
    public(text)
    return found


def run(*languages: str) -> int:
    """One turn of the duty."""
    return translate_texts(languages or ("en", "vi", "km"))


def later(**time: float) -> None:
    """Let time pass for what waits, and for engines that rest."""
    passed = timedelta(**time)
    for task in TranslationTask.objects.all():
        task.due_at -= passed
        task.claimed_until = task.claimed_until and task.claimed_until - passed
        task.save()
    for engine in duties._resting:
        duties._resting[engine] -= passed.total_seconds()
