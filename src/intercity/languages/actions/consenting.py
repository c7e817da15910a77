"""What the network decides about machines: which of those that leave the platform may read its words."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.languages import engines
from intercity.languages.models import Consent
from intercity.refusals import RefusedError


def consent(person: Visitor, engine: str) -> Consent:
    """Let an engine that leaves the platform read the network's public words; twice is once."""
    giver = require(person, Role.SECRETARIAT)
    _check_engine(engine)
    with transaction.atomic():
        given = Consent.objects.filter(engine=engine, withdrawn_at=None).first()
        if given is None:
            given = Consent.objects.create(engine=engine, given_by=giver)
            record(giver, "engine.consented", given, engine=engine)
    return given


def withdraw_consent(person: Visitor, engine: str) -> None:
    """Give an engine no more words from now on; what it translated stays and says so. Twice is once."""
    giver = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        given = Consent.objects.select_for_update().filter(engine=engine, withdrawn_at=None).first()
        if given is not None:
            given.withdrawn_at = timezone.now()
            given.save(update_fields=["withdrawn_at"])
            record(giver, "engine.consent_withdrawn", given, engine=engine)


def _check_engine(name: str) -> None:
    """Consent is for what is set up, so that nobody consents to a name that means something else later."""
    found = {engine.name: engine for engine in engines.chosen()}
    if name not in found:
        raise RefusedError(
            _("No engine “%(came)s” is set up. These are: %(names)s.")
            % {"came": name[:60], "names": ", ".join(found) or _("none")},
            "engine",
        )
    if not found[name].leaves_the_platform:
        raise RefusedError(_("This engine stays on the platform. It needs no consent."), "engine")
