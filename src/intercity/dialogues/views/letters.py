"""Being told of the answer, and ending that: an address that leads to no participant."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from intercity.accounts import limits
from intercity.dialogues import actions
from intercity.dialogues.forms.taking_part import SubscribeForm
from intercity.dialogues.models import Dialogue, State
from intercity.refusals import RefusedError


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def subscribe(request: HttpRequest, slug: str) -> HttpResponse:
    """Leave an address or a number, apart from one's votes."""
    dialogue = get_object_or_404(Dialogue.objects.public().with_words(), slug=slug)
    if dialogue.state == State.ANSWERED:
        messages.info(request, _("This dialogue has been answered already. You can read the answer here."))
        return redirect("results", slug=slug)
    form = SubscribeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        if not limits.allow("subscribe", limits.address(request)):
            return limits.refuse(request, "subscribe")
        try:
            code = actions.subscribe(dialogue, **form.cleaned_data, language=get_language() or "")
        except RefusedError as refused:
            form.add_error(refused.field or None, str(refused))
        else:
            messages.success(request, _("You will be told when there is an answer. Then your address is deleted."))
            return redirect("unsubscribe", code=code)
    context = {"dialogue": dialogue, "form": form}
    return render(request, "dialogues/subscribe.html", context, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def unsubscribe(request: HttpRequest, code: str) -> HttpResponse:
    """End it: a page with a button, because programs that read letters follow links."""
    done = None
    if request.method == "POST":
        done = actions.unsubscribe(code)
    address = request.build_absolute_uri(request.path)
    return render(request, "dialogues/unsubscribe.html", {"done": done, "address": address})
