"""The languages of the network: what to expect of each, and how to make it better."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from intercity.core.language.known import known
from intercity.languages.engines import status
from intercity.languages.interface import Interface, interface
from intercity.languages.network import network_languages
from intercity.languages.rights import may_review
from intercity.languages.waiting import Progress, progress

COUNTED_AGAIN = 60
"""Seconds for which the page may be behind."""
MEANING = {
    "strong": _("Found and compared across languages reliably"),
    "good": _("Found across languages; proposals of similar statements need a second look"),
    "none": _("Found by its words only, not across languages"),
}


@dataclass(frozen=True)
class Row:
    """What the page says of one language."""

    code: str
    interface: Interface | None
    meaning: str | Promise
    progress: Progress


@require_safe
def languages(request: HttpRequest) -> HttpResponse:
    """All languages of the network in one table, and how to correct our own words."""
    codes = network_languages()
    # Everybody may ask for this page; counting takes a second where there are very many texts.
    counted = cache.get_or_set(f"languages:{','.join(codes)}", lambda: progress(codes), COUNTED_AGAIN)
    rows = [Row(one.language, interface(one.language), _meaning(one.language), one) for one in counted or []]
    context = {"rows": rows, "engines": status(), "may_translate": may_review(request.user)}
    return render(request, "languages/languages.html", context)


def _meaning(code: str) -> str | Promise:
    found = known(code)
    return MEANING[found.meaning if found else "none"]
