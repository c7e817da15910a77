"""What the pages of those who write practices share: who may, the steps and where they lead, showing a form again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role, not_allowed, require
from intercity.practices.actions.checking import FaultsError
from intercity.practices.actions.rights import may_write
from intercity.practices.forms.choices import writable_cities
from intercity.practices.models import Practice, PracticeState, Provenance
from intercity.refusals import RefusedError

UNREADABLE = 422
CALLED = {"costs": "unknown_costs", "results": "unknown_results"}
"""Inputs that are called otherwise than what an action names."""
BRIEF, PEOPLE, CLAIMS, REACH, TRANSFER, THEMES, CONTACT, PUBLISH = (
    "brief", "people", "claims", "reach", "transfer", "themes", "contact", "publish",
)  # fmt: skip
TITLES: dict[str, str | Promise] = {
    BRIEF: _("The short description"),
    PEOPLE: _("People, law and money"),
    CLAIMS: _("Costs and results"),
    REACH: _("Whom it reaches"),
    TRANSFER: _("Where it would work"),
    THEMES: _("What it is about"),
    CONTACT: _("Contact and pictures"),
    PUBLISH: _("Look and publish"),
}


@dataclass(frozen=True)
class Step:
    """A step as the progress of all shows it."""

    name: str
    number: int
    title: Any
    address: str
    is_current: bool


def address_of(practice: Practice, step: str) -> str:
    """Where a step of a practice is written."""
    names = {CLAIMS: "practice_claims", PUBLISH: "publish_practice"}
    if step in names:
        return reverse(names[step], args=[practice.slug])
    return reverse("edit_practice", args=[practice.slug, step])


def steps_of(practice: Practice | None, current: str) -> list[Step]:
    """All steps in order; without a practice, only the first can be opened."""
    return [
        Step(name, number, title, address_of(practice, name) if practice else "", name == current)
        for number, (name, title) in enumerate(TITLES.items(), 1)
    ]


def next_of(step: str) -> str:
    """The step after this one."""
    names = list(TITLES)
    return names[min(names.index(step) + 1, len(names) - 1)]


def practice_for(request: HttpRequest, slug: str) -> Practice:
    """The practice at an address, for those who may write it; of a draft of others nobody learns that it is there."""
    practice = get_object_or_404(Practice.objects.with_words().prefetch_related("media"), slug=slug)
    if may_write(request.user, practice.city):
        return practice
    if practice.state != PracticeState.PUBLISHED:
        raise Http404
    raise not_allowed(Role.OFFICER, Role.SECRETARIAT)


def require_writer(person: Visitor) -> None:
    """Nobody begins to write who is neither an officer of a city nor of the secretariat."""
    if not has_role(person, Role.SECRETARIAT) and not writable_cities(person).exists():
        require(person, Role.OFFICER, Role.SECRETARIAT)


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form sent, be it empty, with the answer to which language its words are in; None where nothing came."""
    if request.method != "POST":
        return None
    said = request.POST.get("said")
    if not said:
        return request.POST
    answered = request.POST.copy()
    answered["language"] = answered["confirmed"] = said
    return answered


def go_on(request: HttpRequest, practice: Practice, step: str) -> HttpResponse:
    """After a step was saved: to the next one, to the same, or, if that is enough for today, to the list."""
    wanted = request.POST.get("go", "on")
    if wanted == "stop":
        return redirect("my_practices")
    return redirect(address_of(practice, step if wanted == "again" else next_of(step)))


def put_beside(shown: Sequence[forms.Form], error: RefusedError) -> None:
    """Show why an action was refused beside the inputs that it is about, else above the first form."""
    faults = error.faults if isinstance(error, FaultsError) else ((error.field, str(error)),)
    for name, sentence in faults:
        called = CALLED.get(name, name)
        form = next((one for one in shown if called in one.fields), None)
        if form is not None:
            form.add_error(called, sentence)
        else:
            shown[0].add_error(None, sentence)


def rows_of(shown: Iterable[forms.Form]) -> list[forms.Form]:
    """The forms of a page, and the rows that stand in them."""
    return [one for form in shown for one in (form, *getattr(getattr(form, "rows", None), "forms", ()))]


def tells_for_others(person: Visitor, practice: Practice | None) -> bool:
    """Whether it is asked how the writer knows: of what a city did not write itself."""
    if practice is None:
        return has_role(person, Role.SECRETARIAT)
    return practice.provenance != Provenance.CITY


def show(request: HttpRequest, template: str, context: dict[str, Any], *shown: forms.Form) -> HttpResponse:
    """A page; with status 422 where it is shown again because of what was typed."""
    refused = [form for form in rows_of(shown) if form.errors]
    return render(request, template, {**context, "refused": refused}, status=UNREADABLE if refused else None)
