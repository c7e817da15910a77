"""The glossary: everybody reads it, translators and the secretariat keep it."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from intercity.core.language.folding import fold
from intercity.languages import actions
from intercity.languages.forms import TermForm
from intercity.languages.models import GlossaryTerm
from intercity.languages.network import network_languages
from intercity.languages.rights import may_decide, may_review, require_reviewer
from intercity.languages.views.shown import put_beside, sent, show
from intercity.refusals import RefusedError

A_PAGE = 50


@require_safe
def glossary(request: HttpRequest) -> HttpResponse:
    """All terms with how each language says them, to search."""
    query = request.GET.get("q", "").strip()[:120]
    found = GlossaryTerm.objects.prefetch_related("translations")
    page = Paginator(_matching(list(found), query), A_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "query": query, "may_edit": may_review(request.user)}
    return render(request, "languages/glossary.html", context)


def _matching(terms: list[GlossaryTerm], query: str) -> list[GlossaryTerm]:
    """Those in which the words stand, in any language; few enough to look through one by one."""
    wanted = fold(query)
    return [
        term
        for term in terms
        if wanted in fold(" ".join((term.words, term.meaning, *(word.words for word in term.translations.all()))))
    ]


@login_required
def add_term(request: HttpRequest) -> HttpResponse:
    """Add a term."""
    require_reviewer(request.user)
    return _edit(request, None)


@login_required
def edit_term(request: HttpRequest, term: int) -> HttpResponse:
    """Change a term, or how it is said."""
    require_reviewer(request.user)
    return _edit(request, get_object_or_404(GlossaryTerm.objects.prefetch_related("translations"), pk=term))


def _edit(request: HttpRequest, term: GlossaryTerm | None) -> HttpResponse:
    form = TermForm(network_languages(), term, sent(request))
    if request.method == "POST" and form.is_valid() and _keep(request, form, term):
        messages.success(request, _("The glossary has it now: “%(term)s”.") % {"term": form.cleaned_data["words"]})
        return redirect("glossary")
    return show(
        request, "languages/term.html", {"form": form, "term": term, "may_remove": may_decide(request.user)}, form
    )


def _keep(request: HttpRequest, form: TermForm, term: GlossaryTerm | None) -> bool:
    given = {name: form.cleaned_data[name] for name in ("language", "words", "meaning")}
    try:
        if term is None:
            actions.add_term(request.user, **given, translations=form.translations())
        else:
            actions.edit_term(request.user, term, **given, translations=form.translations())
    except RefusedError as error:
        put_beside(form, error)
        return False
    return True


@login_required
@require_POST
def remove_term(request: HttpRequest, term: int) -> HttpResponse:
    """Take a term out of the glossary."""
    found = get_object_or_404(GlossaryTerm, pk=term)
    try:
        actions.remove_term(request.user, found)
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("The glossary no longer has “%(term)s”.") % {"term": found.words})
    return redirect("glossary")
