"""Needs and offers: the list with its filters, one of them with what suits it, writing, renewing, answering."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intercity.accounts import limits
from intercity.accounts.models import Person, Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import City
from intercity.cities.rights import may_write, writable_cities
from intercity.partnerships import facts, matching, vocabulary
from intercity.partnerships.actions import postings
from intercity.partnerships.forms.promising import ReasonForm
from intercity.partnerships.forms.seeking import LegForms, Legs, PostingForm, ReplyForm, stored_legs
from intercity.partnerships.models import Direction, Posting, PostingKind, PostingReply, PostingState, Scheme
from intercity.partnerships.views.shown import attempt, sent, show
from intercity.practices import vocabulary as challenges
from intercity.refusals import RefusedError

ON_A_PAGE, SUITING = 20, 6
NAMES = ("direction", "kind", "city", "topic")


@dataclass(frozen=True)
class TopicShown:
    """A topic with its words: of a chapter they are in English, of a concept in the reader's language."""

    key: str
    label: str
    language: str


def topics_of(posting: Posting) -> list[TopicShown]:
    """The topics of a posting as people read them."""
    return [topic_shown(one.scheme, one.code) for one in posting.topics.all()]


def topic_shown(scheme: str, code: str) -> TopicShown:
    """A topic by its scheme and code; an unknown one is shown as it is."""
    language = get_language() or "en"
    if scheme == Scheme.HS and code in vocabulary.chapters():
        return TopicShown(f"{scheme}:{code}", vocabulary.chapters()[code].title, vocabulary.LANGUAGE)
    concept = challenges.concepts().get(code)
    return TopicShown(f"{scheme}:{code}", concept.label(language) if concept else code, language)


@require_safe
def posting_list(request: HttpRequest) -> HttpResponse:
    """What is sought and given today; filters are links."""
    asked = {name: request.GET.get(name, "") for name in NAMES}
    found = Posting.objects.open().with_words()
    if asked["direction"] in Direction.values:
        found = found.filter(direction=asked["direction"])
    if asked["kind"] in PostingKind.values:
        found = found.filter(kind=asked["kind"])
    city = City.objects.filter(slug=asked["city"]).first() if asked["city"] else None
    if city is not None:
        found = found.filter(city=city)
    scheme, _colon, code = asked["topic"].partition(":")
    if code:
        found = found.filter(topics__scheme=scheme, topics__code=code)
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "asked": {name: value for name, value in asked.items() if value},
        "directions": _links(asked, "direction", Direction.choices),
        "kinds": _links(asked, "kind", PostingKind.choices),
        "city": city,
        "topic": topic_shown(scheme, code) if code else None,
        "cities": City.objects.filter(postings__in=Posting.objects.open())
        .distinct()
        .order_by("name")
        .prefetch_related("names"),
        "may_post": isinstance(request.user, Person) and writable_cities(request.user).exists(),
    }
    return show(request, "partnerships/postings.html", context)


def _links(asked: dict[str, str], name: str, choices: list[tuple[str, Any]]) -> list[tuple[str, Any, bool]]:
    """Address, label and whether it is chosen, of each choice and of all of them."""
    rest = {key: value for key, value in asked.items() if value and key != name}
    found = [(f"?{urlencode(rest)}", _("All"), asked[name] not in dict(choices))]
    for value, label in choices:
        found.append((f"?{urlencode({**rest, name: value})}", label, asked[name] == value))
    return found


def _posting(key: int) -> Posting:
    return get_object_or_404(Posting.objects.with_words().prefetch_related("replies__text__translations"), pk=key)


@require_safe
def posting(request: HttpRequest, key: int) -> HttpResponse:
    """One need or offer: the facts, whom to call, what suits it and why, what was answered."""
    return _page(request, _posting(key), ReplyForm(_answering(request)))


def _answering(request: HttpRequest) -> Any:
    """The cities for which somebody may answer; None for who has none."""
    cities = writable_cities(request.user) if isinstance(request.user, Person) else None
    return cities if cities is not None and cities.exists() else None


def _page(request: HttpRequest, found: Posting, form: ReplyForm) -> HttpResponse:
    writes = may_write(request.user, found.city)
    writer = isinstance(request.user, Person) and writable_cities(request.user).exists()
    suiting = matching.matches(found, most=SUITING)
    replies = [one for one in found.replies.all() if one.is_shown or (writes and one.hidden_at is None)]
    context = {
        "posting": found,
        "topics": topics_of(found),
        "facts": facts.shown(found.kind, found.direction, found.facts),
        "legs": list(found.legs.all()),
        "is_open": found.state == PostingState.OPEN and Posting.objects.open().filter(pk=found.pk).exists(),
        "suiting": [(one, _proposing(found, one.posting) if writer else "") for one in suiting],
        "replies": replies,
        "may_write": writes,
        "form": form,
    }
    return show(request, "partnerships/posting.html", context, form)


def _proposing(found: Posting, other: Posting) -> str:
    """Where an introduction of the two is proposed."""
    return f"{reverse('propose_introduction')}?{urlencode({one.direction: one.pk for one in (found, other)})}"


