"""Texts for translators who work elsewhere: a file to take along, and the file that comes back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from intercity.languages import actions
from intercity.languages.actions import Imported
from intercity.languages.exchange import MOST_BYTES
from intercity.languages.forms import BringForm, FetchForm
from intercity.languages.rights import require_reviewer
from intercity.languages.views.shown import network_language, put_beside, show
from intercity.languages.waiting import progress
from intercity.refusals import RefusedError

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile


@login_required
def exchange(request: HttpRequest, code: str) -> HttpResponse:
    """Download what waits in a language, or upload it and see what became of each row."""
    require_reviewer(request.user)
    language = network_language(code)
    fetch = FetchForm(request.GET if "format" in request.GET else None)
    bring = BringForm(request.POST, request.FILES) if request.method == "POST" else BringForm()
    if fetch.is_bound and fetch.is_valid():
        file = _fetched(request, fetch, language)
        if file is not None:
            return file
    brought = _brought(request, bring, language) if bring.is_bound and bring.is_valid() else None
    (counted,) = progress([language])
    context = {
        "code": language,
        "progress": counted,
        "fetch": fetch,
        "bring": bring,
        "brought": brought,
        "numbers": _numbers(brought) if brought else [],
    }
    return show(request, "languages/exchange.html", context, fetch, bring)


def _fetched(request: HttpRequest, form: FetchForm, language: str) -> HttpResponse | None:
    """The file, or None with the reason beside the choice."""
    chosen = form.cleaned_data
    try:
        file = actions.export_translations(request.user, language, chosen["format"], everything=chosen["everything"])
    except RefusedError as error:
        put_beside(form, error)
        return None
    response = HttpResponse(file.content, content_type=file.content_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{file.name}"'
    return response


def _brought(request: HttpRequest, form: BringForm, language: str) -> Imported | None:
    """What became of the rows of a file, or None with the reason beside it."""
    file: UploadedFile[Any] = form.cleaned_data["file"]
    try:
        # One byte more than is allowed says that it is too long, whatever else there is.
        content = file.read(MOST_BYTES + 1)
        return actions.import_translations(request.user, content, file.name or "", language=language)
    except RefusedError as error:
        put_beside(form, error)
        return None


def _numbers(done: Imported) -> list[str]:
    """What was done, in words; what did not occur is left out."""
    counted = [
        (done.written, ngettext("%(number)d was written.", "%(number)d were written.", done.written)),
        (done.corrected, ngettext("%(number)d was corrected.", "%(number)d were corrected.", done.corrected)),
        (done.checked, ngettext("%(number)d was checked.", "%(number)d were checked.", done.checked)),
        (done.unchanged, ngettext("%(number)d is as it was.", "%(number)d are as they were.", done.unchanged)),
        (done.empty, ngettext("%(number)d is empty.", "%(number)d are empty.", done.empty)),
    ]
    found = [text % {"number": number} for number, text in counted if number]
    return found or [_("Nothing was changed.")]
