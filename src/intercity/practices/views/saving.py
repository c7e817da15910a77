"""The reading list: practices that a device remembers by a signed cookie, without an account."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.staticfiles import finders
from django.core import signing
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from intercity.practices.models import Practice
from intercity.practices.views.shown import Shown, shown, whole

COOKIE = "reading-list"
MOST = 20
"""So many addresses fit into a cookie that every browser keeps."""
SECONDS = 400 * 86_400
"""Browsers keep no cookie for longer."""


def saved_slugs(request: HttpRequest) -> list[str]:
    """The practices that this device remembers, the newest first."""
    try:
        value = str(request.get_signed_cookie(COOKIE, max_age=SECONDS))
    except (KeyError, signing.BadSignature):
        return []
    return [slug for slug in value.split(".") if slug][:MOST]


def saved_practices(request: HttpRequest) -> list[Shown]:
    """The saved practices that can still be read, the newest first."""
    slugs = saved_slugs(request)
    found = {one.slug: one for one in whole(Practice.objects.published().filter(slug__in=slugs))}
    return shown(found[slug] for slug in slugs if slug in found)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def reading_list(request: HttpRequest) -> HttpResponse:
    """All saved practices on one page, to be saved as one file or printed; POST keeps one or takes one off."""
    if request.method == "POST":
        return _change(request)
    saved = saved_practices(request)
    context: dict[str, Any] = {"saved": saved, "most": MOST}
    if saved:
        context["file_bytes"] = len(_file(request, saved).encode())
    return HttpResponse(render_to_string("practices/reading_list.html", context, request))


@never_cache
@require_safe
def reading_list_file(request: HttpRequest) -> HttpResponse:
    """The saved practices as one file that needs no connection: words, figures and the style in it."""
    return HttpResponse(
        _file(request, saved_practices(request)),
        headers={"Content-Disposition": f'attachment; filename="{_("reading-list")}.html"'},
    )


def _file(request: HttpRequest, saved: list[Shown]) -> str:
    """A page by itself, with its style inside: the Content-Security-Policy is for our pages, not for files."""
    context = {"saved": saved, "address": settings.ADDRESS, "today": timezone.localdate()}
    page = render_to_string("practices/reading_list_file.html", context, request)
    sheet = Path(str(finders.find("web/intercity.css"))).read_text(encoding="utf-8")
    alone = re.sub(r"<link\b[^>]*>\s*", "", page).replace("</head>", f"<style>{sheet}</style>\n</head>")
    return alone.replace('href="/', f'href="{settings.ADDRESS}/')


def _change(request: HttpRequest) -> HttpResponse:
    practice = get_object_or_404(Practice.objects.published(), slug=request.POST.get("practice", ""))
    before = [slug for slug in saved_slugs(request) if slug != practice.slug]
    back = _back(request, practice)
    if request.POST.get("do") == "remove":
        messages.success(request, _("It is no longer on your reading list."))
        return _keep(back, before)
    if len(before) >= MOST:
        words = _("Your reading list has %(most)s practices, and no more fit. Take one off first.")
        messages.error(request, words % {"most": MOST})
        return redirect("reading_list")
    messages.success(request, _("It is on your reading list, on this device."))
    return _keep(back, [practice.slug, *before])


def _back(request: HttpRequest, practice: Practice) -> HttpResponse:
    """To where the reader came from, if that is a page of ours."""
    back = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    return redirect(back if is_ours else reverse("practice", kwargs={"slug": practice.slug}))


def _keep(response: HttpResponse, slugs: list[str]) -> HttpResponse:
    """Remember on this device; only pages about practices are told."""
    path = reverse("reading_list").removesuffix("reading-list/")
    if not slugs:
        response.delete_cookie(COOKIE, path=path, samesite="Lax")
        return response
    response.set_signed_cookie(
        COOKIE,
        ".".join(slugs),
        max_age=SECONDS,
        path=path,
        secure=settings.HTTPS,
        httponly=True,
        samesite="Lax",
    )
    return response
