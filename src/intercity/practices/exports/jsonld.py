"""A practice as linked data in the words of schema.org, for other libraries and for search engines.

It is an `Article`: what is published is what somebody tells of something that was done, not the thing itself. Each
number is a `Claim` of its own with who says so and its source, so that nobody takes it for a fact; each translation is
a work of its own (`workTranslation`) that says who or what translated it. Themes are concepts of our vocabulary and
targets of the United Nations, by their addresses.
"""

from __future__ import annotations

from typing import Any, Final

from django.urls import reverse

from intercity.languages.models import Text, TranslationState
from intercity.practices import vocabulary
from intercity.practices.exports.tables import main_language
from intercity.practices.models import Adoption, Cost, Practice, PracticeField, Result
from intercity.practices.vocabulary.skos import tag

CONTEXT: Final = {"@vocab": "https://schema.org/", "skos": "http://www.w3.org/2004/02/skos/core#"}
LICENCES: Final = {
    "CC-BY-4.0": "https://creativecommons.org/licenses/by/4.0/",
    "CC-BY-SA-4.0": "https://creativecommons.org/licenses/by-sa/4.0/",
    "CC-BY-2.0": "https://creativecommons.org/licenses/by/2.0/",
    "CC0-1.0": "https://creativecommons.org/publicdomain/zero/1.0/",
}
GEONAMES: Final = "https://sws.geonames.org/"
WIKIDATA: Final = "https://www.wikidata.org/entity/"
SHORT: Final = {PracticeField.TITLE: "headline", PracticeField.SUMMARY: "abstract"}
CHECKED: Final = frozenset({TranslationState.CHECKED, TranslationState.CORRECTED})

Document = dict[str, Any]


def article(practice: Practice, base: str) -> Document:
    """A published practice as a JSON-LD document; `base` is the address of the site, without a slash at its end."""
    told = {PracticeField(one.field): one.text for one in practice.words.all()}
    here = base + reverse("practice", args=[practice.slug])
    document: Document = {
        "@context": CONTEXT,
        "@type": "Article",
        "@id": here,
        "url": here,
        "identifier": practice.slug,
        "version": practice.version,
        "datePublished": practice.published_at.isoformat() if practice.published_at else None,
        "dateModified": practice.changed_at.isoformat(),
        "license": LICENCES.get(practice.licence, practice.licence),
        "isBasedOn": practice.source,
        "creativeWorkStatus": practice.verification,
        "temporalCoverage": "/".join(filter(None, (practice.started, practice.ended))),
        "contentLocation": _place(practice),
        "sourceOrganization": _organisation(practice.implementer),
        "contributor": [_organisation(one.name) for one in practice.partners.all()],
        "about": _themes(practice, base),
        "keywords": [one["name"] for one in _themes(practice, base) if one.get("name")],
        **_words(told),
        "hasPart": [*_sections(told), *map(_cost, practice.costs.all()), *map(_result, practice.results.all())],
        "workTranslation": _translations(told, here),
        "associatedMedia": [
            {"@type": "MediaObject", "contentUrl": one.address, "description": one.shows, "license": one.licence}
            for one in practice.media.all()
        ],
        "subjectOf": [_adoption(one) for one in practice.adoptions.all()],
    }
    return _said(document)


def _said(document: Document) -> Document:
    """Without what is not known."""
    return {name: value for name, value in document.items() if value not in (None, "", [], {})}


def _organisation(name: str) -> Document | None:
    return {"@type": "Organization", "name": name} if name else None


def _place(practice: Practice) -> Document:
    city = practice.city
    if city is None:
        same = f"{GEONAMES}{practice.geonames_id}/" if practice.geonames_id else ""
        return _said({"@type": "Place", "name": practice.place, "addressCountry": practice.country, "sameAs": same})
    same_as = [
        f"{GEONAMES}{city.geonames_id}/" if city.geonames_id else "",
        WIKIDATA + city.wikidata_id if city.wikidata_id else "",
    ]
    geo = {"@type": "GeoCoordinates", "latitude": city.latitude, "longitude": city.longitude}
    return _said(
        {
            "@type": "City",
            "name": city.name,
            "address": {"@type": "PostalAddress", "addressCountry": city.country},
            "sameAs": [one for one in same_as if one],
            "geo": geo if city.latitude is not None and city.longitude is not None else None,
        }
    )


