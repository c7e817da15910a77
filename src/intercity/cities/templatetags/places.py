"""Countries and cities by their names in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from intercity.accounts.models import Person
from intercity.cities import countries
from intercity.cities.models import City
from intercity.cities.rights import may_write

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """A country's name in the reader's language."""
    return countries.country_name(code, get_language() or "en")


@register.filter
def named(city: City) -> str:
    """A city's name in the reader's language, else in Latin letters."""
    return city.named(get_language() or "en")


@register.filter
def writes_for(reader: object, city: City | None) -> bool:
    """Whether the reader may write what is said of a city: what a page offers only to those."""
    return isinstance(reader, Person) and may_write(reader, city)
