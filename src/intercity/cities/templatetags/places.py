"""Countries and cities by their names in the reader's language."""

from __future__ import annotations

from django import template
from django.utils.translation import get_language

from intercity.cities import countries
from intercity.cities.models import City

register = template.Library()


@register.filter
def country_name(code: str) -> str:
    """A country's name in the reader's language."""
    return countries.country_name(code, get_language() or "en")


@register.filter
def named(city: City) -> str:
    """A city's name in the reader's language, else in Latin letters."""
    return city.named(get_language() or "en")
