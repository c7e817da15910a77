"""Why a practice was found, in sentences of the reader's language."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.core.language.formats import format_list
from intercity.core.language.names import language_name
from intercity.core.matching import Likeness, Name
from intercity.languages.searching import Hit
from intercity.practices import vocabulary

Why = Literal["words", "meaning", "theme", "city", "missing", "evidence", "momentum"]


@dataclass(frozen=True)
class Reason:
    """One reason: what sort it is of, and the sentence that says it."""

    kind: Why
    said: str


NAMES: Final[Mapping[Name, str | Promise]] = {
    # Translators: two cities are alike in size; the following words end the same sentence.
    "size": gettext_lazy("size"),
    "income": gettext_lazy("the income of the country"),
    "climate": gettext_lazy("climate (by latitude)"),
    "country": gettext_lazy("the country"),
    "level": gettext_lazy("the kind of place"),
    "languages": gettext_lazy("languages"),
    "nearness": gettext_lazy("nearness"),
}


def found_by(hit: Hit, reader: str) -> list[Reason]:
    """Which words it has, in which translation, and whether it means something similar."""
    said = {"words": "“" + "”, “".join(hit.words) + "”", "language": language_name(hit.language, reader)}
    reasons = []
    if hit.words and hit.is_translation:
        reasons.append(Reason("words", _("Its translation into %(language)s has: %(words)s.") % said))
    elif hit.words:
        reasons.append(Reason("words", _("It has: %(words)s.") % said))
    if hit.likeness == "strong":
        reasons.append(Reason("meaning", _("Similar in meaning.")))
    elif hit.likeness and not hit.words:
        reasons.append(Reason("meaning", _("Perhaps similar in meaning.")))
    original = hit.original_language or hit.language
    if reasons and original != reader:
        said = {"language": language_name(original, reader)}
        reasons.append(Reason("words", _("Written in %(language)s.") % said))
    return reasons


def about(concepts: Iterable[str], reader: str) -> list[Reason]:
    """Which challenges of those that were asked for it is an answer to."""
    known = vocabulary.concepts()
    names = [known[one].label(reader) for one in concepts if one in known]
    return [Reason("theme", _("About: %(themes)s.") % {"themes": format_list(names, reader)})] if names else []


def like_city(name: str, likeness: Likeness, reader: str) -> list[Reason]:
    """In what its place is like a city, and what is not known of one of the two."""
    if not any(term.value is not None for term in likeness.terms):
        return [Reason("missing", _("How like %(city)s its place is, is not known.") % {"city": name})]
    reasons = []
    if likeness.alike:
        said = {"city": name, "terms": _names(likeness.alike, reader)}
        # Translators: "Like Northport in size and climate (by latitude)."
        reasons.append(Reason("city", _("Like %(city)s in %(terms)s.") % said))
    if likeness.missing:
        said = {"terms": _names(likeness.missing, reader)}
        reasons.append(Reason("missing", _("Could not be compared: %(terms)s.") % said))
    return reasons


def taken_up(cities: Sequence[str], reader: str) -> list[Reason]:
    """Which cities took it over lately."""
    if not cities:
        return []
    said = {"cities": format_list(list(cities), reader)}
    return [Reason("momentum", _("Lately taken up by: %(cities)s.") % said)]


def evident(level: int, label: str) -> list[Reason]:
    """How strong the evidence is, where there is some."""
    return [Reason("evidence", _("Evidence: %(level)s.") % {"level": label})] if level >= 2 else []


def _names(terms: Iterable[Name], reader: str) -> str:
    return format_list([str(NAMES[one]) for one in terms], reader)