def _themes(practice: Practice, base: str) -> list[Document]:
    """Concepts and targets as terms with addresses of their own."""
    known, scheme = vocabulary.concepts(), base + reverse("vocabulary")
    concepts = [
        {
            "@type": ["DefinedTerm", "skos:Concept"],
            "@id": scheme + one,
            "name": known[one].label("en"),
            "termCode": one,
            "inDefinedTermSet": scheme,
        }
        for one in practice.concepts
        if one in known
    ]
    targets = [vocabulary.TARGETS[one] for one in practice.targets if one in vocabulary.TARGETS]
    return concepts + [{"@type": "DefinedTerm", "@id": one.address, "termCode": one.code} for one in targets]


def _words(told: dict[PracticeField, Text]) -> Document:
    """Title and summary in their language."""
    return {
        "inLanguage": tag(main_language(told.values(), told.get(PracticeField.TITLE))),
        **{name: _in(told[field].body, told[field].language) for field, name in SHORT.items() if field in told},
    }


def _sections(told: dict[PracticeField, Text]) -> list[Document]:
    """Everything else that is told, each heading a part of its own in its own language."""
    return [
        {"@type": "WebPageElement", "name": field.value, "text": _in(text.body, text.language)}
        for field, text in sorted(told.items())
        if field not in SHORT
    ]


def _in(text: str, language: str) -> Document:
    return {"@value": text, "@language": tag(language)}


def _claim(one: Cost | Result, **more: Any) -> Document:
    return _said(
        {
            "@type": "Claim",
            "author": _organisation(one.claimed_by),
            "datePublished": one.claimed_on,
            "citation": one.source,
            **more,
        }
    )


def _cost(one: Cost) -> Document:
    money = {"@type": "MonetaryAmount", "value": str(one.amount), "currency": one.currency, "validFrom": one.year}
    return _claim(one, name=one.kind, about=_said(money), text=one.basis, creativeWorkStatus=one.confidence)


def _result(one: Result) -> Document:
    found = {
        "@type": "Observation",
        "measuredProperty": one.indicator,
        "value": one.value,
        "unitText": one.unit,
        "observationDate": one.measured_on,
        "measurementMethod": one.method,
    }
    before = {"@type": "Observation", "measuredProperty": one.indicator, "value": one.baseline, "unitText": one.unit}
    return _claim(one, name=one.indicator, about=[_said(found), *([_said(before)] if one.baseline else [])])


def _translations(told: dict[PracticeField, Text], here: str) -> list[Document]:
    """For each language what is translated, and whether a second person has looked at it."""
    found: dict[str, Document] = {}
    for field, name in SHORT.items():
        text = told.get(field)
        fresh = (one for one in text.translations.all() if one.text_version == text.version) if text else ()
        for one in fresh:
            work = found.setdefault(one.language, {"@type": "Article", "inLanguage": tag(one.language)})
            work[name] = _in(one.body, one.language)
            work["translator"] = _translator(one.engine)
            work["creativeWorkStatus"] = "reviewed" if one.state in CHECKED else "not reviewed"
            work["translationOfWork"] = {"@id": here}
    return [found[language] for language in sorted(found)]


def _translator(engine: str) -> Document:
    return {"@type": "SoftwareApplication", "name": engine} if engine else {"@type": "Person"}


def _adoption(one: Adoption) -> Document:
    return _said(
        {
            "@type": "Action",
            "name": "adoption",
            "agent": {"@type": "City", "name": one.to_city.name},
            "startTime": one.began_on.isoformat(),
            "actionStatus": one.stage,
            "description": "simulated" if one.is_simulated else "confirmed" if one.is_confirmed else "not confirmed",
        }
    )
