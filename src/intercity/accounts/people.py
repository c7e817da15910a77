"""Who sees whom: people are personal data, so each sees only those whom their role needs."""

from __future__ import annotations

from django.apps import apps
from django.db.models import QuerySet

from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import Visitor, has_any_role, has_role, not_allowed
from intercity.core.language.folding import fold


def seen_by(visitor: Visitor) -> QuerySet[Person]:
    """People whom somebody may look at: the secretariat everybody, an officer those with a role in the own cities."""
    if has_role(visitor, Role.SECRETARIAT) or has_role(visitor, Role.OFFICER):
        return Person.objects.order_by("name", "pk")
    if isinstance(visitor, Person) and has_any_role(visitor, Role.OFFICER):
        cities = Membership.objects.current().filter(person=visitor, role=Role.OFFICER).values("city")
        return Person.objects.filter(memberships__city__in=cities).distinct().order_by("name", "pk")
    raise not_allowed(Role.SECRETARIAT, Role.OFFICER)


def cities_for(visitor: Visitor) -> QuerySet:  # type: ignore[type-arg]  # cities are a layer above
    """Cities in which somebody may give roles."""
    members = apps.get_model("cities", "City")._default_manager.filter(left_on=None).order_by("name")
    if has_role(visitor, Role.SECRETARIAT) or has_role(visitor, Role.OFFICER):
        return members
    if not isinstance(visitor, Person):
        return members.none()
    own = Membership.objects.current().filter(person=visitor, role=Role.OFFICER)
    return members.filter(pk__in=own.values("city"))


def matching(people: QuerySet[Person], words: str) -> list[Person]:
    """People in whose name or address the words stand, accents or not. Few enough to look through one by one."""
    wanted = fold(words)
    found = people.prefetch_related("memberships__city")
    return [person for person in found if wanted in fold(f"{person.name} {person.email or ''}")]
