"""Any search of practices as a table for a spreadsheet, and as a feed that tells of new ones."""

from __future__ import annotations

import csv
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.cities.models import Network
from intercity.languages.network import network_languages
from intercity.practices.models import Practice, PracticeField
from intercity.practices.search import Asked, Page, parse, search
from intercity.practices.search.rows import rows

MOST_ROWS = 1_000
IN_A_FEED = 30


@require_safe
def practices_csv(request: HttpRequest) -> HttpResponse:
    """What was found, in UTF-8 with a mark that spreadsheets know it by; at most a thousand rows to a page."""
    reader, languages = get_language() or "en", network_languages()
    page = search(parse(request.GET), reader, languages, most=MOST_ROWS)
    response = HttpResponse("\ufeff", content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="practices.csv"'
    site = request.build_absolute_uri("/").rstrip("/")
    csv.writer(response).writerows(rows(page, site, reader, languages))
    return response


if TYPE_CHECKING:
    _Feed = Feed[Practice, Page]
else:
    _Feed = Feed  # knows its types only while they are checked


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:lang": get_language() or "en"}


class PracticesFeed(_Feed):
    """The newest practices that a search finds; whoever follows it hears of each once."""

    feed_type = _Atom

    def get_object(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Page:
        """The search of the address, the newest first."""
        asked = parse({**request.GET.dict(), "sort": "newest", "page": "1"})
        return search(asked, get_language() or "en", network_languages(), most=IN_A_FEED)

    def title(self, obj: Page) -> str:
        """The network's name, and what was searched for."""
        network = Network.current()
        words = _("Practices: %(words)s") % {"words": obj.asked.q} if obj.asked.q else _("Practices")
        return f"{words} · {network.name}" if network else words

    def link(self, obj: Page) -> str:
        """The same search as a page."""
        return reverse("practices") + _shown(obj.asked)

    def feed_url(self, obj: Page) -> str:
        """Its own address."""
        return reverse("practices_feed") + _shown(obj.asked)

    def feed_guid(self, obj: Page) -> str:
        """Its own address, too: it is the same feed as long as the search is."""
        return self.feed_url(obj)

    def items(self, obj: Page) -> list[Practice]:
        """The practices."""
        return [one.practice for one in obj.hits]

    def item_title(self, item: Practice) -> SafeString:
        """Its title in the reader's language where it is known; feeds escape it."""
        return SafeString(_words(item, PracticeField.TITLE) or item.slug)

    def item_description(self, item: Practice) -> str:
        """It in short, where it was done, and how it stands."""
        place = item.city.named(get_language() or "en") if item.city else item.place
        return f"{place} · {item.get_status_display()}. {_words(item, PracticeField.SUMMARY)}"

    def item_link(self, item: Practice) -> str:
        """Where it is read."""
        return reverse("practice", args=[item.slug])

    def item_pubdate(self, item: Practice) -> datetime | None:
        """When everybody could first read it."""
        return item.published_at

    def item_updateddate(self, item: Practice) -> datetime:
        """When it last changed."""
        return item.changed_at


def _words(one: Practice, field: PracticeField) -> str:
    text = one.text(field)
    return text.words(get_language() or "en", network_languages()).body if text else ""


def _shown(asked: Asked) -> str:
    found = asked.address(without=["sort"])
    return "" if found == "?" else found
