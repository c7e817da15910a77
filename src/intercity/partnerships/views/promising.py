"""Commitments: the list, one of them with its history, and everything that is said about it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_safe

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import not_allowed
from intercity.cities.models import City
from intercity.cities.rights import writable_cities
from intercity.dialogues.models import Answer
from intercity.events.models import Event
from intercity.partnerships.actions import answers, commitments
from intercity.partnerships.actions.confirming import LinkError, read_link
from intercity.partnerships.actions.rights import last_done, may_confirm, may_keep
from intercity.partnerships.forms.promising import ChangeForm, PromiseForm, ReasonForm, ReportForm, VerdictForm
from intercity.partnerships.models import (
    Agreement,
    Commitment,
    CommitmentState,
    ConfirmerKind,
    Introduction,
    Standing,
)
from intercity.partnerships.views.history import told
from intercity.partnerships.views.shown import attempt, sent, show
from intercity.practices.models import Adoption

ON_A_PAGE = 20


@require_safe
def commitment_list(request: HttpRequest) -> HttpResponse:
    """All commitments, those due first on top; by how they stand, by city and by year."""
    standing, slug, year = (request.GET.get(name, "") for name in ("standing", "city", "year"))
    found = Commitment.objects.with_words()
    if standing in Standing.values:
        found = found.stand(standing)
    city = City.objects.filter(slug=slug).first() if slug else None
    if city is not None:
        found = found.filter(city=city)
    if year.isascii() and year.isdecimal() and len(year) == 4:
        found = found.filter(first_due_on__year=int(year))
    context = {
        "page": Paginator(found, ON_A_PAGE).get_page(request.GET.get("page")),
        "standings": Standing.choices,
        "standing": standing,
        "city": city,
        "year": year,
        "cities": City.objects.filter(commitments__isnull=False).distinct().order_by("name").prefetch_related("names"),
        "may_promise": writable_cities(request.user).exists() if isinstance(request.user, Person) else False,
        "today": timezone.localdate(),
    }
    return show(request, "partnerships/commitments.html", context)


def _commitment(number: int) -> Commitment:
    whole = Commitment.objects.with_words().prefetch_related(
        "reports__text__translations", "confirmations__reason__translations", "confirmations__city__names",
        "steps__reason__translations",
    )  # fmt: skip
    return get_object_or_404(whole, number=number)


@require_safe
def commitment(request: HttpRequest, number: int) -> HttpResponse:
    """One commitment: what, who, until when, how it stands, what was reported, who said that it is so."""
    found = _commitment(number)
    reports = list(found.reports.all())
    context = {
        "commitment": found,
        "reports": reports[::-1],
        "steps": told(found.steps.all()),
        "days": (found.due_on - timezone.localdate()).days,
        "may_write": may_keep(request.user, found),
        "may_confirm": found.state == CommitmentState.REPORTED and may_confirm(request.user, found),
        "is_unsettled": found.state in {CommitmentState.OPEN, CommitmentState.REPORTED},
        "stages": _stages(found, has_reports=bool(reports)),
    }
    return show(request, "partnerships/commitment.html", context)


def _stages(found: Commitment, *, has_reports: bool) -> list[tuple[str, str]]:
    """How far it is: each stage with "done", "current" or nothing."""
    reached = 3 if found.state == CommitmentState.KEPT else 2 if found.state == CommitmentState.REPORTED else 1
    if reached == 1 and not has_reports:
        reached = 0
    names = [_("promised"), _("in progress"), _("said to be done"), pgettext("promise", "confirmed")]
    return [(name, "done" if at < reached else "current" if at == reached else "") for at, name in enumerate(names)]


def _origin(request: HttpRequest) -> dict[str, Any]:
    """What a new commitment comes from, as the address says: an agreement, an adoption, an introduction, an event."""
    asked = request.GET
    found: dict[str, Any] = {}
    for name, model, key in (
        ("agreement", Agreement, "slug"),
        ("event", Event, "slug"),
        ("adoption", Adoption, "pk"),
        ("introduction", Introduction, "pk"),
    ):
        value = asked.get(name, "")
        if value and (key == "slug" or (value.isascii() and value.isdecimal() and len(value) < 19)):
            row = model._default_manager.filter(**{key: value}).first()
            if row is not None:
                found[name] = row
    return found


@login_required
def make_commitment(request: HttpRequest) -> HttpResponse:
    """Promise something for a city, or, as the secretariat, for the network."""
    if not writable_cities(request.user).exists():
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    form = PromiseForm(request.user, sent(request))
    origin = _origin(request)

    def promise() -> Commitment:
        return commitments.promise(request.user, city=form.cleaned_data["city"], **form.terms(), **origin)

    return _promised(request, form, promise, {"origin": origin})


@login_required
def follow_promise(request: HttpRequest, key: int) -> HttpResponse:
    """An answer “We will” becomes a commitment that is followed: what is missing is asked, the rest stands there."""
    answer = get_object_or_404(answers.promises(), pk=key)
    before = Commitment.objects.filter(answer=answer).first()
    if before is not None:
        return redirect("commitment", before.number)
    answers.require_follower(request.user, answer)
    form = PromiseForm(request.user, sent(request), initial=_of_answer(answer))

    def promise() -> Commitment:
        return commitments.promise(request.user, city=form.cleaned_data["city"], **form.terms(), answer=answer)

    return _promised(request, form, promise, {"answer": answer})


def _of_answer(answer: Answer) -> dict[str, Any]:
    city = answer.round.dialogue.responder_city
    return {
        "city": city.pk if city else None,
        "text": answer.text.body[: PromiseForm.base_fields["text"].max_length],  # type: ignore[attr-defined]
        "language": answer.text.language,
        "owner": answer.owner,
        "due_on": answer.due,
        "confirmer": ConfirmerKind.SECRETARIAT,
    }


def _promised(
    request: HttpRequest, form: PromiseForm, promise: Callable[[], Commitment], context: dict[str, Any]
) -> HttpResponse:
    made: list[Commitment] = []
    if request.method == "POST" and form.is_valid() and attempt(lambda: made.append(promise()), form):
        messages.success(request, _("It is promised, and everybody can see it. Reminders come by letter."))
        return redirect("commitment", made[0].number)
    return show(request, "partnerships/make_commitment.html", {"form": form, **context}, form)


def _written_by(request: HttpRequest, number: int) -> Commitment:
    """The commitment, for those who may write of it."""
    found = _commitment(number)
    if not may_keep(request.user, found):
        raise not_allowed(Role.OFFICER, Role.SECRETARIAT)
    return found


@login_required
def change_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """Another day, owner or sentence, with a reason; what was promised first stays in the history."""
    found = _written_by(request, number)
    form = ChangeForm(found, sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        reason = (given["language"], given["reason"])

        def change() -> None:
            terms = form.terms()
            terms.pop("reason")
            commitments.change(request.user, found, version=given["version"], reason=reason, **terms)

        if attempt(change, form):
            messages.success(request, _("Changed. What was promised before stays in the history."))
            return redirect("commitment", number)
    return show(request, "partnerships/change_commitment.html", {"commitment": found, "form": form}, form)


@login_required
def report_progress(request: HttpRequest, number: int) -> HttpResponse:
    """Say how it goes, and whether it is done."""
    found = _written_by(request, number)
    form = ReportForm(sent(request), initial={"done_on": timezone.localdate()})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = (given["language"], given["text"])
        done_on: date | None = given["done_on"] if given["says_done"] else None

        def report() -> None:
            commitments.report(
                request.user, found, said, evidence=given["evidence"], says_done=given["says_done"], done_on=done_on
            )

        if attempt(report, form):
            messages.success(
                request,
                _("Saved. Whoever has to confirm it is asked now.") if given["says_done"] else _("Saved. Thank you."),
            )
            return redirect("commitment", number)
    return show(request, "partnerships/report_progress.html", {"commitment": found, "form": form}, form)


@login_required
def confirm_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """A second party says whether it is done."""
    found = _commitment(number)
    if not may_confirm(request.user, found):
        raise not_allowed(*_confirming(found))
    last = last_done(found)
    newest = found.reports.order_by("-pk").values_list("pk", flat=True).first()
    form = VerdictForm(sent(request), initial={"seen": newest})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data

        def confirm() -> None:
            commitments.confirm(
                request.user, found, seen=given["seen"] or 0, is_so=given["is_so"], reason=form.reason_given()
            )

        if attempt(confirm, form):
            messages.success(
                request,
                _("Thank you. It counts as kept now.")
                if given["is_so"]
                else _("Thank you. It is open again, with your reason beside it."),
            )
            return redirect("commitment", number)
    context = {"commitment": found, "form": form, "report": last}
    return show(request, "partnerships/confirm_commitment.html", context, form)


def _confirming(found: Commitment) -> tuple[Role, ...]:
    """Which roles can confirm it."""
    if found.confirmer == ConfirmerKind.CITY:
        return (Role.OFFICER,)
    return (Role.SECRETARIAT, Role.MODERATOR) if found.confirmer == ConfirmerKind.RESIDENTS else (Role.SECRETARIAT,)


def confirm_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A group of residents says by the link of a letter whether it is done; nobody signs in."""
    try:
        found, last = read_link(token)
    except LinkError as error:
        return render(request, "partnerships/link_over.html", {"why": str(error)}, status=410)
    form = VerdictForm(sent(request))
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        said = form.reason_given()
        if attempt(lambda: commitments.confirm_by_link(token, is_so=given["is_so"], reason=said), form):
            messages.success(request, _("Thank you. What you said is public now, in the name of your group."))
            return redirect("commitment", found.number)
    context = {"commitment": found, "form": form, "report": last, "by_link": True}
    return show(request, "partnerships/confirm_commitment.html", context, form)


@login_required
def drop_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """Say that it will not be done, and why."""

    def drop(found: Commitment, form: ReasonForm) -> None:
        commitments.drop(request.user, found, form.reason_given(), seen=form.cleaned_data["seen"])

    return _with_reason(request, number, drop, _("Dropped. It stays here with your reason."), "drop")


@login_required
def take_up_commitment(request: HttpRequest, number: int) -> HttpResponse:
    """A dropped one after all."""

    def take_up(found: Commitment, form: ReasonForm) -> None:
        commitments.take_up(request.user, found, form.reason_given())

    return _with_reason(request, number, take_up, _("It is open again."), "take_up")


def _with_reason(
    request: HttpRequest, number: int, act: Callable[[Commitment, ReasonForm], object], done: str, what: str
) -> HttpResponse:
    found = _written_by(request, number)
    form = ReasonForm(sent(request), initial={"seen": found.version})
    if request.method == "POST" and form.is_valid() and attempt(lambda: act(found, form), form):
        messages.success(request, done)
        return redirect("commitment", number)
    context = {"commitment": found, "form": form, "what": what}
    return show(request, "partnerships/commitment_reason.html", context, form)
