"""Who may do what: roles are rows, and each action asks here before it does anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Person, Role

if TYPE_CHECKING:
    from django.db.models import Model

Visitor = Person | AnonymousUser | None


class NotAllowedError(PermissionDenied):
    """Somebody may not do what they tried to do; says which roles may."""


def has_role(person: Visitor, *roles: Role, city: Model | None = None) -> bool:
    """Whether a person has one of these roles in the whole network or, if one is named, in the city.

    Without a city only roles in the whole network count: a moderator of one city is none of the network.
    """
    if not isinstance(person, Person) or not person.is_active:
        return False
    held = Membership.objects.current().filter(person=person, role__in=roles)
    if city is None:
        return held.filter(city=None).exists()
    return (held.filter(city=None) | held.filter(city_id=city.pk)).exists()


def has_any_role(person: Visitor, *roles: Role) -> bool:
    """Whether a person has one of these roles anywhere; without roles, any role at all."""
    if not isinstance(person, Person) or not person.is_active:
        return False
    held = Membership.objects.current().filter(person=person)
    return (held.filter(role__in=roles) if roles else held).exists()


def may_read_records(visitor: Visitor) -> bool:
    """Whether somebody may look up every record: the secretariat."""
    return has_role(visitor, Role.SECRETARIAT)


def require(person: Visitor, *roles: Role, city: Model | None = None) -> Person:
    """The person, if they have one of the roles; else NotAllowedError, which names those who may."""
    if isinstance(person, Person) and has_role(person, *roles, city=city):
        return person
    raise not_allowed(*roles)


def not_allowed(*roles: Role) -> NotAllowedError:
    """The error for somebody without the right role."""
    named = ", ".join(str(role.label) for role in roles)
    return NotAllowedError(
        _("Only these roles may do this: %(roles)s. Sign in with an account that has one, or ask the secretariat.")
        % {"roles": named}
    )
