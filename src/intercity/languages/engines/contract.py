"""What an engine is: it says what it translates, whether words leave the platform, and answers or says why not."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True)
class Request:
    """Words to be translated. `terms` are pairs of the glossary: as it stands in the text, and as it must be said.

    `context` tells what the terms mean; it is never translated.
    """

    text: str
    source: str
    target: str
    terms: tuple[tuple[str, str], ...] = ()
    context: str = ""


@dataclass(frozen=True)
class Answer:
    """What an engine made of a text, and which model it says it used; the model is empty where it does not say."""

    body: str
    model: str = ""


class EngineError(Exception):
    """An engine gave no translation. The message is for the operator: no key, no address, nobody's words."""


class CannotError(EngineError):
    """It will not translate this text in this pair, however often it is asked."""


class RetryLaterError(EngineError):
    """It may translate this text after so many seconds."""

    def __init__(self, message: str, seconds: float = 60) -> None:
        super().__init__(message)
        self.seconds = min(max(seconds, 1.0), 86_400.0)


class UnavailableError(RetryLaterError):
    """It translates nothing until somebody mends something: a wrong key, a wrong address."""

    def __init__(self, message: str, seconds: float = 3600) -> None:
        super().__init__(message, seconds)


class Engine(Protocol):
    """Something that translates. One file each; built from the operator's settings and from nothing else."""

    @property
    def name(self) -> str:
        """As the operator writes it in INTERCITY_ENGINES, and as readers see it beside a translation."""
        ...

    @property
    def model(self) -> str:
        """Which model it uses, as far as that is known before asking."""
        ...

    @property
    def leaves_the_platform(self) -> bool:
        """Whether words go to another machine; such an engine reads nothing without the network's consent."""
        ...

    @property
    def takes_terms(self) -> bool:
        """Whether it heeds the glossary."""
        ...

    def translates(self, source: str, target: str) -> bool:
        """Whether it translates this pair directly; may raise RetryLaterError where it has to ask a server."""
        ...

    def translate(self, request: Request) -> Answer:
        """Translate, in bounded time; raises EngineError. Call it by `guards.ask`, which judges the answer."""
        ...
