"""Stories of residents: to read and hear, to tell, to show or not, and to take back."""

from __future__ import annotations

import re
from urllib.parse import quote, urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core import signing
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from intercity.accounts import limits
from intercity.accounts.codes import shown as code_shown
from intercity.cities import actions
from intercity.cities.forms.stories import SentStoryForm, TakeBackForm, WrittenStoryForm
from intercity.cities.models import City, Story, StoryState
from intercity.cities.rights import may_write, require_writer, writable_cities
from intercity.cities.views.forms_shown import done, sent, show
from intercity.core.language.folding import fold
from intercity.refusals import RefusedError

ON_A_PAGE = 20
COOKIE, SECONDS = "story-code", 3600
"""How long the code of a story can be shown again on the device that sent it."""
PAGE = require_http_methods(["GET", "HEAD", "POST"])


@require_safe
def stories(request: HttpRequest) -> HttpResponse:
    """What residents tell, the newest first, of all cities or of one; and for those who show them, what waits."""
    language = get_language() or "en"
    told = City.objects.filter(stories__state=StoryState.SHOWN).distinct().prefetch_related("names")
    cities = sorted(told, key=lambda one: fold(one.named(language)))
    slug = request.GET.get("city", "")[:100]
    chosen = get_object_or_404(City.objects.prefetch_related("names"), slug=slug) if slug else None
    found = Story.objects.shown().with_words()
    found = found.filter(city=chosen) if chosen else found
    mine = writable_cities(request.user)
    waiting = Story.objects.filter(state=StoryState.WAITING, city__in=mine).with_words()
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "cities": cities,
        "chosen": chosen,
        "waiting": waiting if request.user.is_authenticated else (),
    }
    return render(request, "cities/stories.html", context)


@require_safe
def story(request: HttpRequest, pk: int) -> HttpResponse:
    """One story, to read and to hear. One that waits is only for those who may show it."""
    found = get_object_or_404(Story.objects.with_words(), pk=pk)
    if found.state == StoryState.WITHDRAWN:
        return render(request, "cities/story_withdrawn.html", {"story": found}, status=410)
    may_decide = may_write(request.user, found.city)
    if found.state != StoryState.SHOWN and not may_decide:
        raise Http404
    source = media_source(found.audio)
    context = {"story": found, "may_decide": may_decide, "can_play": bool(source)}
    response = render(request, "cities/story.html", context)
    response.media_from = source  # type: ignore[attr-defined]  # read by web.security
    return response


def media_source(address: str) -> str:
    """The address of a recording as a Content-Security-Policy names it; empty for what no policy should allow."""
    try:
        parts = urlsplit(address)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    if parts.scheme != "https" or not re.fullmatch(r"[a-z0-9-]+(\.[a-z0-9-]+)+", host) or "@" in parts.netloc:
        return ""
    path = quote(parts.path or "/", safe="/%~")
    return f"https://{host}{f':{port}' if port else ''}{path}"


@never_cache
@PAGE
def write_story(request: HttpRequest) -> HttpResponse:
    """Tell a story: an office writes it down for somebody, everybody else sends it in."""
    mine = writable_cities(request.user) if request.user.is_authenticated else City.objects.none()
    is_writer = mine.exists()
    cities = mine if is_writer else City.objects.members().prefetch_related("names")
    chosen = cities.filter(slug=request.GET.get("city", "")[:100]).first()
    form_of = WrittenStoryForm if is_writer else SentStoryForm
    form = form_of(cities, sent(request), initial={"city": chosen.pk} if chosen else {})
    if request.method == "POST" and form.is_valid():
        told = form.told()
        kept = done(
            form,
            lambda: (
                actions.write_story(request.user, **told)
                if is_writer
                else actions.send_story(address=limits.address(request), **told)
            ),
        )
        if kept:
            return _with_code(redirect("story_code"), *kept)
    return show(request, "cities/write_story.html", form, is_writer=is_writer, any=cities.exists())


def _with_code(response: HttpResponse, story: Story, code: str) -> HttpResponse:
    response.set_signed_cookie(
        COOKIE, f"{story.pk}:{code}", salt=COOKIE, max_age=SECONDS, path=reverse("stories"), httponly=True,
        samesite="Lax", secure=settings.SESSION_COOKIE_SECURE,
    )  # fmt: skip
    return response


@never_cache
@PAGE
def story_code(request: HttpRequest) -> HttpResponse:
    """The code by which a story is taken back, to be written down or printed, for an hour on this device."""
    try:
        said = str(request.get_signed_cookie(COOKIE, salt=COOKIE, max_age=SECONDS))
    except (KeyError, signing.BadSignature):
        return redirect("stories")
    key, _colon, code = said.partition(":")
    found = get_object_or_404(Story.objects.select_related("city").prefetch_related("city__names"), pk=key)
    if request.method == "POST":
        may_read = found.state == StoryState.SHOWN or may_write(request.user, found.city)
        response = redirect("story", found.pk) if may_read else redirect("stories")
        response.delete_cookie(COOKIE, path=reverse("stories"), samesite="Lax")
        return response
    is_writer = may_write(request.user, found.city)
    context = {"story": found, "code": code_shown(code), "is_writer": is_writer}
    return render(request, "cities/story_code.html", context)


@require_POST
@login_required
def decide_story(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a story, show it no more, take it back for its teller, or give the teller a new code."""
    found = get_object_or_404(Story.objects.select_related("city"), pk=pk)
    require_writer(request.user, found.city)
    what = request.POST.get("what", "")
    acts = {
        "show": (actions.show_story, _("Everybody can read it now.")),
        "hide": (actions.hide_story, _("Only the office and the secretariat see it now.")),
        "withdraw": (actions.withdraw_story, _("It was taken back. Its words are deleted.")),
    }
    try:
        if what == "code":
            return _with_code(redirect("story_code"), *actions.renew_story_code(request.user, found))
        if what not in acts:
            raise Http404
        act, told = acts[what]
        act(request.user, found)
        messages.success(request, told)
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("story", pk) if what != "withdraw" else redirect("stories")


@never_cache
@PAGE
def take_back_story(request: HttpRequest) -> HttpResponse:
    """Take back one's own story by its code."""
    form = TakeBackForm(sent(request))
    if request.method == "POST" and form.is_valid():
        code, who = form.cleaned_data["code"], limits.address(request)
        if done(form, lambda: actions.withdraw_story_by_code(code, address=who)):
            messages.success(request, _("Your story was taken back. Its words are deleted."))
            return redirect("stories")
    return show(request, "cities/take_back_story.html", form)
