"""Looking at what was written, publishing and withdrawing it, and saying later how it stands."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role
from intercity.cities.rights import writable_cities
from intercity.practices import actions, evidence
from intercity.practices.actions.checking import Faults
from intercity.practices.forms.keeping import NoteForm, StatusForm, VerifyForm, may_verify_as
from intercity.practices.models import Challenge, Practice, PracticeField, Practices, PracticeState
from intercity.practices.views.written import (
    BRIEF,
    CLAIMS,
    CONTACT,
    PUBLISH,
    TITLES,
    address_of,
    practice_for,
    put_beside,
    require_writer,
    sent,
    show,
    steps_of,
)
from intercity.refusals import FaultsError, RefusedError

UNREADABLE = 422
ON_A_PAGE = 30


@login_required
def my_practices(request: HttpRequest) -> HttpResponse:
    """Drafts, practices and challenges of the cities for which somebody writes."""
    require_writer(request.user)
    mine = _mine(request)
    public = mine.exclude(state=PracticeState.DRAFT).order_by("-changed_at", "-pk")
    context = {
        "drafts": mine.filter(state=PracticeState.DRAFT).order_by("-changed_at", "-pk")[:100],
        "page": Paginator(public, ON_A_PAGE).get_page(request.GET.get("page")),
        "challenges": Challenge.objects.with_words().filter(city__in=writable_cities(request.user))[:100],
        "secretariat": has_role(request.user, Role.SECRETARIAT),
    }
    return render(request, "practices/mine.html", context)


def _mine(request: HttpRequest) -> Practices:
    found = Practice.objects.with_words()
    if has_role(request.user, Role.SECRETARIAT):
        return found
    return found.filter(city__in=writable_cities(request.user))


def missing_of(practice: Practice, faults: Faults) -> list[tuple[str, str]]:
    """What is missing, each with the address of the input where it is said: all of it is in the short description."""
    called = {"costs": "cost-amount", "results": "result-indicator"}
    return [(f"{address_of(practice, BRIEF)}#id_{called.get(field, field)}", sentence) for field, sentence in faults]


@login_required
def publish_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything once more, what is missing, and the button that makes it public."""
    practice = practice_for(request, slug)
    faults = actions.missing_before_publishing(practice)
    form = NoteForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.publish(request.user, practice, form.cleaned_data["note"])
        except FaultsError as error:
            faults = list(error.faults)
        except RefusedError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("It is public. Thank you: other cities can learn from it now."))
            return redirect("my_practices")
    context = {
        "practice": practice,
        "form": form,
        "steps": steps_of(practice, PUBLISH),
        "heading": TITLES[PUBLISH],
        "missing": missing_of(practice, faults),
        "told": [(one.label, text) for one in PracticeField if (text := practice.text(one)) is not None],
        "untold": [one.label for one in PracticeField if practice.text(one) is None],
        "evidence": evidence.of(practice),
        "claims": address_of(practice, CLAIMS),
        "contact": address_of(practice, CONTACT),
    }
    tried = request.method == "POST" and bool(faults)
    answer = show(request, "practices/publish.html", context, form)
    if tried:
        answer.status_code = UNREADABLE
    return answer


@login_required
def withdraw_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Take it out of public view, or let everybody read it again."""
    practice = practice_for(request, slug)
    is_out = practice.state == PracticeState.WITHDRAWN
    act = actions.restore if is_out else actions.withdraw
    said = _("Everybody can read it again.") if is_out else _("It is no longer public. You can restore it.")
    form = NoteForm(sent(request), asks_why=not is_out)
    return _done(request, "practices/withdraw.html", practice, form, act, said)


@login_required
def discard_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Delete a draft that nobody else has read."""
    practice = practice_for(request, slug)
    form = NoteForm(sent(request))
    said = _("The draft is deleted.")

    def discard(person: Visitor, found: Practice, **_note: str) -> None:
        actions.discard(person, found)

    return _done(request, "practices/discard.html", practice, form, discard, said)


@login_required
def confirm_status(request: HttpRequest, slug: str) -> HttpResponse:
    """Say how it stands today: one press where nothing changed."""
    practice = practice_for(request, slug)
    form = StatusForm(sent(request), initial={"status": practice.status})
    said = _("Thank you. Readers see that it was confirmed today.")
    return _done(request, "practices/confirm_status.html", practice, form, actions.confirm_status, said)


@login_required
def verify_practice(request: HttpRequest, slug: str) -> HttpResponse:
    """Say that one has looked at what a practice says: as another city, as the secretariat."""
    practice = get_object_or_404(Practice.objects.published().with_words(), slug=slug)
    form = VerifyForm(may_verify_as(request.user, practice), sent(request))
    said = _("Thank you. Readers see who checked it, and when.")
    return _done(request, "practices/verify.html", practice, form, actions.verify, said, "practice")


def _done(
    request: HttpRequest,
    template: str,
    practice: Practice,
    form: Form,
    act: Callable[..., object],
    said: str,
    to: str = "",
) -> HttpResponse:
    """A page with one form and one press; its refusal stands on it. Then to the page `to` of the practice."""
    if request.method == "POST" and form.is_valid():
        try:
            act(request.user, practice, **form.cleaned_data)
        except RefusedError as error:
            put_beside([form], error)
        else:
            messages.success(request, said)
            return redirect(to, practice.slug) if to else redirect("my_practices")
    return show(request, template, {"practice": practice, "form": form}, form)
