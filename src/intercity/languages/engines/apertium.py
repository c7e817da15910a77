"""Apertium: free software that translates by rules; Debian has Indonesian ↔ Malay for it (apertium-ind-zlm).

Words that it does not know stay as they are.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess

from intercity.languages.engines.contract import Answer, CannotError, Request, RetryLaterError

SECONDS = 20.0
CODES = {
    "id": "ind", "ms": "zlm", "pt": "por", "es": "spa", "ca": "cat", "gl": "glg", "en": "eng", "fr": "fra",
    "eo": "epo", "it": "ita", "kk": "kaz", "tt": "tat",
}  # fmt: skip
"""Our codes and those in the names of its modes."""
MODE = re.compile(r"[a-z]{2,3}-[a-z]{2,3}")


class Apertium:
    """The command `apertium`, where the operator has installed it; without it, nothing is translated by it."""

    name = "apertium"
    takes_terms = False
    leaves_the_platform = False

    def __init__(self) -> None:
        self._modes: frozenset[str] | None = None
        self._version: str | None = None

    @property
    def model(self) -> str:
        """The version of the command."""
        if self._version is None:
            found = re.search(r"\d+(\.\d+)+", self._run("-V")) if shutil.which("apertium") else None
            self._version = found[0] if found else ""
        return self._version

    def translates(self, source: str, target: str) -> bool:
        """Where a mode of this pair is installed."""
        if self._modes is None:
            listed = self._run("-l").split() if shutil.which("apertium") else []
            self._modes = frozenset(mode for mode in listed if MODE.fullmatch(mode))
        return self._mode(source, target) in self._modes

    def translate(self, request: Request) -> Answer:
        """Text goes in by standard input, never into a command line; no shell is involved."""
        if not self.translates(request.source, request.target):
            raise CannotError(f"{self.name} does not translate this pair")
        mode = self._mode(request.source, request.target)
        return Answer(self._run("-u", "-f", "txt", mode, text=request.text), self.model)

    @staticmethod
    def _mode(source: str, target: str) -> str:
        first, second = source.lower().partition("-")[0], target.lower().partition("-")[0]
        return f"{CODES.get(first, first)}-{CODES.get(second, second)}"

    def _run(self, *arguments: str, text: str = "") -> str:
        program = shutil.which("apertium")
        if program is None:
            raise RetryLaterError(f"{self.name} is not installed", 3600)
        try:
            done = subprocess.run(  # noqa: S603 - a list of our own words, no shell
                [program, *arguments], input=text, capture_output=True, encoding="utf-8", timeout=SECONDS,
                env={name: value for name, value in os.environ.items() if not name.startswith("INTERCITY_")},
                check=False,
            )  # fmt: skip
        except subprocess.TimeoutExpired:
            raise RetryLaterError(f"{self.name} took longer than {SECONDS:.0f} seconds") from None
        except (OSError, UnicodeError) as error:
            raise RetryLaterError(f"{self.name} could not be run ({type(error).__name__})") from None
        if done.returncode != 0 and text:
            raise CannotError(f"{self.name} ended with {done.returncode}")
        return done.stdout
