"""Who may promise, report and confirm, and who may write of an agreement. A second party is never the first one."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor, has_role, not_allowed, require
from intercity.cities.models import City
from intercity.cities.rights import may_write, require_own_officer, require_writer, speaks_for
from intercity.partnerships.models import Agreement, Commitment, ConfirmerKind, ProgressReport


def may_keep(person: Visitor, commitment: Commitment) -> bool:
    """Whether somebody may report on a commitment, change it and drop it: an officer of its city, the secretariat."""
    return may_write(person, commitment.city)


def require_keeper(person: Visitor, commitment: Commitment) -> Person:
    """The person, if they may report on a commitment, change it and drop it; else NotAllowedError."""
    return require_writer(person, commitment.city)


def may_confirm(person: Visitor, commitment: Commitment) -> bool:
    """Whether somebody is of the second party that can say that a commitment is kept."""
    try:
        require_second_party(person, commitment, last_done(commitment))
    except NotAllowedError:
        return False
    return True


def last_done(commitment: Commitment) -> ProgressReport | None:
    """The last report that says it is done."""
    return commitment.reports.filter(says_done=True).order_by("-pk").first()


def require_second_party(person: Visitor, commitment: Commitment, report: ProgressReport | None) -> Person:
    """The person, if they are of the second party that confirms; NotAllowedError for everybody else.

    Nobody confirms for the owner: neither an officer of the owning city, nor the secretariat what the network itself
    promised, nor whoever reported it as done.
    """
    found = _of_the_confirmer(person, commitment)
    if report is not None and report.made_by_id == found.pk:
        raise NotAllowedError(_("You reported this yourself. Somebody else has to confirm it."))
    if speaks_for(found, commitment.city):
        raise NotAllowedError(
            _("You are an officer of the city that promised it, too. Somebody else has to confirm it.")
        )
    if commitment.city is None and has_role(found, Role.SECRETARIAT):
        raise NotAllowedError(_("The secretariat cannot confirm what the network itself promised."))
    return found


def _of_the_confirmer(person: Visitor, commitment: Commitment) -> Person:
    if commitment.confirmer == ConfirmerKind.CITY and commitment.confirmer_city is not None:
        return require_own_officer(person, commitment.confirmer_city)
    if commitment.confirmer == ConfirmerKind.RESIDENTS:
        return require(person, Role.SECRETARIAT, Role.MODERATOR, city=commitment.city)
    return require(person, Role.SECRETARIAT)


def may_agree(person: Visitor, agreement: Agreement) -> bool:
    """Whether somebody may write of an agreement: an officer of a party, or the secretariat."""
    return _is_party(person, cities_of(agreement))


def require_party(person: Visitor, cities: Iterable[City]) -> Person:
    """The person, if they are an officer of one of the cities, or of the secretariat; else NotAllowedError."""
    if isinstance(person, Person) and _is_party(person, cities):
        return person
    raise not_allowed(Role.SECRETARIAT, Role.OFFICER)


def cities_of(agreement: Agreement) -> list[City]:
    """The parties that are members."""
    return [one.city for one in agreement.parties.select_related("city") if one.city is not None]


def _is_party(person: Visitor, cities: Iterable[City]) -> bool:
    return has_role(person, Role.SECRETARIAT) or any(has_role(person, Role.OFFICER, city=city) for city in cities)
