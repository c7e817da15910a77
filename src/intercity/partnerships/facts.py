"""The facts of a need or an offer: taken from a form, checked, and put in words. What they are stands in `fields`."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Final

from babel.numbers import list_currencies
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import get_language, gettext

from intercity.core.language.formats import format_number, format_partly_known
from intercity.languages.actions.writing import plain
from intercity.partnerships.fields import FIELDS, Field, fields
from intercity.partnerships.models.postings import PostingKind
from intercity.practices.actions.checking import Faults, refuse
from intercity.practices.dates import first_day, last_day
from intercity.refusals import RefusedError

__all__ = ["FIELDS", "Field", "check", "fields", "shown", "typed"]

YES: Final = frozenset({"yes", "true", "on", "1"})
NO: Final = frozenset({"no", "false", "off", "0"})
MOST_MONEY: Final = Decimal("1e15")
YEARS: Final = range(1990, 2101)
ADDRESS: Final = URLValidator(schemes=["http", "https"])
LONGEST_ADDRESS: Final = 500


class _WrongError(ValueError):
    """What is wrong with one fact, as a sentence for who typed it."""


def typed(kind: str, direction: str, data: Mapping[str, Any]) -> dict[str, Any]:
    """The facts among what a form sent, for `check`: the three inputs of money together, the others as they came."""
    found: dict[str, Any] = {}
    for one in fields(kind, direction):
        if one.type == "money":
            amount, currency, year = (str(data.get(name) or "").strip() for name in one.inputs)
            # A currency is chosen from the beginning: without an amount nothing was said.
            found[one.name] = {"amount": amount, "currency": currency, "year": year} if amount else ""
        else:
            found[one.name] = data.get(one.name, "")
    return found


def check(kind: str, direction: str, facts: Mapping[str, Any]) -> dict[str, Any]:
    """Facts as they are kept: of their types, in the order of the fields, without those that are empty.

    RefusedError for a kind or a fact that does not exist, and (FaultsError) for all that are wrong at once; `field`
    names the first of them.
    """
    if kind not in PostingKind.values:
        raise RefusedError(gettext("“%(came)s” is no kind of need or offer.") % {"came": str(kind)[:20]}, "kind")
    allowed = {one.name: one for one in fields(kind, direction)}
    strange = sorted(str(name) for name in facts if name not in allowed)
    if strange:
        raise RefusedError(
            gettext("%(names)s cannot be said here. These can: %(allowed)s.")
            % {"names": ", ".join(strange)[:200], "allowed": ", ".join(allowed)},
            strange[0],
        )
    kept: dict[str, Any] = {}
    faults: Faults = []
    for name, one in allowed.items():
        value = facts.get(name)
        try:
            found = None if _is_empty(value) else CHECKS[one.type](one, value)
        except _WrongError as wrong:
            faults.append((name, f"{one.label}: {wrong}"))
            continue
        if found not in (None, ""):
            kept[name] = found
    refuse(faults or _together(kept))
    return kept


def shown(kind: str, direction: str, facts: Mapping[str, Any]) -> list[tuple[Field, str]]:
    """What was said, for a page in the reader's language: texts and links as they stand, the rest put in words."""
    return [(one, _words(one, facts[one.name])) for one in fields(kind, direction) if one.name in facts]


def _is_empty(value: Any) -> bool:
    if isinstance(value, Mapping):
        return _is_empty(value.get("amount"))
    return value is None or (isinstance(value, str) and not value.strip())


def _together(kept: Mapping[str, Any]) -> Faults:
    """What is wrong with facts beside each other."""
    starts, ends = first_day(kept.get("starts_on", "")), last_day(kept.get("ends_on", ""))
    if starts and ends and ends < starts:
        return [("ends_on", gettext("It cannot end before it begins. Correct one of the two dates."))]
    return []


def _text(one: Field, value: Any) -> str:
    words = plain(str(value)).replace("\r\n", "\n") if isinstance(value, str) else _no_words()
    if len(words) > one.length:
        raise _WrongError(
            gettext("These are %(came)d characters; up to %(most)d are allowed. Shorten it.")
            % {"came": len(words), "most": one.length}
        )
    return words


def _no_words() -> str:
    raise _WrongError(gettext("Write it in words."))


