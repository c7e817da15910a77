"""What a page offers only to those who may write for a city."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.cities.templatetags.places import writes_for


def test_only_who_writes_for_a_city_is_offered_to_write(
    ana: Person, bao: Person, cem: Person, northport: City, eastbay: City
) -> None:
    offered = [writes_for(reader, northport) for reader in (ana, bao, cem, AnonymousUser(), "", None)]
    assert offered == [True, True, False, False, False, False]
    assert [writes_for(reader, eastbay) for reader in (ana, bao)] == [True, False]
    assert [writes_for(reader, None) for reader in (ana, bao)] == [True, False]
