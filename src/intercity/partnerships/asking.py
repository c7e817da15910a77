"""Letters about introductions and about needs and offers that run out."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.cities.models import City
from intercity.core.language.formats import format_day
from intercity.letters.kinds import INTRODUCTIONS, RENEWALS, LetterKind, register
from intercity.letters.recipients import Recipient, of_city, of_mailbox, of_officers, of_secretariat
from intercity.letters.saying import said
from intercity.partnerships.actions.introductions import VALID_FOR, link_token
from intercity.partnerships.models import Introduction, OutcomeAnswer, Posting

OF_INTRODUCTION = {
    "one": gettext_lazy("the name of the one city"),
    "other": gettext_lazy("the name of the other city"),
    "why": gettext_lazy("why they should know each other"),
    "one_gives": gettext_lazy("what the one city gives"),
    "other_gives": gettext_lazy("what the other city gives"),
    "address": gettext_lazy("the address of the page"),
}

PROPOSED = register(
    LetterKind(
        "introduction-proposed",
        INTRODUCTIONS,
        gettext_lazy("A city is asked whether it wants to be introduced"),
        gettext_lazy("{one} and {other}: do you want to know each other?"),
        gettext_lazy(
            "Good day,\n\n"
            "somebody proposes to introduce {one} and {other}:\n\n{why}\n\n"
            "{one} would give: {one_gives}\n"
            "{other} would give: {other_gives}\n\n"
            "Please say yes or no there. Contacts are told only when both said yes; a no needs no reason:\n{address}"
        ),
        OF_INTRODUCTION,
        needed=("address",),
    )
)
MADE = register(
    LetterKind(
        "introduction-made",
        INTRODUCTIONS,
        gettext_lazy("Two cities are introduced: both said yes"),
        gettext_lazy("{one} and {other}: you are introduced"),
        gettext_lazy(
            "Good day,\n\n"
            "{one} and {other} both said yes:\n\n{why}\n\n"
            "{one} gives: {one_gives}\n"
            "{other} gives: {other_gives}\n\n"
            "Whom to write to on the other side stands here, for you only:\n{address}\n\n"
            "After 3, 6 and 12 months you are asked what came of it."
        ),
        OF_INTRODUCTION,
        needed=("address",),
    )
)
DECLINED = register(
    LetterKind(
        "introduction-declined",
        INTRODUCTIONS,
        gettext_lazy("An introduction was declined, to the city that proposed it"),
        gettext_lazy("{other} says: not now"),
        gettext_lazy(
            "Good day,\n\n"
            "{other} does not want to be introduced now.\n\n{reason}\n\n"
            "That is no judgement of your city. Others that suit you stand here:\n{address}"
        ),
        {
            "one": OF_INTRODUCTION["one"],
            "other": OF_INTRODUCTION["other"],
            "reason": gettext_lazy("why, if a reason was given"),
            "address": OF_INTRODUCTION["address"],
        },
    )
)
OUTCOME = register(
    LetterKind(
        "introduction-outcome",
        INTRODUCTIONS,
        gettext_lazy("What came of an introduction?"),
        gettext_lazy("{one} and {other}, {months} months later: what came of it?"),
        gettext_lazy(
            "Good day,\n\n"
            "{months} months ago {one} and {other} were introduced:\n\n{why}\n\n"
            "What came of it so far? Choose an answer; you need no account. “Nothing yet” is a good one, too.\n\n"
            "{answers}\n\n"
            "These addresses answer for {days} days, and only for your city."
        ),
        {
            "one": OF_INTRODUCTION["one"],
            "other": OF_INTRODUCTION["other"],
            "why": OF_INTRODUCTION["why"],
            "months": gettext_lazy("after how many months this is asked"),
            "answers": gettext_lazy("the answers, each with its address"),
            "days": gettext_lazy("how many days the addresses answer"),
        },
        needed=("answers",),
    )
)
RUNS_OUT = register(
    LetterKind(
        "posting-runs-out",
        RENEWALS,
        gettext_lazy("A need or an offer runs out"),
        gettext_lazy("Is it still so? {title}"),
        gettext_lazy(
            "Good day,\n\n"
            "this runs out on {day}:\n\n{title}\n\n"
            "If it still holds, say so there with one click; else it ends by itself, and nothing is lost:\n{address}"
        ),
        {
            "title": gettext_lazy("what is sought or given"),
            "day": gettext_lazy("the day on which it runs out"),
            "address": OF_INTRODUCTION["address"],
        },
        needed=("address",),
    )
)


def of_side(city: City) -> list[Recipient]:
    """Who answers for a city: its office, else its officers, else the secretariat."""
    return [of_city(city), of_officers(city), of_secretariat()]


def of_posting(posting: Posting) -> list[Recipient]:
    """Who keeps a need or an offer: the mailbox that was given for it, then the city."""
    own = [of_mailbox("city", posting.contact_mailbox, posting.city)] if posting.contact_mailbox else []
    return [*own, *of_side(posting.city)]


def of_introduction(found: Introduction, language: str) -> dict[str, str]:
    """What a letter about an introduction is filled with."""
    return {
        "one": found.one.named(language),
        "other": found.other.named(language),
        "why": said(found.why, language),
        "one_gives": said(found.one_gives, language) or _("not said"),
        "other_gives": said(found.other_gives, language) or _("not said"),
        "address": f"{settings.ADDRESS}{reverse('introduction', args=[found.pk])}",
    }


def of_refusal(found: Introduction, language: str) -> dict[str, str]:
    """What a letter about a no is filled with."""
    told = of_introduction(found, language)
    return {
        **{name: told[name] for name in ("one", "other")},
        "reason": said(found.ended_why, language),
        "address": f"{settings.ADDRESS}{reverse('postings')}",
    }


def of_outcome(found: Introduction, city: City, months: int, language: str) -> Mapping[str, str]:
    """What a letter that asks what came of it is filled with: an address for each answer."""
    token = link_token(found, city, months)
    address = f"{settings.ADDRESS}{reverse('outcome_by_link', args=[token])}"
    lines = [f"{answer.label}:\n{address}?answer={answer.value}" for answer in OutcomeAnswer]
    told = of_introduction(found, language)
    return {
        **{name: told[name] for name in ("one", "other", "why")},
        "months": str(months),
        "answers": "\n\n".join(lines),
        "days": str(VALID_FOR.days),
    }


def of_end(posting: Posting, language: str) -> Mapping[str, str]:
    """What a letter about a need or an offer that runs out is filled with."""
    return {
        "title": said(posting.title, language),
        "day": format_day(posting.expires_on, language, "long"),
        "address": f"{settings.ADDRESS}{reverse('posting', args=[posting.pk])}",
    }
