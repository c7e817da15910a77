"""Whether a sentence promises something: by which rule, how sure, and who does. The rules stand in docs/methods."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final, Literal

from intercity.core.language.promising.lexicon import LETTER, Found, Lexicon

Why = Literal["promise", "duty", "future", "wish", "action", "item", "listed", "numbered", "after_preamble"]
LeftOut = Literal["preamble", "formal", "introduces", "heading", "question", "no_promise", "no_words"]

MODALS: Final = ("promise", "duty", "wish")
QUESTION: Final = re.compile(r"[?？][\"'”’»」』)）]*$")
COLON: Final = re.compile(r"[:：៖][\"'”’»」』)）—–-]*$")
GOES_ON: Final = re.compile(r"[,，;；、]$")
CLAUSE: Final = re.compile(r"[,，;；、]\s*|\s(?:and|và|e|dan|at|no)\s")
LONGEST_NAME: Final = 80
FEWEST: Final = {True: 4, False: 8}
"""So many words at least (letters, where no spaces are written) make an item of a list more than a heading."""
LONGEST_HEADING: Final = {True: 6, False: 12}


@dataclass(frozen=True)
class Lead:
    """A sentence that introduces a list: its rule and phrase hold for the items; "preamble" for what only recalls."""

    kind: str
    phrase: str
    who: str


@dataclass(frozen=True)
class Context:
    """Where a sentence stands.

    Attributes
    ----------
    is_item : bool
        It begins an item of a list.
    is_alone : bool
        It is all of its block.
    lead : Lead or None
        What introduces its list.
    followed_by : "item", "inner", "text" or ""
        What the next block is, "inner" for the first item of a list within this one; "" at the end, and for all but
        the last sentence of a block.
    """

    is_item: bool = False
    is_alone: bool = True
    lead: Lead | None = None
    followed_by: Literal["item", "inner", "text", ""] = ""


@dataclass(frozen=True)
class Verdict:
    """What a sentence is: `promises` by a rule with its phrase and party, or left out and why."""

    promises: Why | None = None
    left_out: LeftOut | None = None
    is_sure: bool = False
    modal: str = ""
    who: str = ""


def modal_of(sentence: str, words: Lexicon) -> Found | None:
    """The first phrase of a levelled sentence that promises; else the first duty, then wish, by a lexicon of words."""
    for kind in MODALS:
        found = words.find(kind, sentence)
        if found:
            return found[0]
    return None


def lead_of(sentence: str, words: Lexicon, context: Context) -> Lead | None:
    """What a sentence passes on to the list behind it; None where it introduces none. As `judge` for its parameters:

    a levelled sentence, the words of its language, and the context in which it stands.
    """
    if context.followed_by not in {"item", "inner"}:
        return None
    preamble = _preamble(sentence, words)
    found = _after(sentence, preamble, words) if preamble else modal_of(sentence, words)
    if not COLON.search(sentence) and not (found and not context.is_item and _is_open(sentence[found.end :])):
        return None
    if found:
        return Lead(found.kind, found.phrase, who_of(sentence, found, words))
    return Lead("preamble" if preamble else "", "", "")


def _is_open(rest: str) -> bool:
    """Whether a sentence stops behind its modal: “The cities will” or “The secretariat will, as funds allow,”."""
    return not re.search(LETTER, rest) or bool(GOES_ON.search(rest) and len(rest) < LONGEST_NAME)


def judge(sentence: str, words: Lexicon, context: Context) -> Verdict:
    """What a sentence is.

    Parameters
    ----------
    sentence : str
        As `lexicon.levelled` gives it.
    words : Lexicon
        Of its language.
    context : Context
        Where it stands.
    """
    return _left_out(sentence, words, context) or _candidate(sentence, words, context)


def _left_out(sentence: str, words: Lexicon, context: Context) -> Verdict | None:
    """What surely promises nothing, or does so only behind a preamble."""
    why = _empty(sentence, words)
    preamble = None if why else _preamble(sentence, words)
    if preamble:
        modal = _after(sentence, preamble, words)
        if modal:
            return Verdict("after_preamble", None, False, modal.phrase, who_of(sentence, modal, words))
        why = "preamble"
    elif not why and context.is_item and context.lead and context.lead.kind == "preamble":
        why = "preamble"
    elif not why and _is_heading(sentence, words, context):
        why = "heading"
    return Verdict(left_out=why) if why else None


def _empty(sentence: str, words: Lexicon) -> LeftOut | None:
    """What promises nothing wherever it stands."""
    if not re.search(r"[^\W\d_]", sentence):
        return "no_words"
    if QUESTION.search(sentence):
        return "question"
    if words.find("formal", sentence):
        return "formal"
    modal = modal_of(sentence, words) if COLON.search(sentence) else None
    return "introduces" if modal and not re.search(LETTER, sentence[modal.end :]) else None


def _candidate(sentence: str, words: Lexicon, context: Context) -> Verdict:
    """The first rule that holds, from what promises by itself to what only stands in a list."""
    modal = modal_of(sentence, words)
    action = words.begins("action", sentence) or words.ends("action_end", sentence)
    lead = context.lead if context.is_item else None
    if modal and modal.kind == "promise":
        return Verdict("promise", None, True, modal.phrase, who_of(sentence, modal, words))
    if lead and lead.kind and not (lead.kind == "wish" and action):
        return Verdict("listed", None, lead.kind != "wish", lead.phrase, lead.who)
    if modal and modal.kind == "duty":
        return _duty(sentence, modal, words)
    if action:
        return Verdict("item" if context.is_item else "action", None, context.is_item, action.phrase)
    if modal:
        return Verdict("wish", None, False, modal.phrase, who_of(sentence, modal, words))
    is_long = size(sentence, words) >= FEWEST[words.is_spaced]
    is_numbered = context.is_item and is_long and not words.begins("party", sentence)
    return Verdict("numbered") if is_numbered else Verdict(left_out="no_promise")


def _duty(sentence: str, modal: Found, words: Lexicon) -> Verdict:
    """Will and shall: a promise of a party, or where nothing stands before them; else perhaps only a forecast."""
    before = sentence[: modal.start]
    is_party = bool(words.find("party", before)) or not re.search(LETTER, before)
    return Verdict("duty" if is_party else "future", None, is_party, modal.phrase, who_of(sentence, modal, words))


def _is_heading(sentence: str, words: Lexicon, context: Context) -> bool:
    """Whether a block is no sentence but says what comes: short, without an end, and with text behind it."""
    if not context.is_alone or re.search(r"[.!…。！;；។။]$", sentence):
        return False
    is_above = context.followed_by == "text" or (context.followed_by == "inner" and context.is_item)
    if is_above and size(sentence, words) <= LONGEST_HEADING[words.is_spaced]:
        return modal_of(sentence, words) is None and not _acts(sentence, words)
    if context.is_item and context.lead and context.lead.kind:
        return False
    is_short = size(sentence, words) < FEWEST[words.is_spaced]
    return is_short and modal_of(sentence, words) is None and not _acts(sentence, words)


def _acts(sentence: str, words: Lexicon) -> bool:
    return bool(words.begins("action", sentence) or words.ends("action_end", sentence))


def size(sentence: str, words: Lexicon) -> int:
    """How long a sentence is: in words, and in letters where a language writes no spaces between them."""
    return len(sentence.split()) if words.is_spaced else len(re.findall(r"[^\W\d_]", sentence))


def _preamble(sentence: str, words: Lexicon) -> Found | None:
    """The phrase by which a sentence is part of the preamble: at its beginning, behind its subject, or at its end."""
    found = words.begins("preamble", sentence)
    party = None if found else words.begins("party", sentence)
    if party:
        rest = sentence[party.end :]
        begun = words.begins("preamble", rest.lstrip())
        shift = party.end + len(rest) - len(rest.lstrip())
        found = Found(begun.kind, begun.phrase, begun.start + shift, begun.end + shift) if begun else None
    return found or words.ends("preamble_end", sentence)


def _after(sentence: str, preamble: Found, words: Lexicon) -> Found | None:
    """What is promised in the main clause behind a preamble: “Having met in Nanning, the cities will …”."""
    if GOES_ON.search(sentence):
        return None
    for kind in ("promise", "duty"):
        for modal in words.find(kind, sentence):
            clauses = CLAUSE.split(sentence[preamble.end : modal.start])[1:]
            if clauses and (not clauses[-1].strip() or any(words.begins("party", one) for one in clauses)):
                return modal
    return None


def who_of(sentence: str, modal: Found, words: Lexicon) -> str:
    """Who promises in a levelled sentence, as far as it stands before the modal; "" where the words do not tell."""
    before = sentence[: modal.start].strip(" ,，、\"'“‘")
    parties = words.find("party", before)
    if not parties:
        return before if _is_name(before) else ""
    if len(before) <= LONGEST_NAME and not CLAUSE.search(before[: parties[0].start]):
        return before
    clause = re.split(r"[,，;；、]", before)[-1].strip()
    return clause if words.find("party", clause) and len(clause) <= LONGEST_NAME else parties[-1].phrase


def _is_name(before: str) -> bool:
    """Whether it looks like the name of a city: a few words, the first with a capital, or no Latin letters at all."""
    few = before.split()
    return bool(few) and len(few) <= 3 and len(before) <= 30 and not CLAUSE.search(before) and not before[0].islower()
