"""Questions to those who did something: asking, what waits for me, answering, and saying no politely."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intercity.accounts.models import Membership, Role
from intercity.accounts.rights import Visitor, has_any_role, has_role, not_allowed
from intercity.cities.models import Cities, City
from intercity.languages.network import network_languages
from intercity.practices import actions
from intercity.practices.actions.rights import may_write, speaks_for
from intercity.practices.forms.asking import AnswerForm, AskForm, DeclineForm
from intercity.practices.models import Practice, Question
from intercity.practices.views.adopting import attempt, show
from intercity.practices.views.shown import Shown, visible, whole
from intercity.practices.views.written import sent

A_PAGE = 30


def with_words(found: Any) -> Any:
    """Questions with their practices, cities and translated words."""
    return found.select_related("practice__city", "from_city", "text", "answer").prefetch_related(
        "text__translations",
        "answer__translations",
        "from_city__names",
        "practice__city__names",
        "practice__words__text__translations",
    )


def asking_cities(person: Visitor, practice: Practice) -> Cities:
    """The cities for which somebody can ask: theirs, but not the one that is asked."""
    held = Membership.objects.current().filter(person__pk=(person.pk if person else None) or 0, role=Role.OFFICER)
    members = City.objects.members().prefetch_related("names").exclude(pk=practice.city_id or 0)
    return members if held.filter(city=None).exists() else members.filter(pk__in=held.values("city"))


def ask_doer(request: HttpRequest, slug: str) -> HttpResponse:
    """What others asked and was answered; then, for officers, a question of their own."""
    practice = visible(request, slug, whole(Practice.objects.published()))
    cities = asking_cities(request.user, practice)
    may_ask = practice.city is not None and cities.exists()
    form = AskForm(request.user, cities, sent(request)) if may_ask else None
    if request.method == "POST":
        if form is None:
            raise not_allowed(Role.OFFICER)
        if form.is_valid() and _ask(request, practice, form):
            return redirect("ask_doer", practice.slug)
    asked = list(with_words(practice.questions.all()))
    context = {
        "practice": practice,
        "shown": Shown(practice, network_languages()),
        "form": form,
        "answered": [one for one in asked if one.answered_at],
        "declined": [one for one in asked if one.declined_at],
        "unanswered": [one for one in asked if not (one.answered_at or one.declined_at)],
        "waiting": Question.objects.waiting().filter(practice__city=practice.city).count() if practice.city else 0,
        "most": actions.MOST_WAITING,
        "others": [one for one in actions.who_else(practice) if not speaks_for(request.user, one)],
        "may_answer": may_write(request.user, practice.city),
        "is_doer": practice.city is not None and _is_officer(request.user, practice.city),
    }
    return show(request, "practices/ask.html", context, *([form] if form else []))


def _is_officer(person: Visitor, city: City) -> bool:
    return has_role(person, Role.OFFICER, city=city)


def _ask(request: HttpRequest, practice: Practice, form: AskForm) -> bool:
    given = form.cleaned_data
    done = attempt(form, lambda: actions.ask(request.user, practice, given["city"], given["language"], given["body"]))
    if done:
        messages.success(request, _("Your question is asked. You get a letter when there is an answer."))
    return done


@login_required
def questions(request: HttpRequest) -> HttpResponse:
    """Questions that wait for the reader, what they asked themselves, and what was answered."""
    if not has_any_role(request.user):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    everything = has_role(request.user, Role.SECRETARIAT)
    held = Membership.objects.current().filter(person__pk=request.user.pk or 0, role=Role.OFFICER)
    own = held.values("city")
    to_us = Question.objects.all() if everything else Question.objects.filter(practice__city__in=own)
    done = to_us.filter(Q(answered_at__isnull=False) | Q(declined_at__isnull=False))
    languages = network_languages()
    page = Paginator(with_words(done.order_by("-pk")), A_PAGE).get_page(request.GET.get("page"))

    def titled(some: Iterable[Question]) -> list[tuple[Question, Shown]]:
        return [(one, Shown(one.practice, languages)) for one in some]

    context = {
        "waiting": titled(with_words(to_us.waiting())),
        "asked": titled(with_words(Question.objects.filter(from_city__in=own))[:A_PAGE]),
        "page": page,
        "done": titled(page),
        "secretariat": everything,
        "reading_languages": languages,
    }
    return show(request, "practices/questions.html", context)


def _question_for(request: HttpRequest, key: int) -> Question:
    """The question, for those who may answer it."""
    found: Question = get_object_or_404(with_words(Question.objects.all()), pk=key)
    if not may_write(request.user, found.practice.city):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    return found


@login_required
def answer_question(request: HttpRequest, key: int) -> HttpResponse:
    """Answer, or say that it will not be answered."""
    question = _question_for(request, key)
    form = AnswerForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        if attempt(form, lambda: actions.answer(request.user, question, given["language"], given["body"])):
            messages.success(request, _("Your answer is public now, and whoever asked gets a letter."))
            return redirect("questions")
    return _answer_page(request, question, form, DeclineForm())


@login_required
@require_POST
def decline_question(request: HttpRequest, key: int) -> HttpResponse:
    """Say why it will not be answered."""
    question = _question_for(request, key)
    form = DeclineForm(sent(request))
    if form.is_valid() and attempt(
        form, lambda: actions.decline(request.user, question, form.cleaned_data["because"])
    ):
        messages.success(request, _("Whoever asked gets a letter that says so. Thank you."))
        return redirect("questions")
    return _answer_page(request, question, AnswerForm(), form)


def _answer_page(request: HttpRequest, question: Question, form: AnswerForm, decline: DeclineForm) -> HttpResponse:
    languages = network_languages()
    earlier = with_words(question.practice.questions.filter(answered_at__isnull=False).exclude(pk=question.pk))
    context = {
        "question": question,
        "practice": question.practice,
        "shown": Shown(question.practice, languages),
        "form": form,
        "decline": decline,
        "is_open": not (question.answered_at or question.declined_at),
        "earlier": earlier[:10],
        "reading_languages": languages,
    }
    return show(request, "practices/answer_question.html", context, form, decline)
