"""Why a need and an offer suit each other, and what is not known, in sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from django.utils.translation import gettext as _

from intercity.core.language.formats import format_list
from intercity.core.language.names import language_name
from intercity.core.matching import Match, MatchName, Topic
from intercity.partnerships.models.postings import Posting, Scheme
from intercity.partnerships.vocabulary import chapter
from intercity.practices import vocabulary
from intercity.practices.search.reasons import like_city

STRONG: Final = 0.5
"""Values of meaning from here on are called similar, those below perhaps similar."""
SHOWN: Final = 5
"""Words and topics that are shown at most."""


@dataclass(frozen=True)
class Reason:
    """Why, or what is not known: the term it tells of, its sentence, and what the term adds to the score in [0, 1]."""

    name: MatchName
    said: str
    adds: float
    is_missing: bool = False


def reasons(posting: Posting, found: Match, reader: str) -> tuple[Reason, ...]:
    """The reasons for suggesting a posting: what adds the most first, then what is not known."""
    told = [*_said(posting, found, reader), *_missing(posting, found, reader)]
    return tuple(sorted(told, key=lambda one: (one.is_missing, -one.adds)))


def _said(posting: Posting, found: Match, reader: str) -> Iterator[Reason]:
    """A sentence for each term that adds something, and for a city that is asked often."""
    adds = {term.name: term.adds for term in found.terms}
    name = posting.city.named(reader)
    if adds["topics"]:
        yield Reason("topics", _about(found, reader), adds["topics"])
    if adds["meaning"]:
        is_strong = (found.value("meaning") or 0) >= STRONG
        said = _("Similar in meaning.") if is_strong else _("Perhaps similar in meaning.")
        yield Reason("meaning", said, adds["meaning"])
    if adds["words"]:
        words = "“" + "”, “".join(_read_by(found, reader)[:SHOWN]) + "”"
        yield Reason("words", _("Both say: %(words)s.") % {"words": words}, adds["words"])
    if adds["languages"]:
        spoken = format_list([language_name(code, reader) for code in found.languages], reader)
        yield Reason("languages", _("Both speak: %(languages)s.") % {"languages": spoken}, adds["languages"])
    elif found.value("languages") is not None:
        yield Reason("languages", _("They name no language that both speak."), 0.0)
    if adds["place"]:
        for one in like_city(name, found.likeness, reader):
            if one.kind == "city":
                yield Reason("place", one.said, adds["place"])
    if adds["readiness"]:
        yield Reason("readiness", _("%(city)s has answered others lately.") % {"city": name}, adds["readiness"])
    room = found.value("room")
    if room is not None and room < 1:
        yield Reason("room", _often(name, room), adds["room"])


def _often(name: str, room: float) -> str:
    if room <= 0:
        return _("%(city)s is asked very often. Perhaps somebody else has more time.") % {"city": name}
    return _("%(city)s has been asked by others lately.") % {"city": name}


def _about(found: Match, reader: str) -> str:
    """What both are about, or what is near."""
    names = format_list([_named(one, reader) for one in found.shared[:SHOWN]], reader)
    if found.is_shared:
        return _("Both are about: %(topics)s.") % {"topics": names}
    return _("About something near: %(topics)s.") % {"topics": names}


def _named(topic: Topic, reader: str) -> str:
    """A chapter by its number and English words, a concept in the reader's language."""
    if topic.scheme == Scheme.HS:
        return str(chapter(topic.code) or topic.code)
    known = vocabulary.concepts().get(topic.code)
    return known.label(reader) if known else topic.code


def _missing(posting: Posting, found: Match, reader: str) -> Iterator[Reason]:
    """What could not be compared."""
    sentences: dict[MatchName, str] = {
        "topics": _("One of the two names no topic."),
        "meaning": _("Their meaning has not been compared yet, or no model speaks the language."),
        "words": _("They cannot be read in the same language, so their words were not compared."),
        "languages": _("One of the two does not say which languages it speaks."),
        "readiness": _("Nobody has asked %(city)s yet, so how soon it answers is not known.")
        % {"city": posting.city.named(reader)},
    }
    for name in found.missing:
        if name in sentences:
            yield Reason(name, sentences[name], 0.0, is_missing=True)
    if found.likeness.missing:
        for one in like_city(posting.city.named(reader), found.likeness, reader):
            if one.kind == "missing":
                yield Reason("place", one.said, 0.0, is_missing=True)


def _read_by(found: Match, reader: str) -> tuple[str, ...]:
    """Words that both use, in the reader's language where they share some in it."""
    return found.words_in.get(reader, found.words)
