"""LibreTranslate: free software that an operator can run here, too. It speaks what it has loaded."""

from __future__ import annotations

from time import monotonic
from typing import Any

from intercity.languages.engines.codes import is_same, spelt
from intercity.languages.engines.contract import Answer, CannotError, Request
from intercity.languages.engines.wire import ask_server, is_here, unexpected

REMEMBERED = 3600.0
"""Seconds after which a server is asked anew what it speaks."""


class LibreTranslate:
    """A server of LibreTranslate's documented API: GET /languages, POST /translate."""

    name = "libretranslate"
    model = ""
    takes_terms = False

    def __init__(self, address: str, key: str = "") -> None:
        self._address, self._key = address.rstrip("/"), key
        self._pairs: dict[str, list[str]] = {}
        self._asked = -REMEMBERED

    @property
    def leaves_the_platform(self) -> bool:
        """Unless the server is on this machine."""
        return not is_here(self._address)

    def translates(self, source: str, target: str) -> bool:
        """What the server said it speaks."""
        return not is_same(source, target) and self._codes(source, target) is not None

    def translate(self, request: Request) -> Answer:
        """As plain text, so that nothing in it is read as markup."""
        codes = self._codes(request.source, request.target)
        if codes is None:
            raise CannotError(f"{self.name} does not translate this pair")
        body = {"q": request.text, "source": codes[0], "target": codes[1], "format": "text"}
        if self._key:
            body["api_key"] = self._key
        said = ask_server(self.name, "POST", f"{self._address}/translate", body=body)
        match said:
            case {"translatedText": str(words)}:
                return Answer(words)
        raise unexpected(self.name)

    def _codes(self, source: str, target: str) -> tuple[str, str] | None:
        if monotonic() - self._asked > REMEMBERED:
            self._pairs = self._read(ask_server(self.name, "GET", f"{self._address}/languages"))
            self._asked = monotonic()
        theirs = spelt(source, self._pairs)
        into = None if theirs is None else spelt(target, self._pairs[theirs])
        return None if theirs is None or into is None or into == theirs else (theirs, into)

    def _read(self, said: Any) -> dict[str, list[str]]:
        """Pairs of codes; a server before version 1.3 names no targets and translates into whatever it speaks."""
        try:
            everything = [str(one["code"]) for one in said]
            return {str(one["code"]): [str(code) for code in one.get("targets", everything)] for one in said}
        except (TypeError, KeyError, AttributeError):
            raise unexpected(self.name) from None
