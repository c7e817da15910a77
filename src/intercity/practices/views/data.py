"""Practices, their vocabulary and their schema as files, for programs and for cities that only have a spreadsheet."""

from __future__ import annotations

from typing import Final

from django.http import HttpRequest, HttpResponse, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import condition, require_safe

from intercity.cities.models import City
from intercity.core.language.names import language_name
from intercity.languages.network import network_languages
from intercity.practices import exports, vocabulary
from intercity.practices.forms.headings import HEADINGS
from intercity.practices.models import Practice
from intercity.practices.vocabulary import skos

LINKED: Final = "application/ld+json"
READABLE: Final = {"ensure_ascii": False, "indent": 1}


def site(request: HttpRequest) -> str:
    """The address of this site, without a slash at its end."""
    return request.build_absolute_uri("/").rstrip("/")


def _from_anywhere(response: HttpResponse) -> HttpResponse:
    """Public data may be read by pages of anybody."""
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def practice_jsonld(request: HttpRequest, slug: str) -> HttpResponse:
    """A published practice as linked data."""
    found = Practice.objects.published().with_words().prefetch_related("media", "adoptions__to_city")
    document = exports.article(get_object_or_404(found, slug=slug), site(request))
    return _from_anywhere(JsonResponse(document, json_dumps_params=READABLE, content_type=LINKED))


def _package_state(request: HttpRequest) -> str:
    return f'"{exports.package_state(site(request))}"'


@require_safe
@condition(etag_func=_package_state)
def practices_package(request: HttpRequest) -> StreamingHttpResponse:
    """Everything that is published as tables in one ZIP, with their schema; who has it already is told so."""
    parts = exports.package_parts(base=site(request)) if request.method == "GET" else ()
    response = StreamingHttpResponse(parts, content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="practices.zip"'
    response["Cache-Control"] = "no-cache"  # kept, and asked for again each time
    return response


@require_safe
def practices_schema(request: HttpRequest) -> HttpResponse:
    """The schema of the tables."""
    return _from_anywhere(JsonResponse(exports.datapackage(), json_dumps_params=READABLE))


@require_safe
def practices_template(request: HttpRequest) -> HttpResponse:
    """A workbook in which a city tells a practice, in the reader's language."""
    reader = get_language() or "en"
    members = City.objects.members().prefetch_related("names").order_by("slug")
    content = exports.template(
        [(one.slug, one.named(reader)) for one in members],
        [(code, language_name(code)) for code in network_languages()],
        reader,
        hints={name: heading.hint for name, heading in HEADINGS.items()},
    )
    response = HttpResponse(content, content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
    response["Content-Disposition"] = 'attachment; filename="practice.xlsx"'
    response["Vary"] = "Accept-Language, Cookie"
    return response


@require_safe
def vocabulary_skos(request: HttpRequest, form: str) -> HttpResponse:
    """The vocabulary of urban challenges as SKOS."""
    base = site(request) + reverse("vocabulary")
    if form == "ttl":
        return _from_anywhere(HttpResponse(skos.turtle(base), content_type="text/turtle; charset=utf-8"))
    return _from_anywhere(HttpResponse(skos.json_ld(base), content_type=LINKED))


@require_safe
def vocabulary_concept(request: HttpRequest, concept: str) -> HttpResponse:
    """The address of a concept leads to the practices that answer it; programs read what it means in the SKOS."""
    if concept not in vocabulary.concepts():
        return redirect("vocabulary")
    return redirect(reverse("practices") + f"?theme={concept}")
