"""A declaration in candidate commitments: by rules that anybody can read, without any service.

Between its summits a network keeps what was declared there; a declaration is prose, and commitments are sentences with
an owner and a day. These rules find the sentences that may be ones, say by which rule and how sure, and tell why every
other sentence was left out, so that a person decides and nothing of the text is lost.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import zip_longest
from typing import Final, Literal, get_args

from intercity.core.language.promising.deadlines import Deadline, deadline
from intercity.core.language.promising.judging import Context, Lead, LeftOut, Verdict, Why, judge, lead_of
from intercity.core.language.promising.lexicon import Lexicon, levelled, lexicon
from intercity.core.language.promising.splitting import LINES, WIDE, Part, parts

__all__ = ["LEFT_OUT", "WHY", "Candidate", "LeftOut", "Other", "Reading", "Why", "candidates", "listed", "read"]

WHY: Final[tuple[Why, ...]] = get_args(Why)
"""The rules by which a sentence is a candidate, for a page to put in words."""
LEFT_OUT: Final[tuple[LeftOut, ...]] = get_args(LeftOut)
"""The rules by which a sentence is left out."""


@dataclass(frozen=True)
class Candidate:
    """A sentence that may be a commitment.

    Attributes
    ----------
    number : int
        1 and up, in the order of the text.
    label : str
        The marker of its item as it is written ("(一)", "Article 3"), also where it is not its first sentence; or "".
    body : str
        The sentence without its marker, on one line.
    start, end : int
        Its place: `body` is text[start:end] with each run of spaces and ends of lines as one space (none in Chinese).
    why : Why
        "promise": it says itself that it promises (agree to, 承诺). "duty": a party, and will or shall. "future": will
        or shall, of something that is no known party. "wish": should, call on, hope. "action": it begins with what is
        to be done (strengthen, 加强). "item": so does an item of a list. "listed": what introduces its list promises.
        "numbered": nothing but that it stands in a list. "after_preamble": a promise behind "Having met …, ".
    is_sure : bool
        True for promise, duty, item, and listed behind a promise or a duty.
    modal : str
        The phrase that decided, of the sentence or of what introduces its list; "" for "numbered".
    who : str
        Who promises, as it stands in the text; "" where that cannot be told.
    due : str
        Until when, as it stands in the text, or "".
    due_on : datetime.date or None
        The last day, where `due` leaves no doubt about it.
    """

    number: int
    label: str
    body: str
    start: int
    end: int
    why: Why
    is_sure: bool
    modal: str = ""
    who: str = ""
    due: str = ""
    due_on: date | None = None


@dataclass(frozen=True)
class Other:
    """A sentence that is no candidate, in its place, and why.

    "preamble": recalling, 忆及. "formal": how the paper itself works. "introduces": what stands above a list.
    "heading": short, without an end. "question". "no_promise": none of the rules holds. "no_words": no letter in it.
    """

    label: str
    body: str
    start: int
    end: int
    why: LeftOut


@dataclass(frozen=True)
class Reading:
    """A text as it was read: every sentence of it is in one of the two, in the order of the text."""

    candidates: tuple[Candidate, ...]
    left_out: tuple[Other, ...]


def candidates(
    text: str, language: str, *, parties: Sequence[str] = (), signed_on: date | None = None
) -> tuple[Candidate, ...]:
    """The candidate commitments of a declaration; text, language, parties, signed_on and source as for `read`."""
    return read(text, language, parties=parties, signed_on=signed_on).candidates


def read(text: str, language: str, *, parties: Sequence[str] = (), signed_on: date | None = None) -> Reading:
    """A declaration as candidate commitments, and every other sentence with the reason why it is none.

    Parameters
    ----------
    text : str
        Any; may be empty. Wrapped lines, items numbered in any of the languages' ways, and lists within a line are
        understood.
    language : str
        BCP 47. In one without a table of phrases only items of lists are found, none of them sure.
    parties : sequence of str
        Further names of those who may promise, such as the cities of the network, in the language of the text.
    signed_on : datetime.date or None
        The day from which "within six months" counts.

    Returns
    -------
    Reading
        Never raises, and depends on nothing but its arguments.

    Source: our own rules, see docs/methods/declarations.md; sentences by Unicode Standard Annex 29 (ICU); names of
    months by the Unicode Common Locale Data Repository.
    """
    words = lexicon(language, tuple(parties))
    found: list[Candidate] = []
    others: list[Other] = []
    for part, body, verdict in _judged(text, words):
        if verdict.promises is None:
            others.append(Other(part.label, body, part.start, part.end, verdict.left_out or "no_promise"))
            continue
        until = deadline(levelled(body), words, signed_on)
        found.append(_candidate(len(found) + 1, part, body, verdict, until))
    return Reading(tuple(found), tuple(others))


def listed(found: Sequence[Candidate], language: str) -> str:
    """Candidates as a numbered list under the words of a language that promise ("We agree to:"): a text to start from.

    Parameters
    ----------
    found : sequence of Candidate
    language : str
        BCP 47; one without a table of phrases has no such words.

    Returns
    -------
    str
        Read again, it gives the same sentences; "" of none.
    """
    if not found:
        return ""
    lead = next(iter(lexicon(language).phrases.get("lead", ())), "")
    return "\n".join([*([lead] if lead else []), *(f"{one.number}. {one.body}" for one in found)])


def _candidate(number: int, part: Part, body: str, verdict: Verdict, until: Deadline) -> Candidate:
    return Candidate(
        number,
        part.label,
        body,
        part.start,
        part.end,
        verdict.promises or "numbered",
        verdict.is_sure,
        verdict.modal,
        verdict.who,
        until.phrase,
        until.day,
    )


def _judged(text: str, words: Lexicon) -> Iterator[tuple[Part, str, Verdict]]:
    """Every sentence with what it is, the lists that it stands in being kept in mind."""
    lists: list[_List] = []
    for part, following in zip_longest(cut := list(parts(text, words)), cut[1:]):
        lists = _lists_at(lists, part)
        context = _context(part, following, lists)
        body = _on_one_line(text[part.start : part.end])
        level = levelled(body)
        lead = lead_of(level, words, context)
        if lead is None:
            yield part, body, judge(level, words, context)
            continue
        lists = [*lists, _List("", lead)]
        verdict = judge(level, words, replace(context, followed_by=""))
        is_promise = context.is_item and verdict.promises
        yield part, body, verdict if is_promise else Verdict(left_out="introduces")


@dataclass(frozen=True)
class _List:
    """A list that has begun: the family of its markers ("" before the first), and what introduces it."""

    family: str
    lead: Lead | None


def _lists_at(lists: list[_List], part: Part) -> list[_List]:
    """The lists, outer ones first, in which a sentence stands: text ends all, an item of an outer list the inner."""
    if not part.label:
        return []
    families = [one.family for one in lists]
    if part.family in families:
        return lists[: families.index(part.family) + 1]
    if lists and not families[-1]:
        return [*lists[:-1], _List(part.family, lists[-1].lead)]
    return [*lists, _List(part.family, None)]


def _context(part: Part, following: Part | None, lists: list[_List]) -> Context:
    """Where a sentence stands."""
    followed_by: Literal["item", "inner", "text", ""] = ""
    if following is not None and part.is_last:
        is_outer = following.family in [one.family for one in lists]
        followed_by = "text" if not following.label else "item" if is_outer else "inner"
    is_item = bool(part.label) and part.is_first
    return Context(is_item, part.is_first and part.is_last, lists[-1].lead if is_item else None, followed_by)


def _on_one_line(words: str) -> str:
    """Without ends of lines: a space for each, and nothing between two Chinese characters."""
    lines = [" ".join(line.split()) for line in LINES.split(words)]
    joined = lines[0]
    for line in lines[1:]:
        is_tight = bool(WIDE.match(joined[-1:]) and WIDE.match(line[:1]))
        joined += line if is_tight else f" {line}"
    return re.sub(" +", " ", joined).strip()
