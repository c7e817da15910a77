"""What words and facts about cities must be before they are kept. What is wrong is said all at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.cities.models import City
from intercity.core.language.known import known
from intercity.core.language.names import locale_of
from intercity.languages.actions.writing import plain
from intercity.refusals import FaultsError, RefusedError

Said = tuple[str, str]
"""A language, and words in it."""
Faults = list[tuple[str, str]]
"""Field and sentence of everything that is wrong or missing."""


def refuse(faults: Faults) -> None:
    """FaultsError, if there are any."""
    if faults:
        raise FaultsError(faults)


def words_of(field: str, said: Said, most: int, needed: str) -> tuple[Said, Faults]:
    """A language and words as they are kept, and what is wrong with them; `needed` says what to write."""
    code, body = said
    words = plain(body.replace("\r\n", "\n"))
    language, faults = language_of(code)
    if not words:
        faults.append((field, needed))
    if len(words) > most:
        too_long = _("These are %(came)d characters; up to %(most)d are allowed. Shorten it.")
        faults.append((field, too_long % {"came": len(words), "most": most}))
    return (language, words), faults


def language_of(code: str, field: str = "language") -> tuple[str, Faults]:
    """The code of a language as it is kept, and what is wrong with it."""
    found = known(code) if code else None
    if found:
        return found.code, []
    if code and len(code) <= 20 and locale_of(code) is not None:
        return code.lower(), []
    wrong = _("“%(came)s” is not the code of a language. Examples: en, zh-hans, km.") % {"came": code[:20]}
    return "", [(field, wrong)]


def cleaned(
    model: type[models.Model], values: Mapping[str, Any], needed: Mapping[str, str] | None = None
) -> tuple[dict[str, Any], Faults]:
    """Values as the columns of these names keep them, and what is wrong with them: type, length, choice, address.

    `needed` says, by name, what to write where nothing was written.
    """
    kept: dict[str, Any] = {}
    faults: Faults = []
    for name, value in values.items():
        column = model._meta.get_field(name)
        if not isinstance(column, models.Field):
            raise TypeError(f"{name} is no column")
        try:
            tidy = plain(value) if isinstance(value, str) else value
            if needed and name in needed and not tidy:
                faults.append((name, needed[name]))
            else:
                kept[name] = column.clean(tidy, None)
        except ValidationError as error:
            faults += [(name, str(message)) for message in error.messages]
    return kept, faults


def claim_needs() -> dict[str, str]:
    """What a claim cannot be without."""
    return {
        "claimed_by": _("Write who says so: an airline, an office, a newspaper."),
        "source": _("Write where it can be read: best an address; or a book, a timetable, and its year."),
    }


def day_that_came(field: str, day: date) -> Faults:
    """What is wrong with a day for which somebody says what is so: it must have come."""
    if day > timezone.localdate():
        return [(field, _("This day has not come yet. Write the day for which the source says so."))]
    return []


def pair(one: City, other: City) -> tuple[City, City]:
    """Two cities in the order in which what ties them is kept, so that it is there once; both must be members."""
    if one.pk == other.pk:
        raise RefusedError(_("This is the same city twice. Choose another city."), "other")
    for city in (one, other):
        if city.left_on is not None:
            raise RefusedError(_("%(name)s is a member no longer. Choose a member.") % {"name": city.name}, "other")
    return (one, other) if one.pk < other.pk else (other, one)
