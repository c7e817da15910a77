"""Practices from published sources, cities' problems, and adoptions of which three are made up and say so."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from typing import Any

from django.utils import timezone

from intercity.accounts.models import Role
from intercity.cities.models import City
from intercity.demonstration.facts import original, read
from intercity.demonstration.people import account_of, officer_of
from intercity.demonstration.translating import Said, add_translations
from intercity.practices import actions
from intercity.practices.models import Adoption, AdoptionStep, Challenge, Practice
from intercity.practices.models.versions import FACTS

NOON = time(12, tzinfo=UTC)
NOT_STATED = "not stated; only linked here"
"""The licence of a report elsewhere: nothing of it is copied, and none of them says how it may be used."""
PLANNED = ("adapting", "piloting")
"""Stages at whose first it is said what is kept, changed and dropped."""


def add_practices() -> None:
    """Write what is missing of practices, challenges and adoptions, as the demonstration's people would.

    The secretariat writes; what an adopting city confirms, its officer confirms, who is nobody real.
    """
    for facts in read("practices")["practices"]:
        if not Practice.objects.filter(slug=facts["slug"]).exists():
            _write(facts)
    for facts in read("challenges")["challenges"]:
        if not Challenge.objects.filter(slug=facts["slug"]).exists():
            _challenge(facts)
    for facts in read("adoptions")["adoptions"]:
        practice, city = Practice.objects.get(slug=facts["practice"]), City.objects.get(slug=facts["to_city"])
        if not Adoption.objects.filter(practice=practice, to_city=city).exists():
            _adopt(practice, city, facts)


def _write(facts: dict[str, Any]) -> None:
    """One practice: begun, with its claims and translations, published."""
    secretariat = account_of(Role.SECRETARIAT)
    where = City.objects.get(slug=facts["city"]) if facts["city"] else facts["place"]
    words = {field: (facts["language"], body) for field, body in facts["words"].items()}
    practice = actions.begin(secretariat, where, words, _facts_of(facts))
    Practice.objects.filter(pk=practice.pk).update(slug=facts["slug"])  # short ones, which never change
    for cost in facts["costs"]:
        actions.add_cost(secretariat, practice, **cost)
    for result in facts["results"]:
        actions.add_result(secretariat, practice, **result)
    add_translations(_said(practice, facts))
    actions.publish(secretariat, practice)


def _facts_of(facts: dict[str, Any]) -> dict[str, Any]:
    """What is said outside the words: of each column what the file has, and further reports as links."""
    linked = [one for one in facts["other_sources"] if one.startswith("http")]
    named = [one for one in facts["other_sources"] if one not in linked]
    return {
        **{name: facts[name] for name in FACTS},
        "source": " ; ".join([facts["source"], *named]),
        "partners": facts["partners"],
        "further_places": facts.get("further_places", []),
        "media": [_linked(one) for one in linked],
    }


def _linked(source: str) -> dict[str, str]:
    """A report elsewhere, given as an address and perhaps, in brackets, of what it is a copy."""
    address, _space, of_what = source.partition(" ")
    host = address.partition("://")[2].partition("/")[0]
    return {"address": address, "shows": f"Further source: {of_what.strip('()') or host}", "licence": NOT_STATED}


def _said(practice: Practice, facts: dict[str, Any]) -> list[Said]:
    """The texts of which there are translations, as the other files of the demonstration have them."""
    texts = {one.field: one.text for one in practice.words.select_related("text")}
    return [
        (texts[field], {"language": facts["language"], "texts": translated})
        for field, translated in facts["translations"].items()
    ]


def _challenge(facts: dict[str, Any]) -> None:
    """A city's problem; most are written for the demonstration, and then say so."""
    title, description = facts["title"], facts["description"]
    challenge = actions.add_challenge(
        account_of(Role.SECRETARIAT),
        City.objects.get(slug=facts["city"]),
        title=(title["language"], original(title)),
        description=(description["language"], original(description)),
        concepts=facts["concepts"],
        source=facts["source"],
        is_simulated=facts["is_written_for_the_demonstration"],
    )
    Challenge.objects.filter(pk=challenge.pk).update(slug=facts["slug"])
    said: list[Said] = [(challenge.title, title)]
    if challenge.description is not None:
        said.append((challenge.description, description))
    add_translations(said)


def _adopt(practice: Practice, city: City, facts: dict[str, Any]) -> None:
    """One adoption with all its steps, each on the day that the file gives."""
    secretariat, began = account_of(Role.SECRETARIAT), timezone.now()
    adoption = actions.want_to_try(
        secretariat,
        practice,
        city,
        facts["why"],
        language=facts["why_language"],
        source=facts["source"],
        began_on=date.fromisoformat(facts["began_on"]),
        is_simulated=facts["simulated"],
    )
    parts_at = next((step["stage"] for step in facts["steps"] if step["stage"] in PLANNED), None)
    for step in facts["steps"]:
        if step["what"] == "confirmed":
            _claim(adoption, facts)
            actions.confirm(officer_of(city.slug), adoption, step["note"], language=step["language"])
        else:
            actions.move(secretariat, adoption, step["stage"], step["note"], language=step["language"])
        if step["stage"] == parts_at:
            actions.set_parts(secretariat, adoption, facts["parts"])
        _date(adoption, step["made_on"], since=began)


def _claim(adoption: Adoption, facts: dict[str, Any]) -> None:
    for cost in facts["costs"]:
        actions.add_cost(account_of(Role.SECRETARIAT), adoption, **cost)
    for result in facts["results"]:
        actions.add_result(account_of(Role.SECRETARIAT), adoption, **result)


def _date(adoption: Adoption, day: str, *, since: datetime) -> None:
    """Set back the steps that were made just now; the record keeps when it was really done."""
    then = datetime.combine(date.fromisoformat(day), NOON)
    AdoptionStep.objects.filter(adoption=adoption, made_at__gte=since).update(made_at=then)
    Adoption.objects.filter(pk=adoption.pk, confirmed_at__gte=since).update(confirmed_at=then)
