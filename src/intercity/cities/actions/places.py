"""What is done about the network and its cities: found, add, edit, name, leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any
from zoneinfo import available_timezones

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, has_role, require
from intercity.audit.record import record
from intercity.cities.models import City, CityName, Network
from intercity.core.language.folding import fold
from intercity.core.language.names import locale_of
from intercity.languages.models import Kind
from intercity.languages.wanting import want

BY_OFFICERS = (
    "name", "level", "wikidata_id", "locode", "latitude", "longitude", "timezone", "languages", "population",
    "population_definition", "population_year", "population_source", "represented_by", "represented_source", "mailbox",
)  # fmt: skip
BY_SECRETARIAT = (*BY_OFFICERS, "country", "geonames_id", "joined_on")
"""Which place a member is, and since when, is the network's to say; everything else the city's, too."""


def found_network(name: str, languages: list[str], contact: str = "", *, is_demonstration: bool = False) -> Network:
    """Found the network of this installation: done once, from the command line, by whoever runs it."""
    with transaction.atomic():
        known = Network.current()
        if known is not None:
            raise ValidationError(
                _("This installation serves %(name)s already. Found another network in another data folder.")
                % {"name": known.name}
            )
        _check_languages(languages)
        network = Network(pk=1, name=name, languages=languages, contact=contact, is_demonstration=is_demonstration)
        network.full_clean()
        network.save(force_insert=True)
        record(None, "network.founded", network, name=name, languages=languages)
    return network


def add_city(by: Visitor, *, name: str, country: str, **fields: Any) -> City:
    """Add a member."""
    adder = require(by, Role.SECRETARIAT)
    city = City(slug=free_slug(name, country))
    with transaction.atomic():
        _set(city, {"name": name, "country": country, **fields}, BY_SECRETARIAT)
        city.save()
        want(Kind.CITY, [city.pk])
        record(adder, "city.added", city, name=city.name, country=city.country)
    return city


def edit_city(by: Visitor, city: City, **fields: Any) -> None:
    """Change what is said of a city; its own officer may, save for which place it is and since when it is a member."""
    editor = require(by, Role.SECRETARIAT, Role.OFFICER, city=city)
    with transaction.atomic():
        _set(city, fields, editable(by, city))
        city.save()
        want(Kind.CITY, [city.pk])
        record(editor, "city.edited", city, fields=sorted(fields))


def name_city(by: Visitor, city: City, language: str, name: str) -> None:
    """Say what a city is called in a language; an empty name takes it back."""
    editor = require(by, Role.SECRETARIAT, Role.OFFICER, city=city)
    name = name.strip()
    _check_languages([language])
    if len(name) > 120:
        raise ValidationError(_("The name has %(count)s characters; at most 120 are allowed.") % {"count": len(name)})
    with transaction.atomic():
        if name:
            CityName.objects.update_or_create(city=city, language=language, defaults={"name": name})
        else:
            CityName.objects.filter(city=city, language=language).delete()
        want(Kind.CITY, [city.pk])
        record(editor, "city.named", city, language=language, name=name)


def leave(by: Visitor, city: City, on: date | None = None) -> None:
    """Note that a city is a member no longer. What it said and promised stays."""
    secretary = require(by, Role.SECRETARIAT)
    on = on or timezone.localdate()
    if on > timezone.localdate():
        raise ValidationError({"left_on": _("This day has not come yet. Note it when the city has left.")})
    if city.joined_on and on < city.joined_on:
        raise ValidationError(
            {"left_on": _("The city joined later than this day, on %(day)s.") % {"day": city.joined_on}}
        )
    with transaction.atomic():
        city.left_on = on
        city.save(update_fields=["left_on"])
        want(Kind.CITY, [city.pk])
        record(secretary, "city.left", city, on=on.isoformat())


def editable(by: Visitor, city: City) -> tuple[str, ...]:
    """The fields of a city that somebody may change; NotAllowedError for whom there are none."""
    require(by, Role.SECRETARIAT, Role.OFFICER, city=city)
    return BY_SECRETARIAT if has_role(by, Role.SECRETARIAT) else BY_OFFICERS


def faults(values: Mapping[str, Any], touched: Iterable[str] | None = None) -> dict[str, str]:
    """What is wrong with what is said of a city, by field: a number without its source is no knowledge.

    With `touched`, only what belongs to these fields: an old gap does not keep anybody from mending something else.
    """
    found = _faults_of_population(values)
    if (values.get("latitude") is None) != (values.get("longitude") is None):
        found["longitude"] = _("A position has both a latitude and a longitude. Write both or neither.")
    zone = values.get("timezone")
    if zone and zone not in available_timezones():
        found["timezone"] = _("“%(zone)s” is not a timezone. Write it like Asia/Bangkok.") % {"zone": zone}
    if touched is None:
        return found
    topics = {_topic(name) for name in touched}
    return {name: message for name, message in found.items() if _topic(name) in topics}


def _topic(field: str) -> str:
    return "position" if field in {"latitude", "longitude"} else field.partition("_")[0]


def _faults_of_population(values: Mapping[str, Any]) -> dict[str, str]:
    found = {}
    year, now = values.get("population_year"), timezone.localdate().year
    if values.get("population") is not None and not year:
        found["population_year"] = _("Write the year of the count, or leave the population empty.")
    elif year and not 1800 <= year <= now:
        found["population_year"] = _("%(year)s is not allowed. Write a year from 1800 to %(now)s.") % {
            "year": year,
            "now": now,
        }
    if values.get("population") is not None and not values.get("population_source"):
        found["population_source"] = _(
            "Write where the number comes from: a yearbook, a census, an address. Or leave the population empty."
        )
    return found


def free_slug(name: str, country: str) -> str:
    """The address of a new city: its name in Latin letters; with the country and a number where that is taken."""
    stem = slugify(fold(name))[:60]
    if not stem:
        raise ValidationError({"name": _("Write the name in Latin letters. Names in other scripts are added after.")})
    tries = [stem, f"{stem}-{country.lower()}", *(f"{stem}-{country.lower()}-{number}" for number in range(2, 100))]
    taken = {"add", *City.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
    return next(slug for slug in tries if slug not in taken)


def _set(city: City, fields: dict[str, Any], allowed: tuple[str, ...]) -> None:
    """Set fields and check the whole; ValidationError says what is wrong, by field."""
    unknown = sorted(set(fields) - set(allowed))
    if unknown:
        raise ValidationError(
            _("%(names)s cannot be changed by you. These can: %(allowed)s.")
            % {"names": ", ".join(unknown), "allowed": ", ".join(allowed)}
        )
    for name, value in fields.items():
        setattr(city, name, value)
    _check_languages(city.languages)
    city.full_clean()
    found = faults({name: getattr(city, name) for name in BY_SECRETARIAT}, fields)
    if found:
        raise ValidationError(found)


def _check_languages(codes: list[str]) -> None:
    unknown = [code for code in codes if locale_of(code) is None or len(code) > 20]
    if unknown:
        raise ValidationError(
            _("Not codes of languages: %(codes)s. Examples: en, zh-hans, km.") % {"codes": ", ".join(unknown)}
        )
