"""What words, dates and codes must be before they are kept. What is wrong is said all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.core.language.known import known
from intercity.core.language.names import locale_of
from intercity.languages.actions.writing import plain
from intercity.practices.dates import first_day
from intercity.practices.models import Difference
from intercity.refusals import FaultsError, RefusedError

Faults = list[tuple[str, str]]
"""Field and sentence of everything that is wrong or missing."""


class ConflictError(RefusedError):
    """Somebody changed the same fields meanwhile. Nothing was saved, and nothing of what was typed is lost.

    `version` is that which stands there now; in each of the `differences`, `before` is what stands there and `after`
    what was typed.
    """

    def __init__(self, differences: Iterable[Difference], version: int) -> None:
        """Names the fields."""
        self.differences, self.version = tuple(differences), version
        super().__init__(
            _(
                "Somebody changed this while you were writing: %(fields)s. Compare what stands there now with what "
                "you wrote, and save again what shall stay."
            )
            % {"fields": ", ".join(one.label for one in self.differences)},
            "version",
        )


def refuse(faults: Faults) -> None:
    """FaultsError, if there are any."""
    if faults:
        raise FaultsError(faults)


def language_of(code: str, field: str = "language") -> str:
    """The code of a language as it is kept; RefusedError where nobody knows it."""
    found = known(code) if code else None
    if found:
        return found.code
    if not code or len(code) > 20 or locale_of(code) is None:
        raise RefusedError(
            _("“%(came)s” is not the code of a language. Examples: en, zh-hans, km.") % {"came": code[:20]}, field
        )
    return code.lower()


def words_of(field: str, said: tuple[str, str], most: int) -> tuple[str, str]:
    """A language and words as they are kept; RefusedError for an unknown language, and for too many words."""
    language, body = said
    words = plain(body.replace("\r\n", "\n"))
    if len(words) > most:
        raise too_long(field, len(words), most)
    return (language_of(language, field) if words else "", words)


def too_long(field: str, came: int, most: int) -> RefusedError:
    """What is said of more characters than are allowed."""
    return RefusedError(
        _("These are %(came)d characters; up to %(most)d are allowed. Shorten it, or put a part elsewhere.")
        % {"came": came, "most": most},
        field,
    )


def needed_words(field: str, said: tuple[str, str], most: int, sentence: str) -> tuple[str, str]:
    """Words that may not be empty; `sentence` says what to write."""
    language, words = words_of(field, said, most)
    if not words:
        raise RefusedError(sentence, field)
    return language, words


def line_of(field: str, value: str, most: int) -> str:
    """A short text as it is kept; RefusedError where it is too long."""
    words = plain(value)
    if len(words) > most:
        raise too_long(field, len(words), most)
    return words


def fault_of_date(written: str, *, may_be_to_come: bool) -> str:
    """What is wrong with a year, month or day; nothing where it is empty or right."""
    day = first_day(written) if written else timezone.localdate()
    if day is None:
        return _("“%(came)s” is not a date. Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.") % {
            "came": written[:20]
        }
    if day > timezone.localdate() and not may_be_to_come:
        return _("%(came)s has not come yet. Write when it was.") % {"came": written}
    return ""


def fault_of_codes(came: Any, allowed: Collection[str]) -> str:
    """What is wrong with a list of codes; nothing where all are allowed."""
    if not isinstance(came, list | tuple) or not all(isinstance(one, str) for one in came):
        return _("Choose from the list.")
    strange = sorted(set(came) - set(allowed))
    if not strange:
        return ""
    return _("Not in the list: %(codes)s. Choose from the list.") % {"codes": ", ".join(strange)[:200]}


def cleaned(model: type[models.Model], values: Mapping[str, Any]) -> tuple[dict[str, Any], Faults]:
    """Values as the columns of these names keep them, and what is wrong with them: type, length, choice, address."""
    kept: dict[str, Any] = {}
    faults: Faults = []
    for name, value in values.items():
        column = model._meta.get_field(name)
        if not isinstance(column, models.Field):
            raise TypeError(f"{name} is no column")
        try:
            kept[name] = column.clean(plain(value) if isinstance(value, str) else value, None)
        except ValidationError as error:
            faults += [(name, str(message)) for message in error.messages]
    return kept, faults
