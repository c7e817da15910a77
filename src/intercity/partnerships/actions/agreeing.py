"""An agreement as it is kept: what has to be so of its parties, dates and papers, and its history."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.cities.rights import name_of
from intercity.events.models import EventState
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.partnerships.actions.rights import cities_of
from intercity.partnerships.models import (
    Agreement,
    AgreementDocument,
    AgreementKind,
    AgreementParty,
    AgreementStep,
    AgreementStepKind,
    WebhookEvent,
)
from intercity.partnerships.telling import tell
from intercity.practices.actions.addressing import stem_of
from intercity.practices.actions.checking import cleaned, fault_of_date, language_of, line_of, needed_words, words_of
from intercity.practices.models import Difference
from intercity.practices.models.versions import plain_value, rows, verbose_name
from intercity.refusals import RefusedError

Said = tuple[str, str]

LONGEST_TITLE = 200
LONGEST_WHY = 3_000
MOST_PARTIES = 60
MOST_DOCUMENTS = 20
TRIES = 20
OF_PARTIES = ("city", "name", "signed_as")
OF_DOCUMENTS = ("title", "address", "language", "kilobytes")
WORDS = {"title": LONGEST_TITLE, "why": LONGEST_WHY}
TAKEN = frozenset({"add", "api", "export", "feed", "new", "register", "search", "write"})
"""Addresses that pages have."""


class Party(NamedTuple):
    """A party: a member, or somebody else by name; and the role of whoever signed."""

    city: City | None = None
    name: str = ""
    signed_as: str = ""


class Document(NamedTuple):
    """Where a paper can be read."""

    title: str
    address: str
    language: str = ""
    kilobytes: int | None = None


def checked(said: Mapping[str, Any]) -> dict[str, Any]:
    """What is told, as it is kept; None is left out; RefusedError for what cannot be."""
    found: dict[str, Any] = {name: value for name, value in said.items() if value is not None}
    if "kind" in found and found["kind"] not in AgreementKind.values:
        raise RefusedError(_("Choose what kind of paper it is."), "kind")
    if "title" in found:
        found["title"] = needed_words("title", found["title"], LONGEST_TITLE, _("Write what it is called."))
    if "why" in found:
        found["why"] = words_of("why", found["why"], LONGEST_WHY)
    if "signed_on" in found:
        found["signed_on"] = found["signed_on"].strip()
        fault = fault_of_date(found["signed_on"], may_be_to_come=False)
        if fault:
            raise RefusedError(fault, "signed_on")
    if "source" in found:
        found["source"] = line_of("source", found["source"], 500)
    if "event" in found and found["event"].state == EventState.DRAFT:
        raise RefusedError(_("This event is not public yet."), "event")
    return found


def checked_parties(parties: Sequence[Party]) -> list[Party]:
    """At least two, each once, one of them a member; RefusedError names the place of a bad one, counted from 0."""
    found = [_party(number, Party(*one)) for number, one in enumerate(parties)]
    if len(found) < 2:
        raise RefusedError(_("An agreement has at least two parties. Name the other one."), "parties")
    if len(found) > MOST_PARTIES:
        raise RefusedError(_("At most %(most)d parties are allowed.") % {"most": MOST_PARTIES}, "parties")
    if not any(one.city for one in found):
        raise RefusedError(_("At least one party has to be a member of the network."), "parties")
    named = [one.city.slug if one.city else one.name.casefold() for one in found]
    if len(set(named)) < len(named):
        raise RefusedError(_("A party is named twice. Name each once."), "parties")
    return found


def _party(number: int, one: Party) -> Party:
    name = line_of(f"parties.{number}.name", one.name, 200)
    signed_as = line_of(f"parties.{number}.signed_as", one.signed_as, 200)
    if one.city is None and not name:
        raise RefusedError(_("Choose a member, or write the name of the party."), f"parties.{number}.name")
    return Party(one.city, "" if one.city else name, signed_as)


def checked_documents(documents: Sequence[Document]) -> list[Document]:
    """Papers with a title and an address each."""
    if len(documents) > MOST_DOCUMENTS:
        raise RefusedError(_("At most %(most)d papers are allowed.") % {"most": MOST_DOCUMENTS}, "documents")
    return [_document(f"documents.{number}", Document(*one)) for number, one in enumerate(documents)]


def _document(place: str, one: Document) -> Document:
    kept, faults = cleaned(AgreementDocument, {"title": one.title, "address": one.address, "kilobytes": one.kilobytes})
    for name, sentence in faults:
        raise RefusedError(sentence, f"{place}.{name}")
    if not kept["address"].startswith(("https://", "http://")):
        raise RefusedError(
            _("This is no address of a page. It must begin with https:// or http://."), f"{place}.address"
        )
    language = language_of(one.language, f"{place}.language") if one.language else ""
    return Document(kept["title"], kept["address"], language, kept["kilobytes"])


def put_words(agreement: Agreement, said: Mapping[str, Any]) -> None:
    """Words and facts into their columns, unsaved; what words were stays in the history."""
    for name, value in said.items():
        if name not in WORDS:
            if name not in {"parties", "documents"}:
                setattr(agreement, name, value)
            continue
        text = getattr(agreement, name) if agreement.pk else None
        if text is not None and value[1]:
            rewrite_text(text, value[1], language=value[0])
        else:
            setattr(agreement, name, write_text(*value) if value[1] else None)


def put_rows(agreement: Agreement, said: Mapping[str, Any]) -> None:
    """Parties and papers in the place of those before."""
    if "parties" in said:
        agreement.parties.all().delete()
        AgreementParty.objects.bulk_create(
            AgreementParty(agreement=agreement, **one._asdict()) for one in said["parties"]
        )
    if "documents" in said:
        agreement.documents.all().delete()
        AgreementDocument.objects.bulk_create(
            AgreementDocument(agreement=agreement, **one._asdict()) for one in said["documents"]
        )


def at_free_address(agreement: Agreement, title: str) -> None:
    """Keep a new agreement at an address out of its title; two who register at the same moment get one each."""
    stem = stem_of(title, "", "agreement")
    for _number in range(TRIES):
        taken = {*TAKEN, *Agreement.objects.filter(slug__startswith=stem).values_list("slug", flat=True)}
        tries = (stem, *(f"{stem}-{number}" for number in range(2, len(taken) + 3)))
        agreement.slug = next(slug for slug in tries if slug not in taken)
        try:
            with transaction.atomic():
                agreement.save(force_insert=True)
        except IntegrityError:
            if not Agreement.objects.filter(slug=agreement.slug).exists():
                raise
        else:
            return
    raise RefusedError(_("Many begin with this title at the same moment. Send it again."), "title")


def differences_of(agreement: Agreement, said: Mapping[str, Any]) -> list[Difference]:
    """What would change, field by field, as plain values."""
    now, wanted = _now(agreement, said), {name: _plain(value) for name, value in said.items()}
    return [Difference(name, _label(name), now[name], value) for name, value in wanted.items() if now[name] != value]


def _now(agreement: Agreement, said: Mapping[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name in said:
        if name in WORDS:
            text = getattr(agreement, name)
            found[name] = (text.language, text.body) if text else ("", "")
        elif name in {"parties", "documents"}:
            found[name] = document_of(agreement)[name]
        else:
            found[name] = _plain(getattr(agreement, name))
    return found


def _plain(value: Any) -> Any:
    """A value as the document has it."""
    if isinstance(value, list):
        return [_plain(one) for one in value]
    if isinstance(value, Party | Document):
        return {name: _plain(part) for name, part in value._asdict().items()}
    if isinstance(value, City):
        return value.slug
    if isinstance(value, tuple):
        return value
    return str(value) if hasattr(value, "slug") else plain_value(value)


def _label(name: str) -> str:
    labels = {"parties": _("parties"), "documents": _("documents")}
    return labels.get(name) or verbose_name(Agreement, name)


def step(
    author: Person,
    agreement: Agreement,
    what: AgreementStepKind,
    *,
    reason: Said | None = None,
    fields: Sequence[str] = (),
) -> None:
    """Keep a locked agreement that was changed, its step and the record."""
    if what != AgreementStepKind.REGISTERED:
        agreement.version += 1
    agreement.changed_at = timezone.now()
    agreement.save()
    AgreementStep.objects.create(
        agreement=agreement,
        what=what,
        document={**document_of(agreement), "changed": list(fields)},
        reason=write_text(*reason) if reason else None,
        made_by=author,
        made_as=_made_as(author, agreement),
    )
    want(Kind.AGREEMENT, [agreement.pk])
    data = {**document_of(agreement), "what": str(what), "is_simulated": agreement.is_simulated}
    tell(WebhookEvent.AGREEMENT_CHANGED, f"agreement-{agreement.pk}-{agreement.version}", data)
    record(author, f"agreement.{what}", agreement, slug=agreement.slug, state=agreement.state)


def document_of(agreement: Agreement) -> dict[str, Any]:
    """The agreement whole, as plain JSON."""
    return {
        "slug": agreement.slug,
        "version": agreement.version,
        "kind": str(agreement.kind),
        "state": str(agreement.state),
        "title": {"language": agreement.title.language, "body": agreement.title.body},
        "why": {"language": agreement.why.language, "body": agreement.why.body} if agreement.why else {},
        "signed_on": agreement.signed_on,
        "review_on": plain_value(agreement.review_on),
        "ended_on": plain_value(agreement.ended_on),
        "event": agreement.event.slug if agreement.event else "",
        "source": agreement.source,
        "parties": [
            {"city": one.city.slug if one.city else None, "name": one.name, "signed_as": one.signed_as}
            for one in agreement.parties.select_related("city").order_by("pk")
        ],
        "documents": rows(agreement.documents, OF_DOCUMENTS),
    }


def _made_as(author: Person, agreement: Agreement) -> str:
    """For whom somebody speaks: the party whose officer they are, else the network."""
    named = (name_of(author, city) for city in cities_of(agreement))
    network = name_of(author, None)
    return next((name for name in named if name != network), network)
