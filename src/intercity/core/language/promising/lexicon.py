"""What each language says when it promises: one small table each, words/CODE.tsv.

A line is a kind, phrases between "|", and phrases in which they mean something else. In a phrase a space stands for
any space, "*" at its beginning or end for any letters of the word; "=" before it asks that ICU cuts it out as a word
of its own (Chinese 将, also in 将军). In kinds of days {date}, {n} and {unit} stand for a date, a number and a unit.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from importlib.resources import files
from types import MappingProxyType
from typing import Final

from intercity.core.language.cutting import SPELLINGS
from intercity.core.language.known import known

KINDS: Final = frozenset(
    {
        "promise",  # saying it is doing it: agree to, commit to, 同意, ตกลง
        "duty",  # will, shall, 将, sẽ: a promise where a party stands before it
        "wish",  # should, call on, 希望: perhaps one
        "action",  # what an item of a list begins with: strengthen, 加强
        "party",  # who promises in declarations: we, the cities, 各方
        "action_end",  # what an item ends with, where verbs come last: တိုးမြှင့်ရန်
        "preamble",  # recalling, 忆及: what stands before the promises
        "preamble_end",  # the same where verbs come last: நினைவுகூர்ந்து
        "formal",  # how the paper itself works: enter into force, 本宣言自
        "lead",  # what `listed` writes above a list
        "article",  # Article, 第…条, Điều: counts the parts of a paper
        "ordinal",  # firstly, 首先
        "abbreviation",  # after which a sentence goes on: No., Mr.
        "filler",  # between the parts of a date: of, de, năm
        "month",  # where the Common Locale Data Repository has none
        "number",  # six=6
        "unit",  # months=month
        "until_end",  # by the end of {date}
        "until",  # by {date}
        "before",  # before {date}
        "during",  # in {date}
        "on",  # on {date}
        "within",  # within {n} {unit}
        "sometime",  # next year: a phrase that is shown, never a date
    }
)
"""The kinds of phrases."""

UNSPACED: Final = frozenset({"dictionary"})
LETTER: Final = r"(?:[^\W_]|[\u0300-\u036f\u0900-\u0dff])"
"""A letter or a sign that belongs to one: `\\w` leaves out the vowel signs of Tamil and its neighbours."""


@dataclass(frozen=True)
class Found:
    """A phrase in a sentence, from `start` to `end`."""

    kind: str
    phrase: str
    start: int
    end: int


@dataclass(frozen=True)
class Lexicon:
    """The phrases of a language by kind; those of a language that has no table are empty.

    Attributes
    ----------
    code : str
        The language; "" where nothing is known of it.
    is_spaced : bool
        Whether it writes spaces between words.
    phrases : mapping of str to tuple of str
        As they stand in the table.
    patterns : mapping of str to re.Pattern
        For the kinds that are looked for in sentences.
    excepted : mapping of str to re.Pattern
        Where a kind means something else.
    """

    code: str
    is_spaced: bool
    phrases: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, re.Pattern[str]]
    excepted: Mapping[str, re.Pattern[str]]

    def find(self, kind: str, sentence: str) -> list[Found]:
        """Every phrase of a kind in a sentence that was `levelled`, in its order."""
        pattern = self.patterns.get(kind)
        if pattern is None:
            return []
        no_good = [(one.start(), one.end()) for one in self.excepted[kind].finditer(sentence)]
        found = [
            self._whole(kind, sentence, one.start(), one.end())
            for one in pattern.finditer(sentence)
            if not any(begin < one.end() and one.start() < end for begin, end in no_good)
        ]
        alone = {one[1:] for one in self.phrases[kind] if one.startswith("=")}
        return [one for one in found if one.phrase not in alone or _is_word(sentence, one)]

    def _whole(self, kind: str, sentence: str, start: int, end: int) -> Found:
        """What was found, from the beginning of the word in which it was found by its ending."""
        while self.is_spaced and start and re.match(LETTER, sentence[start - 1]):
            start -= 1
        return Found(kind, sentence[start:end].strip(), start, end)

    def begins(self, kind: str, sentence: str) -> Found | None:
        """The phrase of a kind with which a sentence begins, quotation marks and brackets aside."""
        pattern = self.patterns.get(kind)
        begin = len(sentence) - len(sentence.lstrip(" \"'“‘«「『([（"))
        found = pattern.match(sentence, begin) if pattern else None
        if found is None or self.excepted[kind].match(sentence, begin):
            return None
        return Found(kind, found[0].strip(), found.start(), found.end())

    def ends(self, kind: str, sentence: str) -> Found | None:
        """The phrase of a kind with which a sentence ends, signs aside."""
        found = self.find(kind, sentence)
        return found[-1] if found and not re.search(LETTER, sentence[found[-1].end :]) else None


def _is_word(sentence: str, found: Found) -> bool:
    import icu  # noqa: PLC0415 - read only when words are cut

    breaker = icu.BreakIterator.createWordInstance(icu.Locale.getRoot())
    breaker.setText(sentence)
    shift = sum(ord(sign) > 0xFFFF for sign in sentence[: found.start])  # ICU counts these as two
    return bool(breaker.isBoundary(found.start + shift) and breaker.isBoundary(found.end + shift))


def levelled(text: str) -> str:
    """A text as its phrases are looked for: one way to write each letter, one space where there are several."""
    text = unicodedata.normalize("NFC", text.replace("\u200b", "").replace("\u00ad", ""))
    for spelling, one in SPELLINGS:
        text = spelling.sub(one, text)
    return " ".join(text.replace("’", "'").split())


def escaped(phrase: str, is_spaced: bool) -> str:
    """The expression for a phrase of a table: any space for a space, any letters for "*".

    `is_spaced` says that its language writes spaces between words, so that the phrase begins and ends where words do.
    """
    body = phrase.removeprefix("=")
    inner = re.escape(body.strip("*")).replace(r"\ ", r"\s+")
    if not is_spaced:
        return inner.replace(r"\s+", r"\s*")
    # A star at the beginning costs nothing here: `find` goes back to where the word begins.
    before = "" if body.startswith("*") else f"(?<!{LETTER})"
    after = f"{LETTER}*" if body.endswith("*") else f"(?!{LETTER})"
    return before + inner + after


def _pattern(phrases: list[str], is_spaced: bool) -> re.Pattern[str]:
    ordered = sorted(phrases, key=lambda one: (-len(one), one))
    return re.compile("|".join(escaped(one, is_spaced) for one in ordered) or r"(?!)", re.IGNORECASE)


def _both_scripts(phrases: list[str]) -> list[str]:
    """Chinese phrases in simplified and in traditional characters, since texts of both come under either name."""
    import icu  # noqa: PLC0415 - as above

    other = icu.Transliterator.createInstance("Simplified-Traditional")
    return list(dict.fromkeys([*phrases, *(str(other.transliterate(one)) for one in phrases)]))


def _read(name: str) -> dict[str, tuple[list[str], list[str]]]:
    file = files(__package__) / "words" / f"{name}.tsv"
    found: dict[str, tuple[list[str], list[str]]] = {}
    if not file.is_file():
        return found
    for line in file.read_text(encoding="utf-8").splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        kind, phrases, excepted = [*line.split("\t"), ""][:3]
        if kind not in KINDS:
            raise ValueError(f"words/{name}.tsv: {kind!r} is no kind of phrase")
        for kept, came in zip(found.setdefault(kind, ([], [])), (phrases, excepted), strict=True):
            kept += [levelled(one) for one in came.split("|") if one.strip()]
    return found


@lru_cache(maxsize=256)
def lexicon(code: str, parties: tuple[str, ...] = ()) -> Lexicon:
    """The phrases of a language, by any of its codes; of one without a table an empty lexicon.

    Parameters
    ----------
    code : str
        BCP 47; "zh-hans" and "zh-hant" share a table.
    parties : tuple of str
        Further names of those who may promise.
    """
    language = known(code)
    name = language.code.split("-")[0] if language else ""
    is_spaced = language is None or language.cut not in UNSPACED
    rows = _read(name) if name else {}
    if name == "zh":
        rows = {kind: (_both_scripts(phrases), _both_scripts(other)) for kind, (phrases, other) in rows.items()}
    named = [levelled(one) for one in parties if levelled(one)]
    if named:
        rows["party"] = (rows.get("party", ([], []))[0] + named, rows.get("party", ([], []))[1])
    return Lexicon(
        language.code if language and rows else "",
        is_spaced,
        MappingProxyType({kind: tuple(phrases) for kind, (phrases, _other) in rows.items()}),
        MappingProxyType({kind: _pattern(phrases, is_spaced) for kind, (phrases, _other) in rows.items()}),
        MappingProxyType({kind: _pattern(other, is_spaced) for kind, (_phrases, other) in rows.items()}),
    )
