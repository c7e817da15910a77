"""How an item of a list begins, in the ways of the languages: 1. (1) （一） 一、 ก. ១. • Article 3."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from intercity.core.language.promising.lexicon import Lexicon, escaped

CHINESE: Final = "一二三四五六七八九十百零〇两兩"
ROMAN: Final = "(?:x{0,3}(?:ix|iv|v?i{1,3}|v)|x{1,3}|X{0,3}(?:IX|IV|V?I{1,3}|V)|X{1,3})"
LETTERS: Final = "a-zก-ฮກ-ຮក-អက-အஅ-ஹ"
OF_PAPERS: Final = "[条條章节節款项項点點]"
GAP: Final = r"[ \t\u00a0\u3000\u200b]"

KINDS: Final = (
    ("bullet", rf"[•·●○◦▪■□◆◇▶►‣⁃∙★☆✓✔→※]{GAP}*|[-–—*]{GAP}+"),
    ("chinese_bracketed", rf"[(（〔][{CHINESE}]{{1,4}}[)）〕]{GAP}*、?"),
    ("chinese_ordered", rf"第(?:[{CHINESE}]{{1,4}}|\d{{1,3}})(?:{OF_PAPERS}[,，、:：.．]?|[,，、:：.．]){GAP}*"),
    ("chinese_isolated", rf"[{CHINESE}](?:是(?=\S)|要(?=\S))"),
    ("chinese", rf"[{CHINESE}]{{1,4}}(?:[、．.]|[:：])(?!\d){GAP}*"),
    ("bracketed", rf"[(（]\d{{1,3}}[)）]{GAP}*"),
    ("roman_bracketed", rf"[(（]{ROMAN}[)）]{GAP}*"),
    ("letter_bracketed", rf"[(（][{LETTERS}A-Z][)）]{GAP}*"),
    ("circled", rf"[①-⑳⑴-⒇⒈-⒛❶-❿➀-➓]{GAP}*"),
    ("nested", rf"\d{{1,2}}(?:\.\d{{1,2}}){{1,3}}\.?{GAP}+(?!\d)"),
    ("number", rf"\d{{1,3}}(?:[.)．។။]{GAP}*(?![\d)])|[、:：]{GAP}*(?!\d)|\){GAP}*)"),
    ("roman", rf"{ROMAN}(?:\){GAP}*|\.{GAP}+)"),
    ("letter", rf"[{LETTERS}](?:\){GAP}*|[.．]{GAP}+)"),
)  # fmt: skip
"""Families of markers, in the order in which they are tried."""

INLINE: Final = frozenset(
    {
        "bracketed",
        "chinese_bracketed",
        "chinese_isolated",
        "chinese_ordered",
        "circled",
        "letter_bracketed",
        "roman_bracketed",
    }
)
"""Those by which a list may run on within a line, if it begins with the first."""
PLACES: Final = re.compile(r"(?<=[\s:：;；,，。.])\S")
FIRST: Final = re.compile(r"[(（〔第]?(?:1|一|i|I|a|A|ก|ກ|ក|က|அ|①|⑴|⒈|❶|➀)(?![0-9i一二三四五六七八九十])")


@dataclass(frozen=True)
class Marker:
    """The beginning of an item: its family, what is written, and where the words begin."""

    family: str
    label: str
    end: int


@cache
def _compiled(
    lexicon_code: str, articles: tuple[str, ...], ordinals: tuple[str, ...], is_spaced: bool
) -> re.Pattern[str]:
    del lexicon_code
    named = []
    if articles:
        words = "|".join(re.escape(one).replace(r"\ ", r"\s+") for one in articles)
        number = rf"(?:\d{{1,3}}|{ROMAN}|[{CHINESE}]{{1,3}})"
        named.append(f"(?P<article>(?:{words}){GAP}*{number}(?:{GAP}*[.:：)–—-]{GAP}*|{GAP}+|$))")
    if ordinals:
        words = "|".join(sorted((escaped(one, is_spaced) for one in ordinals), key=len, reverse=True))
        named.append(f"(?P<ordinal>(?:{words}){GAP}*(?:[,，:：、]{GAP}*{'' if is_spaced else f'|{GAP}+'}))")
    named += [f"(?P<{family}>{pattern})" for family, pattern in KINDS]
    return re.compile("|".join(named))


def _expression(lexicon: Lexicon) -> re.Pattern[str]:
    articles, ordinals = lexicon.phrases.get("article", ()), lexicon.phrases.get("ordinal", ())
    return _compiled(lexicon.code, articles, ordinals, lexicon.is_spaced)


def marker(text: str, begin: int, end: int, lexicon: Lexicon) -> Marker | None:
    """The marker with which a line of a text begins, several in a row ("1. (a)") as one; None where there is none.

    Parameters
    ----------
    text : str
    begin, end : int
        Where the line begins, spaces left out, and where it ends.
    lexicon : Lexicon
        For what counts in words: Article, firstly.
    """
    family, place = "", begin
    while place < end:
        found = _expression(lexicon).match(text, place, end)
        if found is None or found.end() == place:
            break
        family, place = found.lastgroup or "", found.end()
    return Marker(family, text[begin:place].strip(), place) if family else None


def inline(text: str, begin: int, end: int, lexicon: Lexicon, started: str = "") -> list[tuple[int, Marker]]:
    """Where a list runs on within a line, and its markers; none unless it begins with the first of its family.

    The line is text[begin:end]; what counts in words is in the lexicon. A marker stands after a space or a sign, so
    that a reference such as "Article 3(1)" is none. `started` is the family of the marker at the beginning of the
    line: its list has begun.
    """
    found: list[tuple[int, Marker]] = []
    for place in PLACES.finditer(text, begin + 1, end):
        one = _expression(lexicon).match(text, place.start(), end)
        family = one.lastgroup or "" if one else ""
        if one is None or family not in INLINE:
            continue
        if family == started or any(other.family == family for _at, other in found) or FIRST.match(one[0]):
            found.append((one.start(), Marker(family, one[0].strip(), one.end())))
    families = [started, *(one.family for _at, one in found)]
    return [(at, one) for at, one in found if families.count(one.family) > 1]
