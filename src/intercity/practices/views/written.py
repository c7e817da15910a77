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
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role, not_allowed, require
from intercity.cities.rights import writable_cities
from intercity.core.language.formats import format_list
from intercity.practices.actions.checking import ConflictError
from intercity.practices.actions.rights import may_write
from intercity.practices.forms.challenges import ChallengeForm
from intercity.practices.forms.writing import StepForm
from intercity.practices.models import Difference, Practice, PracticeState, Provenance
from intercity.practices.views.shown import themes
from intercity.refusals import FaultsError, RefusedError

UNREADABLE = 422
Meanwhile = list[tuple[str, str, str]]
"""What somebody else saved while a form was filled in: label, words, and their language where they are somebody's."""
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


def refused(shown: Sequence[forms.Form], step: StepForm | ChallengeForm, error: RefusedError) -> Meanwhile:
    """Put beside the inputs why it was refused; returns what somebody else saved: label, words, their language."""
    if not isinstance(error, ConflictError):
        put_beside(shown, error)
        return []
    step.look_again(version=str(error.version))
    step.add_error(None, str(error))
    return [(one.label, *_stands(shown, one)) for one in error.differences]


def _stands(shown: Sequence[forms.Form], difference: Difference) -> tuple[str, str]:
    """What stands there now, as people read it, and its language where it is somebody's words."""
    now = difference.before
    if difference.field.startswith("words."):
        return str(now[1]), str(now[0])
    if difference.field == "concepts":
        return format_list([one.label for one in themes(now)], get_language() or "en"), ""
    field = next((form.fields[difference.field] for form in shown if difference.field in form.fields), None)
    choices: Any = field.choices if isinstance(field, forms.ChoiceField) else ()
    named = dict(choices)
    if isinstance(now, list):
        return format_list([_in_words(one, named) for one in now], get_language() or "en"), ""
    return _in_words(now, named), ""


def _in_words(value: Any, named: dict[Any, Any]) -> str:
    if isinstance(value, dict):
        return " · ".join(str(one) for one in value.values() if one not in (None, ""))
    return str(named.get(value, "" if value is None else value))


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
    wrong = [form for form in rows_of(shown) if form.errors]
    return render(request, template, {**context, "refused": wrong}, status=UNREADABLE if wrong else None)
