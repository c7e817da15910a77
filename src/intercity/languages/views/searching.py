"""The search page: one field for everything that can be found, in any language, and why each thing was found."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.core.language.known import known
from intercity.core.language.names import language_name
from intercity.languages.models import Kind, Passage, Text
from intercity.languages.network import network_languages
from intercity.languages.searching import MOST_HITS, Hit, find

A_PAGE = 20
MOST_PAGES = MOST_HITS // A_PAGE
LONGEST = 200
SHORT = 400
"""Words up to this length are shown whole; of longer ones only the passage that was found."""


@dataclass(frozen=True)
class Result:
    """Something that was found: the words to show, and in words why it was found.

    `text` has translations beside it; where it is None, `body` in `language` is shown as it is.
    """

    kind: str
    address: str
    text: Text | None
    body: str
    language: str
    why: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """What has these words or means something like them; without words, what can be looked for and how."""
    query = " ".join(request.GET.get("q", "").split())[:LONGEST]
    kind = request.GET.get("kind", "")
    kind = kind if kind in Kind.values else ""
    page = _page(request.GET.get("page", ""))
    context = {
        "query": query,
        "kind": kind,
        "kinds": [("", _("Everything")), *Kind.choices],
        "page": page,
        "longest": LONGEST,
        "without_meaning": _named(code for code in network_languages() if not _has_meaning(code)),
        "languages": _named(network_languages()),
    }
    if query:
        reader = get_language() or "en"
        kinds = (kind,) if kind else ()
        found = find(
            query, reader=reader, languages=network_languages(), kinds=kinds, most=A_PAGE, start=A_PAGE * (page - 1)
        )
        context |= {
            "results": results(found.hits, reader),
            "understood": found.understood_as,
            "next": page + 1 if found.has_more and page < MOST_PAGES else None,
            "previous": page - 1 if page > 1 else None,
        }
    return render(request, "languages/search.html", context)


def _page(typed: str) -> int:
    return min(max(int(typed), 1), MOST_PAGES) if typed.isascii() and typed.isdecimal() and len(typed) < 5 else 1


def _has_meaning(code: str) -> bool:
    language = known(code)
    return language is not None and language.meaning != "none"


def _named(codes: Iterable[str]) -> list[str]:
    reader = get_language() or "en"
    return [language_name(code, reader) for code in codes]


def results(hits: Sequence[Hit], reader: str) -> list[Result]:
    """Hits as they are shown to a reader, in two or three questions to the database, however many there are."""
    texts = Text.objects.prefetch_related("translations").in_bulk(
        [hit.text_id for hit in hits if hit.text_id is not None]
    )
    names = _names([hit for hit in hits if hit.text_id is None], reader)
    return [_result(hit, texts.get(hit.text_id or 0), names.get((hit.kind, hit.key)), reader) for hit in hits]


def _names(hits: Sequence[Hit], reader: str) -> dict[tuple[str, str], str]:
    """What is found by names only, such as a city, is called as the reader calls it."""
    if not hits:
        return {}
    kinds, keys = {hit.kind for hit in hits}, {hit.key for hit in hits}
    rows = Passage.objects.filter(
        findable__kind__in=kinds, findable__key__in=keys, language=reader, text=None
    ).values_list("findable__kind", "findable__key", "body")
    return {(kind, key): body for kind, key, body in rows}


def _result(hit: Hit, text: Text | None, name: str | None, reader: str) -> Result:
    fits = text if text is not None and len(text.body) <= SHORT else None
    body, language = (hit.body, hit.language) if name is None else (name, reader)
    return Result(str(Kind(hit.kind).label), hit.address, fits, body, language, why(hit, reader))


def why(hit: Hit, reader: str) -> str:
    """Why something was found: which of the words it has, what it means, and in which language it was written."""
    original = hit.original_language or hit.language
    found = [_words(hit, reader), _meaning(hit)]
    if hit.text_id is not None and (original != reader or not hit.words):  # a name is written in no language
        found.append(_("Written in %(language)s.") % {"language": language_name(original, reader)})
    return " ".join(sentence for sentence in found if sentence)


def _words(hit: Hit, reader: str) -> str:
    said = {"words": "“" + "”, “".join(hit.words) + "”", "language": language_name(hit.language, reader)}
    if hit.is_translation:
        if hit.words:
            return _("Its translation into %(language)s has: %(words)s.") % said
        return _("Found by its translation into %(language)s.") % said
    return _("It has: %(words)s.") % said if hit.words else ""


def _meaning(hit: Hit) -> str:
    if hit.likeness == "strong":
        return _("Similar in meaning.")
    return _("Perhaps similar in meaning.") if hit.likeness and not hit.words else ""
