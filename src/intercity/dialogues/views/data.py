"""Open data: what can be downloaded, under which licence, and how anybody can check it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet
from django.db.models.functions import Length
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag

from intercity.audit.models import Head
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue, Release
from intercity.dialogues.views.reading import visible_dialogue


def _listed(releases: QuerySet[Release]) -> QuerySet[Release]:
    """Releases with the size of their data, which stays where it is."""
    return releases.defer("data", "document").annotate(size=Length("data")).select_related("round")


def data(request: HttpRequest, slug: str) -> HttpResponse:
    """Every release of a dialogue."""
    dialogue = visible_dialogue(request, slug)
    releases = _listed(Release.objects.filter(round__dialogue=dialogue)).order_by("-round__number", "-number")
    return render(request, "dialogues/data.html", {"dialogue": dialogue, "releases": releases})


def about_data(request: HttpRequest) -> HttpResponse:
    """All releases of the network, how results are computed, licences, and the head of the record."""
    public = Dialogue.objects.public()
    releases = _listed(Release.objects.filter(round__dialogue__in=public)).order_by("-published_at")
    context = {
        "releases": releases.select_related("round__dialogue__question").prefetch_related(
            "round__dialogue__question__translations"
        ),
        "head": Head.objects.first(),
        "has_places": City.objects.exclude(geonames_id=None).exists(),
    }
    return render(request, "dialogues/about_data.html", context)


def download_data(request: HttpRequest, slug: str, round_number: int, number: int) -> HttpResponse:
    """The votes of a release, as a ZIP."""
    release = _release(request, slug, round_number, number)
    name = f"{slug}-{round_number}-{number}.zip"
    return _send(request, lambda: bytes(release.data), release.sha256, name, "application/zip")


def download_result(request: HttpRequest, slug: str, round_number: int, number: int) -> HttpResponse:
    """The result of a release, as JSON."""
    release = _release(request, slug, round_number, number)
    body = (json.dumps(release.document, ensure_ascii=False, indent=1) + "\n").encode()
    name = f"{slug}-{round_number}-{number}-result.json"
    return _send(request, lambda: body, hashlib.sha256(body).hexdigest(), name, "application/json")


def _release(request: HttpRequest, slug: str, round_number: int, number: int) -> Release:
    dialogue = visible_dialogue(request, slug)
    found = Release.objects.filter(round__dialogue=dialogue, round__number=round_number, number=number)
    release = found.defer("data").first()  # read only if it is sent
    if release is None:
        raise Http404
    return release


def _send(request: HttpRequest, body: Callable[[], bytes], mark: str, name: str, kind: str) -> HttpResponse:
    """A file that never changes: whoever has it already gets nothing but the word that it is still the same."""
    etag = quote_etag(mark)
    same: Any = get_conditional_response(request, etag=etag)
    response = HttpResponse(body(), content_type=kind) if same is None else same
    response["ETag"] = etag
    response["Cache-Control"] = "public, max-age=86400"
    if same is None:
        response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
