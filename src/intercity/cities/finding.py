"""How cities are found: by their names in every language that is known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.urls import reverse

from intercity.cities.models import City
from intercity.languages.indexing import Described, Piece


def describe_cities(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Members, and cities that were some: their pages stay."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = City.objects.filter(pk__in=keys).prefetch_related("names")
    return known | {str(one.pk): _described(one) for one in found}


def _described(one: City) -> Described:
    """The Latin name counts as English: a name is the same word in most languages that are written so."""
    named = [("en", one.name), *((each.language, each.name) for each in one.names.all())]
    pieces = [Piece(language, name, is_name=True) for language, name in dict.fromkeys(named)]
    return Described(reverse("city", args=[one.slug]), pieces)