def _whole(value: Any) -> int:
    """A whole number in the digits of any script, as people type it; ValueError for anything else."""
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError
    digits = str(value).strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", "")
    if len(digits) > 20 or not digits.isdecimal():
        raise ValueError
    return int(digits)


def _number(one: Field, value: Any) -> int:
    try:
        number = _whole(value)
    except ValueError:
        raise _WrongError(
            gettext("“%(came)s” came. Write a whole number in digits only, such as 120.") % {"came": str(value)[:20]}
        ) from None
    if number > one.most:
        raise _WrongError(
            gettext("%(came)d is too large; up to %(most)d is allowed.") % {"came": number, "most": one.most}
        )
    return number


def _date(_one: Field, value: Any) -> str:
    written = str(value).strip()
    latin = "".join(str(int(sign)) if sign.isdecimal() else "-" if sign in "./‐‑–" else sign for sign in written)
    if first_day(latin) is None:
        raise _WrongError(
            gettext("“%(came)s” is not a date. Write a year, a month or a day: 2024, 2024-05 or 2024-05-31.")
            % {"came": written[:20]}
        )
    return latin


def _yes_no(_one: Field, value: Any) -> bool:
    said = str(value).strip().lower()
    if said not in YES | NO:
        raise _WrongError(gettext("Choose yes or no."))
    return said in YES


def _choice(one: Field, value: Any) -> str:
    if not isinstance(value, str) or value not in dict(one.choices):
        raise _WrongError(
            gettext("“%(came)s” is not in the list. Choose from: %(allowed)s.")
            % {"came": str(value)[:40], "allowed": ", ".join(str(label) for _code, label in one.choices)}
        )
    return value


def _link(_one: Field, value: Any) -> str:
    address = str(value).strip()
    try:
        ADDRESS(address)
    except ValidationError:
        address = ""
    if not address or len(address) > LONGEST_ADDRESS:
        raise _WrongError(
            gettext("“%(came)s” is not an address of the web. It begins with https://.") % {"came": str(value)[:80]}
        )
    return address


def _money(_one: Field, value: Any) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise _WrongError(gettext("Write an amount, its currency and the year of the prices."))
    amount = _amount(str(value.get("amount")))
    currency = str(value.get("currency") or "").strip().upper()
    if currency not in list_currencies():
        raise _WrongError(
            gettext("“%(came)s” is not the code of a currency. Examples: USD, CNY, VND.") % {"came": currency[:10]}
        )
    try:
        year = _whole(value.get("year") or "")
    except ValueError:
        year = 0
    if year not in YEARS:
        raise _WrongError(gettext("Say of which year these prices are, in four digits."))
    return {"amount": amount, "currency": currency, "year": year}


def _amount(came: str) -> str:
    """An amount as digits, with at most two behind the point."""
    try:
        amount = Decimal(came.strip().replace(" ", "").replace("\u00a0", "").replace("\u202f", ""))
        is_amount = amount.is_finite() and 0 <= amount < MOST_MONEY and amount == round(amount, 2)
    except InvalidOperation:
        is_amount = False
    if not is_amount:
        raise _WrongError(
            gettext("“%(came)s” is not an amount. Write digits only, in whole units of the currency: 120000.")
            % {"came": came[:20]}
        )
    whole = amount.to_integral_value()
    return str(int(whole)) if amount == whole else f"{amount:.2f}"


CHECKS: Final[Mapping[str, Callable[[Field, Any], Any]]] = MappingProxyType(
    {
        "text": _text,
        "number": _number,
        "date": _date,
        "yes_no": _yes_no,
        "choice": _choice,
        "link": _link,
        "money": _money,
    }
)
"""How each type of fact is checked and kept."""


def _words(one: Field, value: Any) -> str:
    language = get_language() or "en"
    match one.type:
        case "yes_no":
            return gettext("yes") if value else gettext("no")
        case "choice":
            return str(dict(one.choices).get(value, value))
        case "number":
            return format_number(value, language)
        case "date":
            return format_partly_known(value, language)
        case "money":
            places = 2 if "." in value["amount"] else 0
            return gettext("%(amount)s %(currency)s, prices of %(year)d") % {
                "amount": format_number(float(value["amount"]), language, places),
                "currency": value["currency"],
                "year": value["year"],
            }
    return str(value)
