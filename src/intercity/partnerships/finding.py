"""How commitments and agreements are found: by their words, and where they are read."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence

from django.db.models import Prefetch
from django.urls import reverse

from intercity.languages import indexing
from intercity.languages.indexing import Described, pieces_of
from intercity.languages.models import Kind, Text
from intercity.partnerships.models import Agreement, Commitment, Posting, PostingReply


def describe_commitments(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """The sentence, how one will know, and what was reported last."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Commitment.objects.filter(pk__in=keys).with_words()
    found = found.prefetch_related("reports__text__translations", "confirmations__reason", "steps__reason")
    return known | {str(one.pk): _commitment(one) for one in found}


def describe_agreements(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Title and reason."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    found = Agreement.objects.filter(pk__in=keys).with_words().prefetch_related("steps__reason")
    return known | {str(one.pk): _agreement(one) for one in found}


def describe_postings(keys: Sequence[str]) -> Mapping[str, Described | None]:
    """Title and words of what is sought or given today; what is closed or ran out is not found any more."""
    known: dict[str, Described | None] = dict.fromkeys(keys)
    shown = PostingReply.objects.filter(is_shown=True).select_related("text")
    found = Posting.objects.open().filter(pk__in=keys).with_words().prefetch_related(Prefetch("replies", shown))
    return known | {str(one.pk): _posting(one) for one in found}


def _posting(one: Posting) -> Described:
    answers = [reply.text for reply in one.replies.all()]
    return _described(reverse("posting", args=[one.pk]), [one.title, one.body], answers)


DESCRIBERS: Mapping[str, Callable[[Sequence[str]], Mapping[str, Described | None]]] = {
    Kind.COMMITMENT: describe_commitments,
    Kind.AGREEMENT: describe_agreements,
}


def index_commitments() -> int:
    """Let commitments and agreements be found by their words; returns how many were described anew."""
    return sum(indexing.build((kind,), describe) for kind, describe in DESCRIBERS.items())


def _commitment(one: Commitment) -> Described:
    told = [report.text for report in one.reports.all()]
    reasons = [said.reason for said in one.confirmations.all() if said.reason]
    reasons += [step.reason for step in one.steps.all() if step.reason]
    address = reverse("commitment", args=[one.number])
    return _described(address, [one.text, one.known_by, *told[-1:]], [*told[:-1], *reasons])


def _agreement(one: Agreement) -> Described:
    reasons = [step.reason for step in one.steps.all() if step.reason]
    return _described(reverse("agreement", args=[one.slug]), [one.title, one.why], reasons)


def _described(address: str, texts: Iterable[Text | None], beside: Sequence[Text]) -> Described:
    said = [text for text in texts if text is not None and text.body.strip()]
    return Described(address, [piece for text in said for piece in pieces_of(text)], beside)
