"""What is said of a practice outside its words: each fact checked against its column, its list or the calendar."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from babel import Locale
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.cities.models import City
from intercity.practices import vocabulary
from intercity.practices.actions.checking import Faults, cleaned, fault_of_codes, fault_of_date
from intercity.practices.dates import first_day, last_day
from intercity.practices.models import (
    UNKNOWABLE,
    FurtherPlace,
    Medium,
    Partner,
    Practice,
    PracticeField,
    PracticeStatus,
)
from intercity.practices.models.versions import FACTS, OF_MEDIA, OF_PARTNERS, OF_PLACES, verbose_name
from intercity.refusals import RefusedError

ROWS: Mapping[str, tuple[type[Partner] | type[Medium] | type[FurtherPlace], tuple[str, ...]]] = {
    "partners": (Partner, OF_PARTNERS),
    "media": (Medium, OF_MEDIA),
    "further_places": (FurtherPlace, OF_PLACES),
}
"""Facts that are rows of their own; they are given as lists of mappings and replaced together."""

WRITABLE = (*FACTS, "city", *ROWS)
MOST_ROWS = 40
CODES: Mapping[str, Callable[[], Collection[str]]] = {
    "concepts": vocabulary.concepts,
    "targets": lambda: vocabulary.TARGETS,
    "groups": lambda: vocabulary.GROUPS.values,
    "funding": lambda: vocabulary.FUNDING.values,
    "cofog": lambda: ("", *vocabulary.COFOG.values),
    "focus_area": lambda: ("", *vocabulary.FOCUS_AREAS.values),
}
"""The lists that codes are chosen from."""


def checked_facts(facts: Mapping[str, Any], unknown: Iterable[str]) -> tuple[dict[str, Any], Faults]:
    """Facts as they are kept, and what is wrong with them; `unknown` is what was said to be not known until now.

    `unknown` among the facts is a list of names, or a mapping of names to whether it is not known, which leaves the
    other names as they are.
    """
    strange = sorted(set(facts) - set(WRITABLE))
    if strange:
        raise RefusedError(
            _("%(names)s cannot be changed. These can: %(allowed)s.")
            % {"names": ", ".join(strange)[:200], "allowed": ", ".join(WRITABLE)},
            strange[0],
        )
    kept: dict[str, Any] = {}
    faults: Faults = []
    for name, value in facts.items():
        found, wrong = _checked(name, value, unknown)
        faults += wrong
        if not wrong:
            kept[name] = found
    return kept, faults


def _checked(name: str, value: Any, unknown: Iterable[str]) -> tuple[Any, Faults]:
    """One fact as it is kept, and what is wrong with it."""
    if name == "unknown":
        return _unknown(value, unknown)
    if name in ROWS:
        return _rows(name, value)
    if name in CODES:
        return _codes(name, value)
    if name == "city":
        is_city = value is None or isinstance(value, City)
        return value, [] if is_city else [(name, _("Choose a member of the network, or none."))]
    found, faults = cleaned(Practice, {name: _empty(name, value)})
    kept = found.get(name)
    sentence = "" if faults else _fault(name, kept)
    return kept, [(name, sentence)] if sentence else faults


def _empty(name: str, value: Any) -> Any:
    """An input that was left empty, as the column says that nothing is known."""
    if value == "" and Practice._meta.get_field(name).null:
        return None
    if name == "status" and not value:
        return PracticeStatus.UNKNOWN
    return value.upper() if name == "country" and isinstance(value, str) else value


def _fault(name: str, value: Any) -> str:
    """What is wrong with a value of the right type."""
    if name in {"started", "ended"}:
        return fault_of_date(str(value), may_be_to_come=True)
    if name == "country" and value and not (len(value) == 2 and value in Locale("en").territories):
        return _("“%(came)s” is not the code of a country. Write two letters, such as KH.") % {"came": value}
    if name == "staff" and isinstance(value, Decimal) and value < 0:
        return _("The number of posts cannot be less than 0.")
    if isinstance(value, date) and value > timezone.localdate():
        return _("%(came)s has not come yet. Write when it was.") % {"came": value.isoformat()}
    if name == "licence" and not value:
        return _("Say under which licence others may use it, such as CC-BY-4.0.")
    return ""


def faults_together(practice: Practice) -> Faults:
    """What is wrong with facts beside each other."""
    faults: Faults = []
    began, ended = first_day(practice.started), last_day(practice.ended)
    if began and ended and ended < began:
        faults.append(("ended", _("It cannot end before it began. Correct one of the two dates.")))
    if practice.city is None and not practice.place:
        faults.append(("place", _("Say where it was done: a member of the network, or the name of the place.")))
    return faults


def still_unknown(practice: Practice) -> list[str]:
    """What is said to be not known, without what is known by now."""
    told = set(practice.words.values_list("field", flat=True))
    if practice.staff is not None:
        told.add(PracticeField.STAFF)
    for name in ("costs", "results", "partners"):
        if getattr(practice, name).exists():
            told.add(name)
    told |= {name for name in FACTS if name in UNKNOWABLE and getattr(practice, name) not in (None, "", [])}
    return [name for name in practice.unknown if name not in told]


def _codes(name: str, value: Any) -> tuple[Any, Faults]:
    """One code or a list of them, each once."""
    is_list = isinstance(getattr(Practice(), name), list)
    sentence = fault_of_codes(value if is_list else [value], CODES[name]())
    if sentence:
        return None, [(name, sentence)]
    return (list(dict.fromkeys(value)) if is_list else value), []


def _unknown(value: Any, before: Iterable[str]) -> tuple[list[str], Faults]:
    names = [*before] if isinstance(value, Mapping) else []
    if isinstance(value, Mapping):
        names = [one for one in names if value.get(one, True)] + [one for one, is_so in value.items() if is_so]
    sentence = fault_of_codes(list(value), UNKNOWABLE) if isinstance(value, Mapping | list | tuple) else _("Choose.")
    if sentence:
        return [], [("unknown", sentence)]
    wanted = set(names if isinstance(value, Mapping) else value)
    return [one for one in UNKNOWABLE if one in wanted], []


def _rows(name: str, value: Any) -> tuple[list[dict[str, Any]], Faults]:
    """Rows as they are kept: all with what they need."""
    model, fields = ROWS[name]
    found, faults = [], []
    given = list(value)
    if len(given) > MOST_ROWS:
        return [], [(name, _("At most %(most)d are allowed.") % {"most": MOST_ROWS})]
    for number, row in enumerate(given, 1):
        if set(row) - set(fields):
            raise RefusedError(_("Each of them has: %(fields)s.") % {"fields": ", ".join(fields)}, name)
        kept, wrong = cleaned(model, {field: row.get(field, "" if field != "kilobytes" else None) for field in fields})
        sentence = _fault("country", kept.get("country")) if name == "further_places" else ""
        wrong = wrong or [("country", sentence)] * bool(sentence)
        found.append(kept)
        faults += [(name, f"{number}. {verbose_name(model, field)}: {why}") for field, why in wrong]
    return found, faults
