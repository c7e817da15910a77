"""DeepL: a paid service, so words leave the platform. A small client of the documented version 2 of its API."""

from __future__ import annotations

import re
from html import escape, unescape
from time import monotonic
from typing import Any

from intercity.languages.engines.codes import is_same, spelt
from intercity.languages.engines.contract import Answer, CannotError, Request, RetryLaterError, UnavailableError
from intercity.languages.engines.wire import ask_server, is_here, seconds_of, unexpected

FREE, PAID = "https://api-free.deepl.com", "https://api.deepl.com"
REMEMBERED = 86_400.0
FIRST = {"en": ("en-gb",), "pt": ("pt-pt",)}
"""Which variety is meant where a network only says English or Portuguese."""
KEEP = "keep"
"""The tag around what stands in the network's words already and is not to be translated."""


class DeepL:
    """GET /v2/languages and POST /v2/translate, with the key in a header."""

    name = "deepl"
    model = ""
    takes_terms = True

    def __init__(self, key: str, address: str = "") -> None:
        self._address = address.rstrip("/") or (FREE if key.endswith(":fx") else PAID)
        self._headers = {"Authorization": f"DeepL-Auth-Key {key}"}
        self._sources: list[str] = []
        self._targets: list[str] = []
        self._asked = -REMEMBERED

    @property
    def leaves_the_platform(self) -> bool:
        """Always, but for a server that only speaks like DeepL and stands on this machine."""
        return not is_here(self._address)

    def translates(self, source: str, target: str) -> bool:
        """What the service said it speaks; languages that it calls a trial are not among them."""
        return not is_same(source, target) and self._codes(source, target) is not None

    def translate(self, request: Request) -> Answer:
        """With terms of the glossary put in before, and marked so that they are left as they are."""
        codes = self._codes(request.source, request.target)
        if codes is None:
            raise CannotError(f"{self.name} does not translate this pair")
        body: dict[str, object] = {"text": [request.text], "source_lang": codes[0], "target_lang": codes[1]}
        if request.context:
            body["context"] = request.context
        if request.terms:
            body |= {"text": [_marked(request)], "tag_handling": "xml", "ignore_tags": [KEEP]}
        match self._ask("POST", "/v2/translate", body):
            case {"translations": [{"text": str(words)}, *_]}:
                return Answer(_unmarked(words) if request.terms else words)
        raise unexpected(self.name)

    def _codes(self, source: str, target: str) -> tuple[str, str] | None:
        if monotonic() - self._asked > REMEMBERED:
            self._sources, self._targets = self._languages("source"), self._languages("target")
            self._asked = monotonic()
        theirs = spelt(source, self._sources)
        into = spelt(target, self._targets, FIRST.get(target.lower(), ()))
        return None if theirs is None or into is None else (theirs, into)

    def _languages(self, kind: str) -> list[str]:
        said = self._ask("GET", f"/v2/languages?type={kind}")
        try:
            return [str(one["language"]) for one in said]
        except (TypeError, KeyError):
            raise unexpected(self.name) from None

    def _ask(self, method: str, path: str, body: object = None) -> Any:
        return ask_server(
            self.name, method, self._address + path, headers=self._headers, body=body, refused=self._refused
        )

    def _refused(self, status: int, after: str | None) -> Exception | None:
        if status == 403:
            return UnavailableError(f"{self.name} does not know the key in INTERCITY_DEEPL_KEY (403)")
        if status == 456:
            return RetryLaterError(f"{self.name}: what was paid for is used up (456)", seconds_of(after, 86_400))
        return None


def _marked(request: Request) -> str:
    """The text as XML, with every term replaced by how it must be said, in a tag that is left alone."""
    said = {escape(words): escape(must) for words, must in request.terms}
    longest_first = sorted(said, key=len, reverse=True)
    pattern = re.compile("|".join(map(re.escape, longest_first)), re.IGNORECASE)
    by_lower = {words.lower(): must for words, must in said.items()}
    return pattern.sub(lambda found: f"<{KEEP}>{by_lower[found[0].lower()]}</{KEEP}>", escape(request.text))


def _unmarked(words: str) -> str:
    return unescape(words.replace(f"<{KEEP}>", "").replace(f"</{KEEP}>", ""))
