"""Costs and results of a practice or of its adoption: each with who says so, the source and the day.

A claim is never changed: whoever knows better adds another, and both stand side by side; a mistake is removed.
"""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from functools import lru_cache
from typing import Any

from babel.numbers import list_currencies
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.core.language.folding import fold
from intercity.practices.actions.adopting import adoption_changed, locked_adoption
from intercity.practices.actions.changing import changed, locked
from intercity.practices.actions.checking import Faults, cleaned, fault_of_date, refuse
from intercity.practices.actions.facts import still_unknown
from intercity.practices.actions.rights import require_writer
from intercity.practices.actions.writing import missing_before_publishing
from intercity.practices.models import Adoption, Confidence, Cost, Method, Practice, PracticeState, Result, StepKind
from intercity.practices.models.versions import OF_COSTS, OF_RESULTS
from intercity.refusals import RefusedError

NO_MONEY = frozenset({"XXX", "XTS", "XBA", "XBB", "XBC", "XBD", "XAU", "XAG", "XPD", "XPT"})
"""Codes among the currencies that are none: tests, metals, bond units."""
MOST = Decimal("1e17")
MOST_CLAIMS = 100
FIRST_YEAR = 1900
YEARS_AHEAD = 20


@lru_cache(maxsize=1)
def currencies() -> frozenset[str]:
    """The codes of all currencies that are or were in use, as the Common Locale Data Repository lists them."""
    return frozenset(list_currencies()) - NO_MONEY


def add_cost(person: Visitor, of: Practice | Adoption, **fields: Any) -> Cost:
    """Say what a practice or its adoption cost: `kind`, `amount`, `currency`; where known `year`, `basis`,
    `confidence`; and always `claimed_by`, `source`, `claimed_on`. FaultsError says all that is wrong at once.
    """
    author = _writer(person, of)
    _check_names(fields, OF_COSTS)
    fields = {"basis": "", "year": None, "confidence": Confidence.REPORTED, **fields}
    amount, wrong = _amount(fields.get("amount"))
    fields["currency"] = str(fields.get("currency") or "").strip().upper()
    given = {name: fields.get(name) or "" for name in OF_COSTS if name not in {"amount", "year"}}
    kept, faults = cleaned(Cost, given | {"year": fields["year"] or None})
    refuse(faults + wrong + _faults_of_claim(kept) + _faults_of_money(kept))
    cost = Cost(**kept, amount=amount)
    _keep(author, of, cost)
    return cost


def add_result(person: Visitor, of: Practice | Adoption, **fields: Any) -> Result:
    """Say what came of a practice or its adoption: `indicator`, `value`, and where known `unit`, `baseline`,
    `measured_on`, `method`; always `claimed_by`, `source`, `claimed_on`. FaultsError says all that is wrong at once.
    """
    author = _writer(person, of)
    _check_names(fields, OF_RESULTS)
    fields = {"method": Method.TOLD, **fields}
    kept, faults = cleaned(Result, {name: fields.get(name) or "" for name in OF_RESULTS})
    faults += _faults_of_claim(kept)
    measured = fault_of_date(kept.get("measured_on", ""), may_be_to_come=False)
    if measured:
        faults.append(("measured_on", measured))
    if kept.get("method") == Method.INDEPENDENT and fold(kept.get("claimed_by", "")) in _doers(of):
        faults.append(
            ("claimed_by", _("Nobody evaluates themselves independently. Name who did, or choose how it was found."))
        )
    refuse(faults)
    result = Result(**kept)
    _keep(author, of, result)
    return result


def remove_claim(person: Visitor, claim: Cost | Result) -> None:
    """Take a mistaken claim back; versions and steps before keep it. Of what is public the last one stays."""
    author = _writer(person, _of(claim))
    with transaction.atomic():
        of = _locked(_of(claim))
        if not type(claim).objects.filter(pk=claim.pk).delete()[0]:
            raise RefusedError(_("This has been taken back already."))
        name = type(claim).__name__.lower()
        if isinstance(of, Adoption):
            adoption_changed(author, of, StepKind.UNCLAIMED)
            return
        if of.state == PracticeState.PUBLISHED:
            refuse(missing_before_publishing(of))
        changed(author, of, "practice.claim_removed", claim=name)


