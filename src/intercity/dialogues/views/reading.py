"""What everybody reads first: what the network is doing now, the list of dialogues, one dialogue, help."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import qrcode
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from qrcode.image.svg import SvgPathImage

from intercity.accounts.models import Person
from intercity.core.language.folding import fold
from intercity.dialogues.models import Answer, Dialogue, State, StatementState
from intercity.dialogues.views.here import participant_of
from intercity.languages.models import Text

A_FEW = 6
ON_A_PAGE = 20
FILTERS = (
    ("", _("All")),
    (State.OPEN.value, _("Open")),
    (State.CLOSED.value, _("Closed, waiting for an answer")),
    ("overdue", _("Answer overdue")),
    (State.ANSWERED.value, _("Answered")),
)


def visible_dialogue(request: HttpRequest, slug: str) -> Dialogue:
    """The dialogue of this address, if the reader may see it; else there is no page."""
    person = request.user if isinstance(request.user, Person) else None
    return get_object_or_404(Dialogue.objects.visible_to(person).with_words(), slug=slug)


def going_on() -> dict[str, Any]:
    """What the dialogues give to the home page: those open or waiting for an answer, and the newest answers."""
    public = Dialogue.objects.public().with_words()
    now = timezone.now()
    is_open = Q(closes_at=None) | Q(closes_at__gt=now)
    return {
        "open": public.filter(is_open, state=State.OPEN).order_by("closes_at", "pk")[:A_FEW],
        "waiting": public.filter(state=State.CLOSED, answer_due__isnull=False).order_by("answer_due")[:A_FEW],
        "answers": Answer.objects.filter(round__dialogue__state=State.ANSWERED)
        .select_related("text", "statement__text", "round__dialogue__responder_city", "round__dialogue__question")
        .prefetch_related("text__translations", "statement__text__translations")
        .order_by("-answered_at")[:A_FEW],
        "counts": Dialogue.objects.public().aggregate(
            dialogues=Count("pk"),
            open=Count("pk", filter=is_open & Q(state=State.OPEN)),
            answered=Count("pk", filter=Q(state=State.ANSWERED)),
        ),
    }


def dialogues(request: HttpRequest) -> HttpResponse:
    """All dialogues, newest first; by state, and by words of the question in any language."""
    state, sought = request.GET.get("state", ""), request.GET.get("q", "").strip()[:200]
    found = Dialogue.objects.public().with_words().order_by("-opened_at", "-pk")
    if state == "overdue":
        found = found.overdue()
    elif state in {value for value, _label in FILTERS} and state:
        found = found.filter(state=state)
    chosen = [one for one in found if _matches(one, sought)] if sought else found
    page = Paginator(chosen, ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "state": state, "sought": sought, "filters": FILTERS}
    return render(request, "dialogues/list.html", context)


def _matches(dialogue: Dialogue, sought: str) -> bool:
    """Whether every word stands in the question or background, as written or translated; accents do not matter."""
    texts = [text for text in (dialogue.question, dialogue.background) if text is not None]
    bodies = [body for text in texts for body in _bodies(text)]
    held = fold(" ".join([*bodies, *map(str, dialogue.themes), dialogue.slug]))
    return all(word in held for word in fold(sought).split())


def _bodies(text: Text) -> list[str]:
    return [text.body, *(one.body for one in text.translations.all())]


def dialogue_page(request: HttpRequest, slug: str) -> HttpResponse:
    """One dialogue: what is asked, who answers until when, how to take part, what came of it."""
    dialogue = visible_dialogue(request, slug)
    language = get_language() or "en"
    cities = sorted(city.named(language) for city in dialogue.cities.prefetch_related("names"))
    context = {
        "dialogue": dialogue,
        "round": dialogue.round,
        "cities": cities,
        "statements": dialogue.statements.shown().count(),
        "takes_part": participant_of(request, dialogue) is not None,
        "releases": _release_numbers(dialogue),
        "answers": dialogue.round.answers.count(),
    }
    return render(request, "dialogues/dialogue.html", context)


def _release_numbers(dialogue: Dialogue) -> list[tuple[int, int]]:
    """Round and number of each release, newest first, without reading what is in it."""
    rows = dialogue.rounds.exclude(releases=None).values_list("number", "releases__number")
    return sorted(((int(number), int(release)) for number, release in rows), reverse=True)


def statement(request: HttpRequest, slug: str, number: int) -> HttpResponse:
    """One statement and what was answered to it; one that was merged leads to what stands for it."""
    dialogue = visible_dialogue(request, slug)
    public = (StatementState.PUBLISHED, StatementState.MERGED)
    found = get_object_or_404(
        dialogue.statements.with_words().select_related("merged_into"), number=number, state__in=public
    )
    if found.merged_into is not None:
        return redirect("statement", dialogue.slug, found.merged_into.number)
    answers = found.answers.select_related("text").prefetch_related("text__translations").order_by("-round__number")
    context = {
        "dialogue": dialogue,
        "statement": found,
        "answers": answers,
        "takes_part": participant_of(request, dialogue) is not None,
    }
    return render(request, "dialogues/statement.html", context)


def poster(request: HttpRequest, slug: str) -> HttpResponse:
    """A sheet to hang up: the question, the address, and the same as a QR code."""
    dialogue = visible_dialogue(request, slug)
    address = request.build_absolute_uri(reverse("dialogue", args=[dialogue.slug]))
    file = BytesIO()
    qrcode.make(address, image_factory=SvgPathImage, border=2).save(file)
    drawing = file.getvalue().decode().partition("?>")[2]  # the address is in it as squares only
    context = {"dialogue": dialogue, "address": address, "code": mark_safe(drawing)}  # noqa: S308
    return render(request, "dialogues/poster.html", context)


def help_page(request: HttpRequest) -> HttpResponse:
    """How to take part, in plain words."""
    return render(request, "dialogues/help.html")
