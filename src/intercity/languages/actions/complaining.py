"""What readers do: say in one press that a translation is wrong."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts import limits
from intercity.audit.record import record
from intercity.languages.actions.writing import plain
from intercity.languages.models import Complaint, Translation
from intercity.refusals import RefusedError

LIMIT = "complain"
"""The purpose under which complaints are counted; see accounts.limits."""
LONGEST_NOTE = 500


class TooOftenError(RefusedError):
    """So many complaints came from this address that no more are taken for a while; `purpose` names the limit."""

    purpose = LIMIT


def complain(translation: Translation, note: str = "", *, address: str) -> Complaint:
    """Say that a translation is wrong, and what, if somebody wants to; whoever says it stays unknown.

    `address` is where the request comes from (accounts.limits.address): it is counted, and not kept.
    """
    words = plain(note)
    if len(words) > LONGEST_NOTE:
        raise RefusedError(
            _("These are %(number)d characters; up to %(most)d are allowed.")
            % {"number": len(words), "most": LONGEST_NOTE},
            "note",
        )
    if not limits.allow(LIMIT, address):
        raise TooOftenError(_("Many complaints came from your connection. Please wait a little."))
    with transaction.atomic():
        if not Translation.objects.filter(pk=translation.pk).exists():
            raise RefusedError(_("This translation is no longer there."))
        made = Complaint.objects.create(translation=translation, note=words)
        record(None, "translation.complained", translation, language=translation.language)
    return made
