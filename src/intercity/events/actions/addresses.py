"""The secret address of one's own calendar is made anew; the old one then leads nowhere."""

from __future__ import annotations

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError, Visitor
from intercity.audit.record import record
from intercity.events.models import CalendarAddress


def renew_address(person: Visitor) -> CalendarAddress:
    """Make one's own calendar known under another address, from now on; only oneself can."""
    if not isinstance(person, Person) or not person.is_active:
        raise NotAllowedError(_("Sign in to have a calendar of your own."))
    with transaction.atomic():
        address, _new = CalendarAddress.objects.get_or_create(person=person)
        CalendarAddress.objects.filter(pk=address.pk).update(number=F("number") + 1, renewed_at=timezone.now())
        address.refresh_from_db()
        record(person, "calendar.renewed", address)
    return address
