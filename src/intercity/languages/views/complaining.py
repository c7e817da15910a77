"""A reader says that a translation is wrong. Nobody is asked who they are."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _

from intercity.accounts import limits
from intercity.languages import actions
from intercity.languages.actions import TooOftenError
from intercity.languages.forms import ComplaintForm
from intercity.languages.models import Translation
from intercity.languages.views.shown import put_beside, sent, show
from intercity.languages.waiting import is_public, place_of
from intercity.refusals import RefusedError


def complain(request: HttpRequest, translation: int) -> HttpResponse:
    """The original and the translation, and one button; a note is welcome and not needed."""
    found = get_object_or_404(Translation.objects.select_related("text"), pk=translation)
    form = ComplaintForm(sent(request))
    if request.method == "POST" and form.is_valid():
        try:
            actions.complain(found, address=limits.address(request), note=form.cleaned_data["note"])
        except TooOftenError as error:
            return limits.refuse(request, error.purpose)
        except RefusedError as error:
            put_beside(form, error)
        else:
            messages.success(request, _("Thank you. Translators see it first, and correct it."))
            return redirect(_back(found))
    # What is not public, or no longer, is not shown to whoever guesses its number.
    public = is_public(found.text)
    return show(request, "languages/complain.html", {"translation": found if public else None, "form": form}, form)


def _back(translation: Translation) -> str:
    """The page on which the words stand."""
    place = place_of(translation.text)
    return place.address if place else "home"
