"""The vocabulary for other programs: SKOS as Turtle and as JSON-LD, under CC BY 4.0.

Which translations are drafts is said with the vocabulary itself (for each language one note) and can be asked per
label in SKOS-XL form: a label that no speaker has checked is a xl:Label with the note "machine".
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, Final

from intercity.practices.vocabulary import sdg
from intercity.practices.vocabulary.thesaurus import VERSION, Concept, concepts, languages, tops, under

LICENCE: Final = "https://creativecommons.org/licenses/by/4.0/"
TITLE: Final = "Urban challenges"
ABOUT: Final = "What cities have to deal with, in plain words, with the SDG targets that each serves."

PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "xl": "http://www.w3.org/2008/05/skos-xl#",
}

NOT_IN_ADDRESSES: Final = re.compile('[\x00-\x20<>"{}|^`\\\\]')
ESCAPED: Final = {"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r", "\t": "\\t", "\b": "\\b", "\f": "\\f"}
CONTROL: Final = re.compile(r'[\x00-\x1f\x7f\\"]')


def tag(language: str) -> str:
    """A language code as BCP 47 writes it: "zh-hans" is "zh-Hans", "pt-br" is "pt-BR"."""
    first, *rest = language.replace("_", "-").split("-")
    return "-".join(
        [
            first.lower(),
            *(part.title() if len(part) == 4 else part.upper() if len(part) == 2 else part for part in rest),
        ]
    )


def quoted(text: str, language: str = "") -> str:
    """A text as a Turtle literal, with its language where one is given.

    Raises ValueError for half of a character beyond the first plane, which no file in UTF-8 can hold.
    """
    text.encode("utf-8")
    body = CONTROL.sub(lambda found: ESCAPED.get(found[0], f"\\u{ord(found[0]):04X}"), text)
    return f'"{body}"' + (f"@{tag(language)}" if language else "")


def addressed(address: str) -> str:
    """An address as Turtle writes it; what may not stand in one is percent-encoded."""
    return "<" + NOT_IN_ADDRESSES.sub(lambda found: f"%{ord(found[0]):02X}", address) + ">"


def status_notes() -> dict[str, str]:
    """For each language, by its tag, whether its labels are written by people or drafted by a machine."""
    some = next(iter(concepts().values()))
    return {tag(code): some.status(code) for code in languages()}


def _scheme(base: str) -> str:
    return base.rstrip("/") + "/"


def _labels(concept: Concept) -> Iterator[tuple[str, str, str]]:
    """Property, text and language of every label and other word; what is a label already is no other word."""
    for language in languages():
        label = concept.labels.get(language)
        if label is not None:
            yield "prefLabel", label, language
        for other in concept.others(language):
            if other != label:
                yield "altLabel", other, language


def _block(subject: str, lines: list[str]) -> str:
    return f"{subject}\n    " + " ;\n    ".join(lines) + " .\n"


def turtle(base: str) -> str:
    """The whole vocabulary as Turtle.

    Parameters
    ----------
    base : str
        The address of the vocabulary; concepts are one step below it.
    """
    scheme = _scheme(base)
    prefixes = "".join(f"@prefix {name}: <{address}> .\n" for name, address in PREFIXES.items())
    head = [
        "a skos:ConceptScheme",
        f"dcterms:title {quoted(TITLE, 'en')}",
        f"dcterms:description {quoted(ABOUT, 'en')}",
        f"dcterms:license {addressed(LICENCE)}",
        f"owl:versionInfo {quoted(VERSION)}",
        *(
            f"skos:editorialNote {quoted(f'labels in {code}: {status}', 'en')}"
            for code, status in status_notes().items()
        ),
        *(f"skos:hasTopConcept {addressed(scheme + top.id)}" for top in tops()),
    ]
    blocks = [_block(addressed(scheme), head)]
    blocks += [_block(addressed(scheme + one.id), _turtle_of(one, scheme)) for one in concepts().values()]
    return prefixes + "\n" + "\n".join(blocks)


def _turtle_of(concept: Concept, scheme: str) -> list[str]:
    lines = ["a skos:Concept", f"skos:inScheme {addressed(scheme)}"]
    if concept.broader:
        lines.append(f"skos:broader {addressed(scheme + concept.broader)}")
    else:
        lines.append(f"skos:topConceptOf {addressed(scheme)}")
    lines += [f"skos:narrower {addressed(scheme + one.id)}" for one in under(concept.id)]
    lines += [f"skos:{kind} {quoted(text, language)}" for kind, text, language in _labels(concept)]
    lines += [f"skos:relatedMatch {addressed(sdg.BASE + code)}" for code in concept.targets]
    return lines + [
        f"xl:prefLabel [ a xl:Label ; xl:literalForm {quoted(label, language)} ; "
        f"skos:editorialNote {quoted(concept.status(language))} ]"
        for language, label in concept.labels.items()
    ]


def context() -> dict[str, Any]:
    """The JSON-LD context of the vocabulary: what its names mean."""
    to_address = {"@type": "@id"}
    return {
        **PREFIXES,
        "id": "@id",
        "type": "@type",
        "title": {"@id": "dcterms:title", "@container": "@language"},
        "description": {"@id": "dcterms:description", "@container": "@language"},
        "license": {"@id": "dcterms:license", **to_address},
        "version": "owl:versionInfo",
        "prefLabel": {"@id": "skos:prefLabel", "@container": "@language"},
        "altLabel": {"@id": "skos:altLabel", "@container": "@language"},
        "note": "skos:editorialNote",
        "literalForm": "xl:literalForm",
        "labels": {"@id": "xl:prefLabel"},
        "concepts": {"@reverse": "skos:inScheme"},
        **{
            name: {"@id": f"skos:{name}", **to_address}
            for name in ("broader", "narrower", "topConceptOf", "hasTopConcept", "relatedMatch")
        },
    }


def document(base: str) -> dict[str, Any]:
    """The whole vocabulary as a JSON-LD document; `base` as for `turtle`."""
    scheme = _scheme(base)
    return {
        "@context": context(),
        "id": scheme,
        "type": "skos:ConceptScheme",
        "title": {"en": TITLE},
        "description": {"en": ABOUT},
        "license": LICENCE,
        "version": VERSION,
        "note": [
            {"@value": f"labels in {code}: {status}", "@language": "en"} for code, status in status_notes().items()
        ],
        "hasTopConcept": [scheme + top.id for top in tops()],
        "concepts": [_document_of(one, scheme) for one in concepts().values()],
    }


def _document_of(concept: Concept, scheme: str) -> dict[str, Any]:
    found: dict[str, Any] = {"id": scheme + concept.id, "type": "skos:Concept"}
    if concept.broader:
        found["broader"] = scheme + concept.broader
    else:
        found["topConceptOf"] = scheme
        found["narrower"] = [scheme + one.id for one in under(concept.id)]
    found["prefLabel"], found["altLabel"] = {}, {}
    for kind, text, language in _labels(concept):
        if kind == "prefLabel":
            found[kind][tag(language)] = text
        else:
            found[kind].setdefault(tag(language), []).append(text)
    found["relatedMatch"] = [sdg.BASE + code for code in concept.targets]
    found["labels"] = [
        {
            "type": "xl:Label",
            "literalForm": {"@value": label, "@language": tag(language)},
            "note": concept.status(language),
        }
        for language, label in concept.labels.items()
    ]
    return found


def json_ld(base: str) -> str:
    """The whole vocabulary as JSON-LD, in UTF-8 letters; `base` as for `turtle`."""
    return json.dumps(document(base), ensure_ascii=False, indent=1) + "\n"
