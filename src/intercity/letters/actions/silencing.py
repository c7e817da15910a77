"""Wanting no letters about a topic, and wanting them again. Whoever has a letter may do it: no sign-in, no address."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.audit.record import record
from intercity.letters.kinds import TOPICS
from intercity.letters.marks import read_token
from intercity.letters.models import Silence
from intercity.refusals import RefusedError


def silence(token: str) -> str:
    """Let a mailbox get no more letters about a topic; returns the topic. May be done twice."""
    topic, mark = _read(token)
    with transaction.atomic():
        wish, is_new = Silence.objects.get_or_create(mark=mark, topic=topic)
        if is_new:
            record(None, "letters.stopped", wish, topic=topic)
    return topic


def speak_again(token: str) -> str:
    """Let a mailbox get letters about a topic again; returns the topic."""
    topic, mark = _read(token)
    with transaction.atomic():
        wish = Silence.objects.filter(mark=mark, topic=topic).first()
        if wish is not None:
            record(None, "letters.wanted_again", wish, topic=topic)
            wish.delete()
    return topic


def is_silent(token: str) -> tuple[str, bool]:
    """The topic of a token, and whether its mailbox wants no letters about it."""
    topic, mark = _read(token)
    return topic, Silence.objects.filter(mark=mark, topic=topic).exists()


def _read(token: str) -> tuple[str, str]:
    try:
        topic, mark = read_token(token)
    except ValueError as error:
        raise RefusedError(
            _("This link is not whole. Open it from the letter again, or reply to the letter and say so.")
        ) from error
    if topic not in TOPICS:
        raise RefusedError(_("There are no more letters of this kind."))
    return topic, mark
