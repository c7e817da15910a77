"""The one place where an answer of an engine is judged before anybody sees it.

A translation is people's words in another's mouth: an answer that is empty, far too long or too short, brings in
addresses that the text does not hold, or is in another language than asked, is refused. What is refused here is an
accident or an attack, never a matter of taste; taste is for reviewers.
"""

from __future__ import annotations

import re

from intercity.core.language.identifying import identify
from intercity.core.language.known import Language, known
from intercity.core.language.normalising import normalise
from intercity.languages.engines.contract import Answer, CannotError, Engine, Request

CHARACTERS = {"zh": 0.33, "ja": 0.45, "ko": 0.5}
"""How many characters say what one English character says. Measured on FLORES-200 devtest: Chinese 0.33, the other
ten languages from 0.96 (Thai) to 1.26 (Filipino), which the factor below forgives."""
FACTOR = 4.0
SLACK_LONG, SLACK_SHORT = 30, 5
"""Characters that are forgiven besides, since short texts vary most.

With these, none of the 133,584 pairs of sentences of FLORES-200 devtest in twelve languages is refused for its length,
nor one of 66,000 pairs from the interface of Chromium, most of which are a few words long.
"""
ENOUGH = 20
"""Letters from which a language is judged."""
BROUGHT_IN = re.compile(r"https?://\S+|www\.\S+|[\w.+-]+@[\w-]+\.\w+|%\(\w+\)\w|\{\w*\}|<\s*/?\s*[a-zA-Z][^<>]*>")


def ask(engine: Engine, request: Request) -> Answer:
    """Ask an engine and judge what it says; raises EngineError where there is no translation that can be shown."""
    answer = engine.translate(request)
    body = normalise(answer.body).text.strip()
    reason = fault(request, body)
    if reason:
        raise CannotError(f"{engine.name}: {reason}")
    return Answer(body, answer.model or engine.model)


def fault(request: Request, body: str) -> str:
    """Why this cannot be a translation of the text; empty where nothing speaks against it."""
    if not body:
        return "the answer was empty"
    expected = len(request.text.strip()) * _characters(request.target) / _characters(request.source)
    if len(body) > FACTOR * expected + SLACK_LONG:
        return "the answer was far longer than the text"
    if len(body) < expected / FACTOR - SLACK_SHORT:
        return "the answer was far shorter than the text"
    if not set(BROUGHT_IN.findall(body)) <= set(BROUGHT_IN.findall(request.text)):
        return "the answer held an address or a placeholder that the text does not hold"
    return _language_fault(request, body)


def _characters(code: str) -> float:
    return CHARACTERS.get(code.lower().partition("-")[0], 1.0)


def _language_fault(request: Request, body: str) -> str:
    """Whether the answer is for certain in the text's language, or in English, where another was asked for."""
    target = known(request.target)
    if target is None or sum(sign.isalpha() for sign in body) < ENOUGH:
        return ""
    others = [language for language in (known(request.source), known("en")) if language and _differ(language, target)]
    found = identify(body, [target.code, *(language.code for language in others)])
    told = known(found.language) if found.is_sure and found.language else None
    if told and _differ(told, target):
        return f"the answer was in {told.code}, not in {target.code}"
    return ""


def _differ(one: Language, other: Language) -> bool:
    """Whether two languages can be told from each other."""
    return one.code != other.code and one.code not in other.hardly_told_from and other.code not in one.hardly_told_from
