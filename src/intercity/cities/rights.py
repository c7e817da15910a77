"""Who may write what: the city that did it, the city that takes it over, and the secretariat for both."""

from __future__ import annotations

from django.utils.translation import gettext as _

from intercity.accounts.models import Membership, Person, Role
from intercity.accounts.rights import NotAllowedError, Visitor, has_role, not_allowed, require
from intercity.cities.models import Cities, City, Network
from intercity.refusals import RefusedError


def may_write(person: Visitor, city: City | None) -> bool:
    """Whether somebody may write what is said of a city: its officer or the secretariat; of no member, only that."""
    if city is None:
        return has_role(person, Role.SECRETARIAT)
    return has_role(person, Role.SECRETARIAT, Role.OFFICER, city=city)


def require_writer(person: Visitor, city: City | None) -> Person:
    """The person, if they may write for the city; else NotAllowedError."""
    if city is None:
        return require(person, Role.SECRETARIAT)
    return require(person, Role.SECRETARIAT, Role.OFFICER, city=city)


def require_writer_of_one(person: Visitor, *cities: City) -> Person:
    """The person, if they may write for at least one of the cities; else NotAllowedError."""
    mine = next((city for city in cities if may_write(person, city)), cities[0])
    return require_writer(person, mine)


def writable_cities(person: Visitor) -> Cities:
    """The members for which somebody may write: the secretariat for all, an officer for theirs."""
    members = City.objects.members().prefetch_related("names")
    if has_role(person, Role.SECRETARIAT, Role.OFFICER):
        return members
    held = Membership.objects.current().filter(person__pk=(person.pk if person else None) or 0, role=Role.OFFICER)
    return members.filter(pk__in=held.values("city"))


def speaks_for(person: Visitor, city: City | None) -> bool:
    """Whether somebody is an officer of exactly this city: no role in the whole network counts."""
    if city is None or not isinstance(person, Person):
        return False
    return Membership.objects.current().filter(person=person, role=Role.OFFICER, city=city).exists()


def require_own_officer(person: Visitor, city: City) -> Person:
    """The person, if they are an officer of exactly this city; else NotAllowedError, which names the city."""
    if isinstance(person, Person) and speaks_for(person, city):
        return person
    raise NotAllowedError(
        _("Only an officer of %(city)s can do this. Nobody else can say it for the city, not even the secretariat.")
        % {"city": city.name}
    )


def require_other_officer(person: Visitor, *cities: City | None) -> tuple[Person, City]:
    """The person and the city they are an officer of, if it is none of these and they are officer of none of these."""
    if not isinstance(person, Person):
        raise not_allowed(Role.OFFICER)
    own = [one for one in cities if one is not None]
    held = Membership.objects.current().filter(person=person, role=Role.OFFICER, city__isnull=False)
    other = City.objects.filter(pk__in=held.values("city")).exclude(pk__in=[one.pk for one in own]).first()
    if other is None or held.filter(city__in=own).exists():
        raise NotAllowedError(_("Only an officer of another city can confirm what a city says of itself."))
    return person, other


def check_simulated(is_simulated: bool) -> None:
    """Only a demonstration may make something up; everywhere else people say what is so."""
    network = Network.current()
    if is_simulated and not (network and network.is_demonstration):
        raise RefusedError(_("Only a demonstration may simulate this. Here, say only what a city really said."))


def name_of(author: Person, city: City | None) -> str:
    """For whom somebody speaks: the city whose officer they are, else the network whose secretariat they are of."""
    if city is not None and speaks_for(author, city):
        return city.name
    network = Network.current()
    return network.name if network else ""
