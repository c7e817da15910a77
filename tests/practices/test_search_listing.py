"""What a practice is listed under follows its lists by itself, whoever writes them, on both databases."""

from __future__ import annotations

import pytest
from django.db import connection

from intercity.cities.models import City
from intercity.practices.models import Practice, PracticeState
from intercity.practices.search import listing
from intercity.practices.search.filters import having


def listed(*values: str) -> set[str]:
    return {one.slug for one in having(Practice.objects.all(), values)}


def planted(slug: str, city: City, concepts: list[str]) -> Practice:
    state = PracticeState.PUBLISHED
    return Practice(slug=slug, city=city, state=state, concepts=concepts, targets=["11.6"])


def test_triggers_follow_every_way_to_write(northport: City) -> None:
    """Where this fails after a migration that changes `Practice`: it has to call `listing.create` as its last step."""
    Practice.objects.bulk_create([planted("a", northport, ["flooding", "heat"]), planted("b", northport, ["heat"])])
    assert (listed("flooding"), listed("heat"), listed("11.6")) == ({"a"}, {"a", "b"}, {"a", "b"})
    Practice.objects.filter(slug="a").update(concepts=["heat", "heat"])
    assert (listed("flooding"), listed("heat")) == (set(), {"a", "b"})
    one = Practice.objects.get(slug="b")
    one.concepts, one.targets = ["flooding"], []
    one.save()
    assert (listed("flooding"), listed("heat"), listed("11.6")) == ({"b"}, {"a"}, {"a"})
    one.delete()
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM practices_listing WHERE value = 'flooding'")
        assert cursor.fetchone() == (0,)


def test_what_many_have_is_found_the_same(northport: City, monkeypatch: pytest.MonkeyPatch) -> None:
    Practice.objects.bulk_create(planted(f"p{n}", northport, ["flooding"] if n % 2 else ["heat"]) for n in range(6))
    few = listed("flooding")
    assert few == {"p1", "p3", "p5"}
    monkeypatch.setattr(listing, "MANY", 1)
    assert listed("flooding") == few


def test_it_can_be_made_again(northport: City) -> None:
    Practice.objects.bulk_create([planted("a", northport, ["flooding"])])
    listing.create(connection)
    assert listed("flooding") == {"a"}