@login_required
def write_posting(request: HttpRequest) -> HttpResponse:
    """First need or offer of which kind, then the words and facts of that kind."""
    cities = writable_cities(request.user)
    if not cities.exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    kind, direction = request.GET.get("kind", ""), request.GET.get("direction", "")
    if kind not in PostingKind.values or direction not in Direction.values:
        return show(
            request,
            "partnerships/choose_posting.html",
            {"kinds": PostingKind.choices, "directions": Direction.choices},
        )
    form, legs = PostingForm(request.user, cities, kind, direction, sent(request)), _legs(request, kind)
    made: list[Posting] = []
    if request.method == "POST" and _are_valid(form, legs):
        given = form.cleaned_data

        def post() -> None:
            made.append(
                postings.post(
                    request.user,
                    form.terms(_said(legs)),
                    direction=direction,
                    kind=kind,
                    city=given["city"],
                    expires_on=given["expires_on"],
                )
            )

        if attempt(post, form):
            messages.success(request, _("It is public now. Below stands what suits it."))
            return redirect("posting", made[0].pk)
    return _written(request, form, legs, kind, direction)


@login_required
def edit_posting(request: HttpRequest, key: int) -> HttpResponse:
    """Write it anew."""
    found = _written_by(request, key)
    cities = writable_cities(request.user)
    form = PostingForm(request.user, cities, found.kind, found.direction, sent(request), posting=found)
    legs = _legs(request, found.kind, found)
    if request.method == "POST" and _are_valid(form, legs):
        version = form.cleaned_data["version"] or 0
        if attempt(lambda: postings.edit(request.user, found, form.terms(_said(legs)), version=version), form):
            messages.success(request, _("Saved."))
            return redirect("posting", found.pk)
    return _written(request, form, legs, found.kind, found.direction, found)


def _written(
    request: HttpRequest, form: PostingForm, legs: Legs | None, kind: str, direction: str, found: Posting | None = None
) -> HttpResponse:
    rows = list(legs.forms) if legs else []
    context = {
        "form": form,
        "legs": legs,
        "posting": found,
        "kind": PostingKind(kind).label,
        "direction": direction,
    }
    return show(request, "partnerships/write_posting.html", context, form, *rows)


def _legs(request: HttpRequest, kind: str, found: Posting | None = None) -> Legs | None:
    """The forms of the legs of an itinerary."""
    if kind != PostingKind.TOURISM:
        return None
    stored = stored_legs(found.legs.all()) if found else None
    return LegForms(request.POST if request.method == "POST" else None, prefix="legs", initial=stored)


def _are_valid(form: PostingForm, legs: Legs | None) -> bool:
    is_valid = form.is_valid()
    return (legs is None or legs.is_valid()) and is_valid


def _said(legs: Legs | None) -> list[Any]:
    return [leg for leg in (row.leg() for row in legs.forms) if leg is not None] if legs else []


def _written_by(request: HttpRequest, key: int) -> Posting:
    found = _posting(key)
    if not may_write(request.user, found.city):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    return found


@login_required
@require_POST
def renew_posting(request: HttpRequest, key: int) -> HttpResponse:
    """Half a year more."""
    postings.renew(request.user, _written_by(request, key))
    messages.success(request, _("It holds for half a year more."))
    return redirect("posting", key)


@login_required
def close_posting(request: HttpRequest, key: int) -> HttpResponse:
    """No longer sought or given."""
    found = _written_by(request, key)
    form = ReasonForm(sent(request))
    form.fields["reason"].required = False
    is_sent = request.method == "POST" and form.is_valid()
    if is_sent and attempt(lambda: postings.close(request.user, found, form.reason_given()), form):
        messages.success(request, _("It is closed. You can take it up again here."))
        return redirect("posting", key)
    return show(request, "partnerships/close_posting.html", {"posting": found, "form": form}, form)


def reply_to_posting(request: HttpRequest, key: int) -> HttpResponse:
    """Answer a need or an offer; also for who is not signed in."""
    found = _posting(key)
    form = ReplyForm(_answering(request), sent(request))
    if request.method != "POST":
        return redirect("posting", key)
    if form.is_valid():
        if not isinstance(request.user, Person) and not limits.allow("reply", limits.address(request)):
            return limits.refuse(request, "reply")
        if attempt(lambda: postings.reply(request.user, found, **form.told()), form):
            messages.success(request, _("Thank you. The city reads it first; it may let everybody read it."))
            return redirect("posting", key)
    return _page(request, found, form)


@login_required
@require_POST
def decide_reply(request: HttpRequest, key: int) -> HttpResponse:
    """Let everybody read an answer, or not."""
    answer = get_object_or_404(PostingReply.objects.select_related("posting__city"), pk=key)
    act = {"show": postings.show_reply, "hide": postings.hide_reply}.get(request.POST.get("what", ""))
    if act is None:
        raise Http404
    try:
        act(request.user, answer)
    except RefusedError as error:
        messages.error(request, str(error))
    return redirect("posting", answer.posting_id)