def _writer(person: Visitor, of: Practice | Adoption) -> Person:
    """Who may say it: of a practice the city that did it, of an adoption the one that took it over."""
    return require_writer(person, of.to_city if isinstance(of, Adoption) else of.city)


def _of(claim: Cost | Result) -> Practice | Adoption:
    found = claim.practice or claim.adoption
    if found is None:
        raise TypeError("a claim of nothing")
    return found


def _keep(author: Person, of: Practice | Adoption, claim: Cost | Result) -> None:
    """Write a claim that is right, with everything that follows from it."""
    name = type(claim).__name__.lower()
    with transaction.atomic():
        found = _locked(of)
        if getattr(found, f"{name}s").count() >= MOST_CLAIMS:
            raise RefusedError(
                _("At most %(most)d are allowed. Remove one that nobody needs.") % {"most": MOST_CLAIMS}
            )
        if isinstance(found, Adoption):
            claim.adoption = found
            claim.save()
            adoption_changed(author, found, StepKind.CLAIMED)
            return
        claim.practice = found
        claim.save()
        found.unknown = still_unknown(found)
        changed(author, found, "practice.claimed", claim=name)


def _locked(of: Practice | Adoption) -> Practice | Adoption:
    return locked_adoption(of) if isinstance(of, Adoption) else locked(of)


def _check_names(fields: dict[str, Any], allowed: tuple[str, ...]) -> None:
    strange = sorted(set(fields) - set(allowed))
    if strange:
        raise RefusedError(
            _("%(names)s cannot be said. These can: %(allowed)s.")
            % {"names": ", ".join(strange)[:200], "allowed": ", ".join(allowed)},
            strange[0],
        )


def _amount(came: Any) -> tuple[Decimal, Faults]:
    """An amount of money, and what is wrong with it; never rounded in silence."""
    written = str("" if came is None else came).strip()
    if not written:
        return Decimal(0), [("amount", _("Write the amount, or say that the cost is not known."))]
    try:
        amount = Decimal(written)
    except InvalidOperation:
        amount = Decimal("NaN")
    if not amount.is_finite() or not 0 <= amount < MOST or amount != amount.quantize(Decimal("0.01")):
        sentence = _("“%(came)s” is no amount. Write a number from 0 on, with at most two places: 120000 or 0.50.")
        return Decimal(0), [("amount", sentence % {"came": written[:40]})]
    return amount, []


def _faults_of_claim(kept: dict[str, Any]) -> Faults:
    """What is wrong with when it was said; who and where from are columns that may not be empty."""
    sentence = fault_of_date(kept.get("claimed_on", ""), may_be_to_come=False)
    return [("claimed_on", sentence)] if sentence else []


def _faults_of_money(kept: dict[str, Any]) -> Faults:
    """What is wrong with the currency and the year of its prices."""
    faults: Faults = []
    code, year, last = kept.get("currency"), kept.get("year"), timezone.localdate().year + YEARS_AHEAD
    if code and code not in currencies():
        sentence = _("“%(came)s” is not a currency. Write its three letters, such as KHR or USD.")
        faults.append(("currency", sentence % {"came": code}))
    if year is not None and not FIRST_YEAR <= year <= last:
        sentence = _("%(came)s is not allowed. Write a year from %(first)s to %(last)s.")
        faults.append(("year", sentence % {"came": year, "first": FIRST_YEAR, "last": last}))
    return faults


def _doers(of: Practice | Adoption) -> set[str]:
    """Those who did it, by their folded names: who cannot have evaluated it independently."""
    city = of.to_city if isinstance(of, Adoption) else of.city
    names = [city.name if city else "", "" if isinstance(of, Adoption) else of.implementer]
    return {fold(name) for name in names if name}
