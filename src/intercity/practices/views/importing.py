"""Bringing in practices from a file: sent, looked at row by row, and only then kept."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import ngettext

from intercity.accounts.models import Person
from intercity.practices.actions import bringing
from intercity.practices.actions.bringing import Brought
from intercity.practices.forms.importing import ConfirmForm, FileForm, packed
from intercity.practices.imports import Book

UNREADABLE = 422


@login_required
def import_practices(request: HttpRequest) -> HttpResponse:
    """A file is read and shown; what was shown is kept as drafts once a person says so."""
    person = bringing.require_bringer(request.user)
    if request.method == "POST" and "book" in request.POST:
        return _kept(request, person)
    form = FileForm(request.POST, request.FILES) if request.method == "POST" else FileForm()
    book = form.cleaned_data.get("book") if form.is_bound and form.is_valid() else None
    if book is not None:
        return _shown(request, person, book)
    return render(request, "practices/import.html", {"form": form}, status=UNREADABLE if form.is_bound else None)


def _shown(request: HttpRequest, person: Person, book: Book) -> HttpResponse:
    """What would become of each row."""
    rows = bringing.bring(person, book, keep=False)
    context = {
        "book": book,
        "rows": rows,
        "good": sum(1 for one in rows if not one.faults),
        "confirm": ConfirmForm(person, initial={"book": packed(book, person)}) if _some_good(rows) else None,
        "form": FileForm(),
    }
    return render(request, "practices/import.html", context)


def _some_good(rows: list[Brought]) -> bool:
    return any(not one.faults for one in rows)


def _kept(request: HttpRequest, person: Person) -> HttpResponse:
    """Drafts of all rows with nothing wrong in them."""
    confirm = ConfirmForm(person, request.POST)
    if not confirm.is_valid():
        context = {"form": FileForm(), "stale": confirm}
        return render(request, "practices/import.html", context, status=UNREADABLE)
    rows = bringing.bring(person, confirm.cleaned_data["book"], keep=True)
    number = sum(1 for one in rows if one.practice is not None)
    left = len(rows) - number
    messages.success(
        request, ngettext("%(number)d draft was made.", "%(number)d drafts were made.", number) % {"number": number}
    )
    if left:
        told = ngettext("%(number)d row was left out.", "%(number)d rows were left out.", left)
        messages.warning(request, told % {"number": left})
    return redirect("my_practices")
