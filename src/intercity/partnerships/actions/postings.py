"""What a city seeks and what it gives: written, renewed, closed, and answered. What runs out can be taken up again."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import check_simulated, require_writer
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind, Text
from intercity.languages.wanting import want
from intercity.partnerships import facts as facts_of
from intercity.partnerships import vocabulary
from intercity.partnerships.models import (
    Direction,
    Leg,
    Posting,
    PostingKind,
    PostingReply,
    PostingState,
    PostingTopic,
    Scheme,
    WebhookEvent,
)
from intercity.partnerships.telling import tell
from intercity.practices import vocabulary as challenges
from intercity.practices.actions.checking import (
    cleaned,
    language_of,
    line_of,
    needed_words,
    refuse,
    words_of,
)
from intercity.refusals import RefusedError

Said = tuple[str, str]
LONGEST_TITLE, LONGEST_BODY, LONGEST_REPLY = 120, 4_000, 2_000
MOST_TOPICS, MOST_LEGS, MOST_LANGUAGES = 10, 12, 12
MOST_REPLIES = 30
"""Replies that wait at one posting; more would drown the office that reads them."""
PLAIN = ("facts", "languages", "contact_role", "contact_mailbox", "source")
"""What is kept as it is told, beside words, topics and legs."""
LASTS, AT_MOST = timedelta(days=180), timedelta(days=730)
"""For how long a need or an offer holds if nobody says, and at most: so that the list shows what is alive."""


class LegSaid(NamedTuple):
    """A leg of a joint itinerary."""

    start: City
    end: City
    days: int = 1
    means: str = ""
    season: str = ""
    border: str = ""
    accessibility: str = ""
    capacity: str = ""


@dataclass(frozen=True)
class Terms:
    """What is told of a need or an offer.

    `topics` are pairs of scheme and code: ("hs", "09"), ("concept", "floods"). `facts` are those of its kind, as
    `partnerships.fields` lists them. `legs` are for joint itineraries.
    """

    title: Said
    body: Said = ("", "")
    facts: Mapping[str, Any] = field(default_factory=dict)
    topics: Sequence[tuple[str, str]] = ()
    languages: Sequence[str] = ()
    contact_role: str = ""
    contact_mailbox: str = ""
    legs: Sequence[LegSaid] = ()
    source: str = ""


def post(
    person: Visitor,
    terms: Terms,
    *,
    direction: str,
    kind: str,
    city: City,
    expires_on: date | None = None,
    is_simulated: bool = False,
) -> Posting:
    """Say for a city what it seeks or gives; public at once, for half a year if no day is said."""
    author = require_writer(person, city)
    check_simulated(is_simulated)
    if direction not in Direction.values:
        raise RefusedError(_("Choose whether you seek it or give it."), "direction")
    if city.left_on is not None:
        raise RefusedError(_("%(city)s is not a member any more.") % {"city": city.name}, "city")
    said = _checked(kind, direction, terms)
    found = Posting(
        direction=direction,
        kind=kind,
        city=city,
        written_by=author,
        is_simulated=is_simulated,
        expires_on=_until(expires_on),
        **{name: said[name] for name in PLAIN},
    )
    with transaction.atomic():
        found.title = write_text(*said["title"])
        found.body = write_text(*said["body"]) if said["body"][1] else None
        found.save()
        _put(found, said)
        _changed(author, found, "posting.opened")
        tell(WebhookEvent.POSTING_OPENED, f"posting-{found.pk}", document_of(found))
    return found


def edit(person: Visitor, posting: Posting, terms: Terms, *, version: int) -> Posting:
    """Write it anew. `version` is that which the person began from; refused where somebody saved another since."""
    author = require_writer(person, posting.city)
    said = _checked(posting.kind, posting.direction, terms)
    with transaction.atomic():
        found = _locked(posting)
        if version != found.version:
            raise RefusedError(
                _(
                    "Somebody changed this while you were writing. Open it in another window, compare, and send "
                    "yours again if it shall stand."
                ),
                "version",
            )
        rewrite_text(found.title, said["title"][1], language=said["title"][0])
        found.body = _rewritten(found.body, said["body"])
        for name in PLAIN:
            setattr(found, name, said[name])
        _put(found, said)
        _changed(author, found, "posting.edited")
    posting.refresh_from_db()
    return posting


def renew(person: Visitor, posting: Posting, expires_on: date | None = None) -> Posting:
    """Say that it is still sought or given, until a day; what was closed or ran out is open again."""
    author = require_writer(person, posting.city)
    until = _until(expires_on)
    with transaction.atomic():
        found = _locked(posting)
        found.state, found.expires_on, found.asked_to_renew_on = PostingState.OPEN, until, None
        found.closed_why = None
        _changed(author, found, "posting.renewed", until=until.isoformat())
    posting.refresh_from_db()
    return posting


def close(person: Visitor, posting: Posting, why: Said | None = None) -> Posting:
    """Say that it is no longer sought or given, and, if one likes, why."""
    author = require_writer(person, posting.city)
    language, words = words_of("reason", why or ("", ""), LONGEST_REPLY)
    with transaction.atomic():
        found = _locked(posting)
        if found.state == PostingState.CLOSED:
            raise RefusedError(_("It is closed already."))
        found.state = PostingState.CLOSED
        found.closed_why = write_text(language, words) if words else None
        _changed(author, found, "posting.closed")
    posting.refresh_from_db()
    return posting


def reply(
    person: Visitor,
    posting: Posting,
    *,
    text: Said,
    organisation: str,
    is_vendor: bool = False,
    mailbox: str = "",
    from_city: City | None = None,
) -> PostingReply:
    """Answer a need or an offer; nobody but its city sees it before that lets it be shown.

    Whoever sells something may answer, labelled so, and cannot post. An officer answers for their city; who is not
    signed in leaves an address, which is never shown to the public.
    """
    author = require_writer(person, from_city) if from_city is not None else None
    language, words = needed_words("text", text, LONGEST_REPLY, _("Write what you can give, or what you would ask."))
    name = line_of("organisation", from_city.name if from_city else organisation, 200)
    if not name:
        raise RefusedError(_("Say for which organisation you answer."), "organisation")
    kept, faults = cleaned(PostingReply, {"mailbox": mailbox})
    if not faults and author is None and not kept["mailbox"]:
        faults = [("mailbox", _("Leave an address by which the city can answer you. It is not shown to the public."))]
    refuse(faults)
    with transaction.atomic():
        found = _locked(posting)
        if found.state != PostingState.OPEN or found.expires_on < timezone.localdate():
            raise RefusedError(_("This is no longer open, so nobody waits for answers."))
        if found.replies.filter(is_shown=False, hidden_at=None).count() >= MOST_REPLIES:
            raise RefusedError(
                _("%(most)d answers wait already for the office that reads them. Come back in some days.")
                % {"most": MOST_REPLIES}
            )
        made = PostingReply.objects.create(
            posting=found,
            text=write_text(language, words),
            organisation=name,
            is_vendor=is_vendor and from_city is None,
            mailbox=kept["mailbox"],
            from_city=from_city,
            made_by=author,
        )
        record(author, "posting.replied", found, reply=made.pk, is_vendor=made.is_vendor)
    return made


def show_reply(person: Visitor, answer: PostingReply) -> PostingReply:
    """Let everybody read an answer; the address that came with it stays with the city."""
    return _decide(person, answer, is_shown=True)


def hide_reply(person: Visitor, answer: PostingReply) -> PostingReply:
    """Keep an answer from being shown."""
    return _decide(person, answer, is_shown=False)


def _decide(person: Visitor, answer: PostingReply, *, is_shown: bool) -> PostingReply:
    author = require_writer(person, answer.posting.city)
    with transaction.atomic():
        found = PostingReply.objects.select_for_update().get(pk=answer.pk)
        found.is_shown, found.hidden_at = is_shown, None if is_shown else timezone.now()
        found.save(update_fields=["is_shown", "hidden_at"])
        want(Kind.POSTING, [found.posting_id])
        record(author, "posting.reply_shown" if is_shown else "posting.reply_hidden", found.posting, reply=found.pk)
    answer.refresh_from_db()
    return answer


def document_of(posting: Posting) -> dict[str, Any]:
    """The posting as plain JSON, without its mailbox."""
    return {
        "id": posting.pk,
        "direction": str(posting.direction),
        "kind": str(posting.kind),
        "city": posting.city.slug,
        "title": {"language": posting.title.language, "body": posting.title.body},
        "body": {"language": posting.body.language, "body": posting.body.body} if posting.body else {},
        "topics": [f"{one.scheme}:{one.code}" for one in posting.topics.all()],
        "state": str(posting.state),
        "expires_on": posting.expires_on.isoformat(),
        "is_simulated": posting.is_simulated,
    }


def _checked(kind: str, direction: str, terms: Terms) -> dict[str, Any]:
    """What is told, as it is kept; RefusedError for what cannot be."""
    if kind not in PostingKind.values:
        raise RefusedError(_("Choose what it is about."), "kind")
    contact = {"contact_role": terms.contact_role, "contact_mailbox": terms.contact_mailbox}
    kept, faults = cleaned(Posting, contact)
    refuse(faults)
    if len(terms.languages) > MOST_LANGUAGES:
        raise RefusedError(_("At most %(most)d languages are allowed.") % {"most": MOST_LANGUAGES}, "languages")
    return {
        "title": needed_words("title", terms.title, LONGEST_TITLE, _("Say in one line what you seek or give.")),
        "body": words_of("body", terms.body, LONGEST_BODY),
        "facts": facts_of.check(kind, direction, terms.facts),
        "languages": list(dict.fromkeys(language_of(one, "languages") for one in terms.languages)),
        "source": line_of("source", terms.source, 500),
        "topics": _topics(terms.topics),
        "legs": _legs(kind, terms.legs),
        **kept,
    }


def _until(day: date | None) -> date:
    """The last day on which it holds."""
    today = timezone.localdate()
    until = day or today + LASTS
    if not today < until <= today + AT_MOST:
        raise RefusedError(
            _("%(day)s came. Choose a day after today, at most two years from now.") % {"day": until.isoformat()},
            "expires_on",
        )
    return until


def _topics(topics: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    found = list(dict.fromkeys(topics))
    allowed: Mapping[str, Collection[str]] = {
        Scheme.HS: vocabulary.chapters(),
        Scheme.CONCEPT: challenges.concepts(),
    }
    strange = [code for scheme, code in found if code not in allowed.get(scheme, ())]
    if strange:
        raise RefusedError(
            _("Not in the list: %(codes)s. Choose from the list.") % {"codes": ", ".join(strange)[:200]}, "topics"
        )
    if len(found) > MOST_TOPICS:
        raise RefusedError(_("At most %(most)d topics are allowed.") % {"most": MOST_TOPICS}, "topics")
    return found


def _legs(kind: str, legs: Sequence[LegSaid]) -> list[Leg]:
    """The legs of an itinerary over two or three member cities or more, each beginning where the last one ended."""
    if legs and kind != PostingKind.TOURISM:
        raise RefusedError(_("Only a joint itinerary has legs."), "legs")
    if len(legs) > MOST_LEGS:
        raise RefusedError(_("At most %(most)d legs are allowed.") % {"most": MOST_LEGS}, "legs")
    found = []
    for number, one in enumerate(legs):
        place = f"legs.{number}"
        if number and one.start != legs[number - 1].end:
            raise RefusedError(
                _("This leg begins in %(start)s; the one before it ended in %(end)s.")
                % {"start": one.start.name, "end": legs[number - 1].end.name},
                f"{place}.start",
            )
        lines = {name: getattr(one, name) for name in ("means", "season", "border", "accessibility", "capacity")}
        kept, faults = cleaned(Leg, {**lines, "days": one.days})
        refuse([(f"{place}.{name}", sentence) for name, sentence in faults])
        found.append(Leg(number=number + 1, start=one.start, end=one.end, **kept))
    return found


def _put(posting: Posting, said: Mapping[str, Any]) -> None:
    """Topics and legs in the place of those before."""
    topics, legs = said["topics"], said["legs"]
    posting.topics.all().delete()
    posting.legs.all().delete()
    PostingTopic.objects.bulk_create(PostingTopic(posting=posting, scheme=one[0], code=one[1]) for one in topics)
    for leg in legs:
        leg.posting = posting
    Leg.objects.bulk_create(legs)


def _rewritten(text: Text | None, said: Said) -> Text | None:
    if not said[1]:
        return None
    return rewrite_text(text, said[1], language=said[0]) if text is not None else write_text(*said)


def _changed(author: Person, posting: Posting, what: str, **details: Any) -> None:
    if what != "posting.opened":
        posting.version += 1
    posting.changed_at = timezone.now()
    posting.save()
    want(Kind.POSTING, [posting.pk])
    record(author, what, posting, city=posting.city.slug, kind=str(posting.kind), **details)


def _locked(posting: Posting) -> Posting:
    return Posting.objects.select_for_update().get(pk=posting.pk)
