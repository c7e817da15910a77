"""For the secretariat: programs of others that are told, and the log of what they were told."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from intercity.accounts.models import Role
from intercity.accounts.rights import require
from intercity.partnerships.actions import webhooks as actions
from intercity.partnerships.forms.webhooks import WebhookForm
from intercity.partnerships.models import Delivery, Webhook
from intercity.partnerships.views.shown import attempt, sent, show
from intercity.refusals import RefusedError

LOGGED = 50


@login_required
def webhooks(request: HttpRequest) -> HttpResponse:
    """Every webhook with its log; a new one, whose secret is shown once."""
    require(request.user, Role.SECRETARIAT)
    form = WebhookForm(sent(request))
    secret = ""
    if request.method == "POST" and form.is_valid():
        made: list[tuple[Webhook, str]] = []
        given = form.cleaned_data
        if attempt(lambda: made.append(actions.add_webhook(request.user, **given)), form):
            secret, form = made[0][1], WebhookForm()
    context = {
        "form": form,
        "secret": secret,
        "webhooks": Webhook.objects.all(),
        "deliveries": Delivery.objects.select_related("webhook")[:LOGGED],
    }
    response = show(request, "partnerships/webhooks.html", context, form)
    response["Cache-Control"] = "no-store"
    return response


@login_required
@require_POST
def keep_webhook(request: HttpRequest, key: int) -> HttpResponse:
    """Pause, go on, or remove."""
    found = get_object_or_404(Webhook, pk=key)
    match request.POST.get("what"):
        case "pause":
            actions.pause_webhook(request.user, found, is_active=False)
        case "resume":
            actions.pause_webhook(request.user, found, is_active=True)
        case "remove":
            actions.remove_webhook(request.user, found)
        case _other:
            raise Http404
    messages.success(request, _("Saved."))
    return redirect("webhooks")


@login_required
@require_POST
def try_delivery_again(request: HttpRequest, key: int) -> HttpResponse:
    """Send once more what did not arrive."""
    try:
        actions.try_again(request.user, get_object_or_404(Delivery, pk=key))
    except RefusedError as error:
        messages.error(request, str(error))
    else:
        messages.success(request, _("It is sent again within a few seconds."))
    return redirect("webhooks")
