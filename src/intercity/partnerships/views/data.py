"""What is public of cooperation as tables and feeds."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.functional import Promise
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from intercity.cities.models import Network
from intercity.events.models import Event
from intercity.languages.models import Text
from intercity.languages.network import network_languages
from intercity.partnerships import exports
from intercity.partnerships.models import Agreement, Commitment, Posting
from intercity.practices.exports.schema import Table

IN_A_FEED = 30
AT_ONCE = 200


def _csv(
    request: HttpRequest, table: Table, found: Iterable[Any], row: Callable[[Any], exports.Row]
) -> StreamingHttpResponse:
    site = request.build_absolute_uri("/").rstrip("/")
    rows = exports.lines(table, found, row, site) if request.method == "GET" else ()
    response = StreamingHttpResponse(rows, content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{table.name}.csv"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def commitments_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every commitment, however it stands."""
    found = Commitment.objects.with_words().order_by("number").iterator(AT_ONCE)
    return _csv(request, exports.COMMITMENTS, found, exports.commitment_row)


@require_safe
def agreements_csv(request: HttpRequest) -> StreamingHttpResponse:
    """The register of agreements."""
    found = Agreement.objects.with_words().order_by("pk").iterator(AT_ONCE)
    return _csv(request, exports.AGREEMENTS, found, exports.agreement_row)


@require_safe
def postings_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every need and offer, those that ran out, too."""
    found = Posting.objects.with_words().order_by("pk").iterator(AT_ONCE)
    return _csv(request, exports.POSTINGS, found, exports.posting_row)


@require_safe
def events_csv(request: HttpRequest) -> StreamingHttpResponse:
    """Every public event."""
    found = Event.objects.public().with_words().order_by("pk").iterator(AT_ONCE)
    return _csv(request, exports.EVENTS, found, exports.event_row)


@require_safe
def cooperation_schema(request: HttpRequest) -> HttpResponse:
    """What the tables are, and what each column means."""
    response = JsonResponse(exports.datapackage(), json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Access-Control-Allow-Origin"] = "*"
    return response


if TYPE_CHECKING:
    _Feed = Feed[Any, None]
else:
    _Feed = Feed  # knows its types only while they are checked


class _Atom(Atom1Feed):
    def root_attributes(self) -> dict[str, Any]:
        return {**super().root_attributes(), "xml:lang": get_language() or "en"}


class NewestFeed(_Feed):
    """The newest of a list, in the reader's language where there is a translation."""

    feed_type = _Atom
    called: str | Promise = ""
    shows = ""
    feeds = ""

    def title(self, obj: None) -> str:
        """What it tells of, and the network's name."""
        network = Network.current()
        return f"{self.called} · {network.name}" if network else str(self.called)

    def link(self, obj: None) -> str:
        """The same list as a page."""
        return reverse(self.shows)

    def feed_url(self, obj: None) -> str:
        """Its own address."""
        return reverse(self.feeds)

    def feed_guid(self, obj: None) -> str:
        """Its own address, too."""
        return self.feed_url(obj)


def said(text: Text | None) -> SafeString:
    """Words in the reader's language where they are known; feeds escape them."""
    return SafeString(text.words(get_language() or "en", network_languages()).body if text else "")


def marked(title: str, *, is_simulated: bool) -> SafeString:
    """A title that says what a demonstration made up, since readers of feeds see nothing else."""
    return SafeString(_("%(title)s (simulated)") % {"title": title} if is_simulated else title)


class CommitmentsFeed(NewestFeed):
    """Commitments whose state or words changed last."""

    called = gettext_lazy("Commitments")
    shows, feeds = "commitments", "commitments_atom"

    def items(self, obj: None) -> list[Commitment]:
        """The last that changed."""
        return list(Commitment.objects.with_words().order_by("-changed_at", "-pk")[:IN_A_FEED])

    def item_title(self, item: Commitment) -> SafeString:
        """How it stands, and the sentence: another state is another entry for whoever follows."""
        return marked(f"{item.standing.label}: {said(item.text)}", is_simulated=item.is_simulated)

    def item_description(self, item: Commitment) -> str:
        """Who, and until when."""
        who = item.city.named(get_language() or "en") if item.city else _("the network itself")
        return f"{item.owner}, {who} · {item.due_on.isoformat()}"

    def item_link(self, item: Commitment) -> str:
        """Where it is read."""
        return reverse("commitment", args=[item.number])

    def item_guid(self, item: Commitment) -> str:
        """Another one for each version, so that a change is heard of."""
        return f"{self.item_link(item)}#{item.version}"

    def item_pubdate(self, item: Commitment) -> datetime:
        """When it was written."""
        return item.written_at

    def item_updateddate(self, item: Commitment) -> datetime:
        """When it last changed."""
        return item.changed_at


class PostingsFeed(NewestFeed):
    """The newest needs and offers."""

    called = gettext_lazy("Needs and offers")
    shows, feeds = "postings", "postings_atom"

    def items(self, obj: None) -> list[Posting]:
        """Those that are open."""
        return list(Posting.objects.open().with_words().order_by("-written_at", "-pk")[:IN_A_FEED])

    def item_title(self, item: Posting) -> SafeString:
        """Need or offer, and what."""
        return marked(f"{item.get_direction_display()}: {said(item.title)}", is_simulated=item.is_simulated)

    def item_description(self, item: Posting) -> str:
        """Of which city, and in their own words."""
        return f"{item.city.named(get_language() or 'en')} · {item.get_kind_display()}. {said(item.body)}"

    def item_link(self, item: Posting) -> str:
        """Where it is read."""
        return reverse("posting", args=[item.pk])

    def item_pubdate(self, item: Posting) -> datetime:
        """When it was written."""
        return item.written_at

    def item_updateddate(self, item: Posting) -> datetime:
        """When it last changed."""
        return item.changed_at


class EventsFeed(NewestFeed):
    """The events that were written or changed last."""

    called = gettext_lazy("Events")
    shows, feeds = "events", "events_atom"

    def items(self, obj: None) -> list[Event]:
        """The last that changed."""
        return list(Event.objects.public().with_words().order_by("-changed_at", "-pk")[:IN_A_FEED])

    def item_title(self, item: Event) -> SafeString:
        """Its first day, and its title."""
        return marked(f"{item.starts_on.isoformat()}: {said(item.title)}", is_simulated=item.is_simulated)

    def item_description(self, item: Event) -> str:
        """Where, and what it is about."""
        where = item.city.named(get_language() or "en") if item.city else item.place
        return f"{item.get_kind_display()} · {where}. {said(item.about)}"

    def item_link(self, item: Event) -> str:
        """Where it is read."""
        return reverse("event", args=[item.slug])

    def item_pubdate(self, item: Event) -> datetime:
        """When it was written."""
        return item.written_at

    def item_updateddate(self, item: Event) -> datetime:
        """When it last changed."""
        return item.changed_at
