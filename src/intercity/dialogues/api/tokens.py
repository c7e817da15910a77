"""Tokens by which a program takes part for somebody: signed, for one dialogue, never a cookie."""

from __future__ import annotations

from django.core import signing
from django.http import HttpRequest
from django.utils.translation import gettext as _
from ninja.security import HttpBearer

from intercity.accounts.rights import NotAllowedError
from intercity.dialogues.models import Participant

SALT = "intercity.api.participant"
DAYS = 180
"""How long a token is good; the code to come back by gives another."""


def token_of(participant: Participant) -> str:
    """A new token for a participant."""
    return signing.dumps(participant.pk, salt=SALT)


class Bearer(HttpBearer):
    """`Authorization: Bearer …` with a token that joining gave."""

    def authenticate(self, request: HttpRequest, token: str) -> Participant | None:
        """The participant of a token; None where it was not signed here or is too old."""
        try:
            key = signing.loads(token, salt=SALT, max_age=DAYS * 86_400)
        except signing.BadSignature:
            return None
        found = Participant.objects.filter(pk=key).select_related("dialogue", "invitation")
        return found.prefetch_related("dialogue__rounds").first()


def participant_in(request: HttpRequest, slug: str) -> Participant:
    """The participant who asks, if they take part in this dialogue."""
    found = getattr(request, "auth", None)
    if not isinstance(found, Participant) or found.dialogue.slug != slug:
        raise NotAllowedError(_("This token is for another dialogue. Join this one, and use the token you get."))
    return found
