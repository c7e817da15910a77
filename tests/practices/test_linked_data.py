"""Practices as linked data: what is told, in which language, by whom, and that numbers are claims."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from intercity.cities.models import City
from intercity.languages.models import Translation
from intercity.practices.exports import article
from intercity.practices.models import Adoption, Practice, PracticeState

BASE = "https://example.org"


def parts(document: dict[str, Any], kind: str) -> list[dict[str, Any]]:
    return [one for one in document["hasPart"] if one["@type"] == kind]


def test_a_practice_is_an_article_whose_numbers_are_claims(practice: Practice) -> None:
    practice.concepts, practice.targets = ["flooding", "no-such"], ["11.5"]
    found = article(practice, BASE)
    assert found["@type"] == "Article"
    assert found["@id"] == f"{BASE}/practices/{practice.slug}/"
    assert found["headline"] == {"@value": "Rain gardens along the market street", "@language": "en"}
    assert found["license"].startswith("https://creativecommons.org/")
    assert found["contentLocation"]["address"]["addressCountry"] == "KH"
    assert [one["@id"] for one in found["about"]] == [f"{BASE}/vocabulary/flooding", "http://metadata.un.org/sdg/11.5"]
    cost, result = parts(found, "Claim")
    assert (cost["about"]["currency"], cost["author"]["name"], cost["citation"][:8]) == (
        "USD",
        "Northport water office",
        "https://",
    )
    assert [one["value"] for one in result["about"]] == ["2", "8"]
    assert {one["name"] for one in parts(found, "WebPageElement")} == {"problem", "solution", "difficulties"}


def test_translations_say_who_or_what_made_them(practice: Practice) -> None:
    title, summary = practice.text("title"), practice.text("summary")
    assert title is not None
    assert summary is not None
    Translation.objects.create(
        text=title, text_version=1, language="zh-hans", body="雨水花园", engine="some", state="machine"
    )
    Translation.objects.create(text=summary, text_version=1, language="km", body="សួន", state="checked")
    Translation.objects.create(text=title, text_version=0, language="vi", body="cũ", state="written")
    km, zh = article(Practice.objects.with_words().get(), BASE)["workTranslation"]
    assert (km["inLanguage"], km["creativeWorkStatus"], km["translator"]) == ("km", "reviewed", {"@type": "Person"})
    assert (zh["inLanguage"], zh["creativeWorkStatus"]) == ("zh-Hans", "not reviewed")
    assert zh["translator"]["name"] == "some"
    assert zh["headline"] == {"@value": "雨水花园", "@language": "zh-Hans"}


def test_a_place_that_is_no_member_and_adoptions(practice: Practice, adoption: Adoption, eastbay: City) -> None:
    practice.city, practice.place, practice.country, practice.geonames_id = None, "Phuket", "TH", 1
    adoption.stage, adoption.confirmed_at = "running", timezone.now()
    adoption.save()
    found = article(practice, BASE)
    assert found["contentLocation"]["name"] == "Phuket"
    assert found["contentLocation"]["sameAs"] == "https://sws.geonames.org/1/"
    assert found["subjectOf"][0]["description"] == "confirmed"
    assert found["subjectOf"][0]["startTime"] == adoption.began_on.isoformat()


def test_only_what_is_published_has_an_address(client: Client, practice: Practice, draft: Practice) -> None:
    answer = client.get(f"/practices/{practice.slug}/practice.jsonld")
    assert answer["Content-Type"] == "application/ld+json"
    assert json.loads(answer.content)["identifier"] == practice.slug
    assert client.get(f"/practices/{draft.slug}/practice.jsonld").status_code == 404
    Practice.objects.filter(pk=practice.pk).update(state=PracticeState.WITHDRAWN)
    assert client.get(f"/practices/{practice.slug}/practice.jsonld").status_code == 404


@pytest.mark.parametrize(
    ("ending", "kind"), [("ttl", "text/turtle; charset=utf-8"), ("jsonld", "application/ld+json")]
)
def test_the_vocabulary_is_there_for_programs(client: Client, network: object, ending: str, kind: str) -> None:
    answer = client.get(f"/vocabulary/urban-challenges.{ending}")
    assert (answer.status_code, answer["Content-Type"]) == (200, kind)
    assert b"http://testserver/vocabulary/flooding" in answer.content
    assert answer["Access-Control-Allow-Origin"] == "*"


def test_the_address_of_a_concept_leads_to_its_practices(client: Client, network: object) -> None:
    assert client.get("/vocabulary/flooding")["Location"] == "/practices/?theme=flooding"
    assert client.get("/vocabulary/dragons")["Location"] == "/vocabulary/"
