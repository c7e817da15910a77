"""What words, days and hours of an event must be before they are kept. What is wrong is said all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, overload
from zoneinfo import ZoneInfo, available_timezones

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext as _

from intercity.core.language.known import known
from intercity.core.language.names import locale_of
from intercity.languages.actions.writing import plain
from intercity.refusals import FaultsError, RefusedError

Said = tuple[str, str]
"""A language, and words in it."""
Faults = list[tuple[str, str]]
"""Field and sentence of everything that is wrong or missing."""
LONGEST = timedelta(days=366)
EARLIEST, LATEST = date(1900, 1, 1), date(2200, 12, 31)


@dataclass(frozen=True)
class Meanwhile:
    """A field that stands otherwise by now than what was typed: what stands there, and its language if it is words."""

    field: str
    label: str
    now: str
    language: str = ""


class ConflictError(RefusedError):
    """Somebody changed the event meanwhile. Nothing was saved, and nothing of what was typed is lost."""

    def __init__(self, differences: Iterable[Meanwhile], sequence: int) -> None:
        """`sequence` is that which stands there now."""
        self.differences, self.sequence = tuple(differences), sequence
        super().__init__(
            _(
                "Somebody changed this while you were writing. You wrote something else in: %(fields)s. Compare what "
                "stands there now with what you wrote, and save again what shall stay."
            )
            % {"fields": ", ".join(one.label for one in self.differences)},
            "sequence",
        )


def refuse(faults: Faults) -> None:
    """FaultsError, if there are any."""
    if faults:
        raise FaultsError(faults)


def words_of(field: str, said: Said, most: int, needed: str = "") -> Said:
    """A language and words as they are kept; `needed` says what to write where there may not be none."""
    code, body = said
    words = plain(body.replace("\r\n", "\n"))
    if not words:
        if needed:
            raise RefusedError(needed, field)
        return "", ""
    if len(words) > most:
        raise RefusedError(
            _("These are %(came)d characters; up to %(most)d are allowed. Shorten it.")
            % {"came": len(words), "most": most},
            field,
        )
    return _language(code), words


def _language(code: str) -> str:
    found = known(code) if code else None
    if found:
        return found.code
    if not code or len(code) > 20 or locale_of(code) is None:
        raise RefusedError(
            _("“%(came)s” is not the code of a language. Examples: en, zh-hans, km.") % {"came": code[:20]}, "language"
        )
    return code.lower()


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


@cache
def timezones() -> frozenset[str]:
    """The names of places by which hours are told; those that mean no place are left out."""
    return frozenset(
        name for name in available_timezones() if name == "UTC" or ("/" in name and not name.startswith("Etc/"))
    )


def zone_of(name: str) -> ZoneInfo:
    """A timezone by its name; RefusedError for what is none."""
    if name not in timezones():
        raise RefusedError(
            _("“%(came)s” is not a timezone. Examples: Asia/Bangkok, Asia/Shanghai, UTC.") % {"came": name[:60]},
            "timezone",
        )
    return ZoneInfo(name)


@overload
def moment(value: datetime, zone: ZoneInfo, field: str) -> datetime: ...
@overload
def moment(value: datetime | None, zone: ZoneInfo, field: str) -> datetime | None: ...
def moment(value: datetime | None, zone: ZoneInfo, field: str) -> datetime | None:
    """A moment; one without a timezone is told by the clocks of the place, and may not fall where these leap ahead."""
    if value is None or value.tzinfo is not None:
        return value
    found = value.replace(tzinfo=zone)
    if found.astimezone(UTC).astimezone(zone).replace(tzinfo=None) != value:
        raise RefusedError(
            _("There is no such hour on that day: the clocks at the place go ahead. Choose another hour."), field
        )
    return found


def faults_of_time(values: Mapping[str, Any], zone: ZoneInfo) -> Faults:
    """What is wrong with the days and hours of an event: their order, and whether the hours are on these days."""
    first, last = values["starts_on"], values["ends_on"]
    begins, ends = values["starts_at"], values["ends_at"]
    faults: Faults = []
    if not EARLIEST <= first <= LATEST:
        faults.append(("starts_on", _("Write a day from the year 1900 to 2200.")))
    if last < first:
        faults.append(("ends_on", _("The last day is before the first one. Write the days in order.")))
    elif last - first > LONGEST:
        faults.append(("ends_on", _("An event takes a year at most. Write several events.")))
    if ends is not None and begins is None:
        faults.append(("starts_at", _("Say when it begins, too, or leave both hours empty.")))
    if begins is not None and ends is not None and ends <= begins:
        faults.append(("ends_at", _("It ends before it begins. Write the hours in order.")))
    if begins is not None and begins.astimezone(zone).date() != first:
        faults.append(("starts_at", _("This hour is not on the first day, by the clocks of the place.")))
    if ends is not None and (ends - timedelta(microseconds=1)).astimezone(zone).date() != last:
        faults.append(("ends_at", _("This hour is not on the last day, by the clocks of the place.")))
    return faults


def concepts_of(codes: Collection[str], allowed: Collection[str], most: int) -> list[str]:
    """Themes, each once; RefusedError for what the vocabulary does not know."""
    strange = sorted(set(codes) - set(allowed))
    if strange:
        raise RefusedError(
            _("Not in the list: %(codes)s. Choose from the list.") % {"codes": ", ".join(strange)[:200]}, "concepts"
        )
    if len(set(codes)) > most:
        raise RefusedError(_("Choose at most %(most)d.") % {"most": most}, "concepts")
    return list(dict.fromkeys(codes))
