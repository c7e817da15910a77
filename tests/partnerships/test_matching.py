"""What suits a need or an offer is suggested with reasons, from other cities only; what is not known is said."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone, translation
from tests import cast

from intercity.cities.models import City
from intercity.core.language import meaning
from intercity.languages.encoding import encoder
from intercity.languages.models import Findable, Kind, Passage, Text, Translation
from intercity.partnerships.matching import Match, matches
from intercity.partnerships.models import Introduction, IntroductionState, Posting


@pytest.fixture(autouse=True)
def _in_english() -> Any:
    """Reasons are told in the reader's language."""
    with translation.override("en"):
        yield


def text(body: str, language: str = "en") -> Text:
    """Words of a posting."""
    return Text.objects.create(body=body, language=language)


def posting(city: City, direction: str, title: str, *topics: tuple[str, str], **fields: Any) -> Posting:
    """A posting as the action writes it."""
    language = fields.pop("language", "en")
    made = Posting.objects.create(
        direction=direction,
        kind=fields.pop("kind", "trade"),
        city=city,
        title=text(title, language),
        expires_on=fields.pop("expires_on", timezone.localdate() + timedelta(days=90)),
        **fields,
    )
    for scheme, code in topics:
        made.topics.create(scheme=scheme, code=code)
    return made


def said(found: Match) -> list[str]:
    """The sentences of what speaks for it."""
    return [one.said for one in found.reasons if not one.is_missing]


def missing(found: Match) -> set[str]:
    """The names of what is not known."""
    return {one.name for one in found.reasons if one.is_missing}


def test_a_need_finds_offers_and_an_offer_needs(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Green coffee for our roasters", ("hs", "09"), languages=["en"])
    offer = posting(eastbay, "offer", "Coffee beans from the hills", ("hs", "09"), languages=["en", "km"])
    (there,), (back,) = matches(need), matches(offer)
    assert (there.posting, back.posting) == (offer, need)
    assert there.score == pytest.approx(back.score)
    assert there.score == pytest.approx(sum(one.adds for one in there.sum.terms))
    assert said(there)[0] == "Both are about: 09 Coffee, tea and spices."
    assert "Both say: “coffee”." in said(there)
    assert "Both speak: English." in said(there)
    assert {"meaning", "readiness"} <= missing(there)


def test_the_same_kind_of_other_cities_that_is_open(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Coffee", ("hs", "09"))
    posting(northport, "offer", "Our own coffee", ("hs", "09"))
    posting(eastbay, "need", "Coffee too", ("hs", "09"))
    posting(eastbay, "offer", "A coffee festival", ("hs", "09"), kind="culture")
    posting(eastbay, "offer", "Old coffee", ("hs", "09"), state="closed")
    posting(eastbay, "offer", "Past coffee", ("hs", "09"), expires_on=timezone.localdate() - timedelta(days=1))
    posting(eastbay, "offer", "Bicycles", ("hs", "87"))
    assert matches(need) == []
    left = cast.member("Westhaven", left_on=timezone.localdate())
    posting(left, "offer", "Coffee of one who left", ("hs", "09"))
    assert matches(need) == []


def test_goods_of_one_section_are_near(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Beans", ("hs", "09"))
    posting(eastbay, "offer", "Rice", ("hs", "10"))
    (found,) = matches(need)
    assert said(found)[0] == "About something near: 10 Cereals."


def test_concepts_are_told_in_the_readers_language(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Deiche", ("concept", "flooding"), kind="know_how")
    posting(eastbay, "offer", "Wells", ("concept", "flooding"), kind="know_how")
    (found,) = matches(need)
    assert said(found)[0] == "Both are about: Flooding after heavy rain."


def test_translations_are_compared_in_their_language(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Coffee", ("hs", "09"))
    offer = posting(eastbay, "offer", "កាហ្វេ", ("hs", "09"), language="km")
    (found,) = matches(need)
    assert "words" in missing(found)
    Translation.objects.create(text=offer.title, text_version=offer.title.version, language="en", body="Fine coffee")
    (found,) = matches(need)
    assert "Both say: “coffee”." in said(found)


def test_meaning_is_that_of_the_stored_passages(northport: City, eastbay: City) -> None:
    need, offer = posting(northport, "need", "Kaffee"), posting(eastbay, "offer", "Qahwa")
    assert matches(need) == []
    direction = np.zeros((2, meaning.WIDTH), np.float32)
    direction[:, 0] = 1
    for one, vector in zip((need, offer), meaning.pack(direction), strict=True):
        there, _made = Findable.objects.get_or_create(kind=Kind.POSTING, key=str(one.pk))
        Passage.objects.create(
            findable=there, language="en", body="x", words="x", words_by="t", vector=vector.tobytes(),
            vector_by=encoder().name, change=one.pk,
        )  # fmt: skip
    (found,) = matches(need)
    assert said(found)[0] == "Similar in meaning."
    assert found.sum.value("meaning") == pytest.approx(1)


def test_who_answered_is_ready_and_who_is_asked_often_is_spared(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Coffee", ("hs", "09"))
    posting(eastbay, "offer", "Coffee", ("hs", "09"))
    westhaven = cast.member("Westhaven")
    for number in range(2):
        Introduction.objects.create(
            one=westhaven,
            other=eastbay,
            why=text("x"),
            other_yes_at=timezone.now() if number else None,
            one_yes_at=timezone.now(),
        )
    (found,) = matches(need)
    assert "Eastbay has answered others lately." in said(found)
    assert "Eastbay has been asked by others lately." in said(found)
    assert found.sum.value("room") == pytest.approx(0.5)
    Introduction.objects.update(is_simulated=True)
    (found,) = matches(need)
    assert "readiness" in missing(found)
    assert found.sum.value("room") == 1


def test_one_of_five_places_is_for_a_city_without_partners(northport: City) -> None:
    need = posting(northport, "need", "Coffee for roasters", ("hs", "09"))
    known = [cast.member(f"Known{number}") for number in range(6)]
    for city in known:
        posting(city, "offer", "Coffee for roasters", ("hs", "09"))
        now = timezone.now()
        Introduction.objects.create(
            one=northport,
            other=city,
            why=text("x"),
            state=IntroductionState.MADE,
            one_yes_at=now,
            other_yes_at=now,
            made_at=now,
        )
    new = cast.member("Newcomer")
    posting(new, "offer", "Tea", ("hs", "10"))
    found = [one.posting.city for one in matches(need, most=5)]
    assert new not in found[:4]
    assert found[4] == new
    assert len(matches(need, most=10)) == 7


def test_many_postings_are_read_with_few_questions(northport: City, eastbay: City) -> None:
    need = posting(northport, "need", "Coffee", ("hs", "09"))
    for number in range(3):
        posting(eastbay, "offer", f"Coffee {number}", ("hs", "09"))
    with CaptureQueriesContext(
        connection,
    ) as few:
        matches(need)
    for number in range(20):
        posting(eastbay, "offer", f"More coffee {number}", ("hs", "09"))
    with CaptureQueriesContext(connection) as many:
        assert len(matches(need)) == 10
    assert len(many) == len(few)
    assert len(many) < 30
