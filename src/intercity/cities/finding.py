"""How cities and stories are found: cities by their names, stories by what is told, each in every language known."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.db.models import Q
from django.urls import reverse

from intercity.cities.models import City, Story, Thread
from intercity.languages.indexing import Described, Piece, pieces_of
from intercity.languages.models import Text


def describe_cities(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Members, and cities that were some: their pages stay."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = list(City.objects.filter(pk__in=keys).prefetch_related("names"))
    shared = _shared(found)
    return known | {str(one.pk): _described(one, shared[one.pk]) for one in found}


def describe_stories(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Title, words, and the community and the teller as they are named; only of stories that everybody can read."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Story.objects.shown().filter(pk__in=keys).with_words()
    return known | {str(one.pk): _story(one) for one in found}


def _shared(cities: Sequence[City]) -> dict[int, list[Text]]:
    """What each city shares with others: it stands on its page."""
    texts: dict[int, list[Text]] = {one.pk: [] for one in cities}
    threads = Thread.objects.filter(Q(one__in=texts) | Q(other__in=texts)).select_related("text")
    for thread in threads:
        for key in {thread.one_id, thread.other_id} & set(texts):
            texts[key].append(thread.text)
    return texts


def _story(one: Story) -> Described:
    names = [Piece(one.text.language, name, is_name=True) for name in (one.community, one.teller) if name]
    return Described(reverse("story", args=[one.pk]), [*pieces_of(one.title), *pieces_of(one.text), *names])


def _described(one: City, shared: Sequence[Text]) -> Described:
    """The Latin name counts as English: a name is the same word in most languages that are written so."""
    named = [("en", one.name), *((each.language, each.name) for each in one.names.all())]
    pieces = [Piece(language, name, is_name=True) for language, name in dict.fromkeys(named)]
    return Described(reverse("city", args=[one.slug]), pieces, beside=shared)
