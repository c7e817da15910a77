"""Writing a practice: first a short description, then step by step; whatever is saved is a draft at once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.cities.gazetteer import ATTRIBUTION
from intercity.practices import actions
from intercity.practices.forms.claims import first_claims, require_source
from intercity.practices.forms.places import PlaceForm, ProvenanceForm
from intercity.practices.forms.steps import (
    BriefForm,
    ContactForm,
    PeopleForm,
    ReachForm,
    ThemesForm,
    TransferForm,
)
from intercity.practices.forms.writing import StepForm
from intercity.practices.models import Practice
from intercity.practices.views.written import (
    BRIEF,
    CONTACT,
    PEOPLE,
    REACH,
    THEMES,
    TITLES,
    TRANSFER,
    go_on,
    practice_for,
    refused,
    require_writer,
    sent,
    show,
    steps_of,
    tells_for_others,
)
from intercity.refusals import RefusedError

FORMS: dict[str, type[StepForm]] = {
    PEOPLE: PeopleForm,
    REACH: ReachForm,
    TRANSFER: TransferForm,
    THEMES: ThemesForm,
    CONTACT: ContactForm,
}

PARTS = {
    PEOPLE: "practices/_step_rows.html",
    CONTACT: "practices/_step_rows.html",
    THEMES: "practices/_step_themes.html",
}


@login_required
def write_practice(request: HttpRequest) -> HttpResponse:
    """Begin a practice with its short description."""
    require_writer(request.user)
    return _brief(request, None)


@login_required
def edit_practice(request: HttpRequest, slug: str, step: str = BRIEF) -> HttpResponse:
    """One step of a practice."""
    practice = practice_for(request, slug)
    if step == BRIEF:
        return _brief(request, practice)
    if step not in FORMS:
        raise Http404
    form = FORMS[step](practice, sent(request))
    context = {"practice": practice, "step": step, "part": PARTS.get(step, "practices/_step.html"), "form": form}
    return save_step(request, context, [form], lambda: save(request.user, practice, form))


def save(person: Visitor, practice: Practice, form: StepForm, **facts: Any) -> Practice:
    """Keep what a step says, where nobody has changed the same meanwhile."""
    given = form.cleaned_data
    return actions.save(
        person,
        practice,
        words=form.words(),
        facts={**facts, **form.facts()},
        version=given["version"] or 0,
        note=given.get("note", ""),
    )


def save_step(
    request: HttpRequest, context: dict[str, Any], shown: Sequence[forms.Form], act: Callable[[], Practice]
) -> HttpResponse:
    """Look at what was typed, ask in which language it is where that is in doubt, save, and go on to the next step.

    Nothing typed is lost: it is shown again with what is wrong, or beside what somebody else saved meanwhile.
    """
    step = next(form for form in shown if isinstance(form, StepForm))
    # Each is looked at, so that everything that is wrong is said at once.
    if request.method == "POST" and sum(not form.is_valid() for form in shown) == 0:
        context["looks_like"] = step.looks_like()
        if context["looks_like"]:
            step.look_again(confirmed=step.cleaned_data["language"])
            context["chosen"] = step.cleaned_data["language"]
        else:
            try:
                practice = act()
            except RefusedError as error:
                context["meanwhile"] = refused(shown, step, error)
            else:
                messages.success(request, _("Saved."))
                return go_on(request, practice, context["step"])
    context |= {
        "steps": steps_of(context["practice"], context["step"]),
        "heading": TITLES[context["step"]],
        "mark": request.user.pk,
        "told": step,
    }
    return show(request, "practices/write.html", context, *shown)


class _Brief:
    """The forms of the short description: where, what, and, until there are some, a first cost and a first result.

    `again` where the form that began the practice came a second time: what it says otherwise by now is saved, too.
    """

    def __init__(self, request: HttpRequest, practice: Practice | None, *, again: bool = False) -> None:
        data = sent(request)
        self.person, self.practice, self.again = request.user, practice, again
        self.place = PlaceForm(request.user, practice, data)
        self.told = BriefForm(practice, data)
        if practice and not again:
            del self.told.fields["begun_with"]
        city = practice.city if practice else self.place.only
        self.amount, self.outcome, self.claim = first_claims(city, data)
        self.shown: list[forms.Form] = [self.told, self.place]
        if tells_for_others(request.user, practice):
            self.provenance = ProvenanceForm(request.user, practice, data)
            self.shown.append(self.provenance)
        self.numbers: dict[str, forms.Form] = {}
        for form, name in ((self.amount, "costs"), (self.outcome, "results")):
            if practice is None or again or not getattr(practice, name).all():
                self.numbers[name] = form
            else:
                del self.told.fields[f"unknown_{name}"]
        if self.numbers:
            require_source(self.claim, self.numbers.values())
            self.shown += [*self.numbers.values(), self.claim]
        self.told.numbers = self.numbers

    def keep(self) -> Practice:
        """All of it or nothing."""
        facts = self.place.facts() | getattr(getattr(self, "provenance", None), "cleaned_data", {})
        claim = self.claim.cleaned_data if self.numbers else {}
        with transaction.atomic():
            practice = self.practice or self._begun(facts)
            if self._is_new("costs", self.amount, "kind", "amount", "currency"):
                actions.add_cost(self.person, practice, **self.amount.cleaned_data, **claim)
            if self._is_new("results", self.outcome, "indicator", "baseline", "value", "unit"):
                actions.add_result(self.person, practice, **self.outcome.cleaned_data, **claim)
            # After the numbers: of what is public, a cost that was not known may go only when there is one.
            return save(self.person, practice, self.told, **facts) if self.practice else practice

    def _begun(self, facts: dict[str, Any]) -> Practice:
        where, begun_with = facts["city"] or facts["place"], self.told.cleaned_data["begun_with"]
        told = {**facts, **self.told.facts()}
        return actions.begin(self.person, where, self.told.words(), told, begun_with=begun_with)

    def _is_new(self, name: str, form: forms.Form, *names: str) -> bool:
        """Whether a number was given that is not there from the first time that this form came."""
        if name not in self.numbers or not form.has_changed():
            return False
        same = {one: form.cleaned_data[one] for one in names}
        return not (self.again and self.practice and getattr(self.practice, name).filter(**same).exists())


def _brief(request: HttpRequest, practice: Practice | None, *, again: bool = False) -> HttpResponse:
    brief = _Brief(request, practice, again=again)
    context = {
        "practice": practice,
        "step": BRIEF,
        "part": "practices/_step_brief.html",
        "brief": brief,
        "attribution": ATTRIBUTION,
    }
    try:
        return save_step(request, context, brief.shown, brief.keep)
    except actions.BegunBeforeError as begun:
        # Pressed twice, or sent anew over a bad line: it leads to the draft that is there.
        return _brief(request, practice_for(request, begun.row.slug), again=True)
