"""In which of a network's languages a text is written: always a proposal, which the person who wrote it can correct.

The script is counted first, which settles most languages of Asia. Languages that share one are told apart by
py3langid, restricted to those of the network; Tetum by a small classifier of our own (core.language.tetum).
Indonesian and Malay are not told apart by anybody's letters: the interface that a person reads in decides, and without
one both are likely and nothing is sure.
"""

from __future__ import annotations

import copy
import re
import threading
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any, Final, NamedTuple

from intercity.core.language.known import Language, known
from intercity.core.language.tetum import tetum_probability

SURE: Final = 0.8
"""From this probability on, a language is called sure, if there is enough to go by."""
ENOUGH: Final = 15
"""Letters that are needed to tell languages of one script apart."""
ENOUGH_ALONE: Final = 2
"""Letters that are needed where one language only has the script."""
FOREIGN: Final = 0.9
"""From this probability on, a text is taken for one in a language that the network does not have: never sure."""

WEIGHT: Final[Mapping[str, int]] = {"Latn": 1, "Hani": 5, "Hang": 4, "Hira": 4, "Kana": 4}
OTHERS_WEIGHT: Final = 2
"""What a letter counts where scripts are mixed. Names in Latin letters stand in texts of every language, the reverse
is rare; and a Chinese, Japanese or Korean sign is as much as several letters of an alphabet."""
SCRIPTS: Final[Mapping[str, tuple[str, ...]]] = {
    "Hans": ("Hani",),
    "Hant": ("Hani",),
    "Jpan": ("Hira", "Kana", "Hani"),
    "Kore": ("Hang",),
}
"""The scripts of Unicode behind those of ISO 15924 that name several at once, or a way to write one."""

ADDRESSES: Final = re.compile(r"https?://\S+|www\.\S+|\S+@\S+\.\S+|[@#]\w+", re.IGNORECASE)
"""What says nothing about the language of the text around it."""
FEW_KANA: Final = 10
"""So many Chinese characters for one of Kana are still Chinese: の is an ornament there."""
MANY: Final = ("Latn", "Cyrl", "Arab", "Deva")
"""Scripts of so many languages that a text may well be in one that the network does not have."""
NO_SCRIPT: Final = ("Zyyy", "Zinh", "Zzzz")


class Likely(NamedTuple):
    """A language and how probable it is, in (0, 1]."""

    language: str
    probability: float


@dataclass(frozen=True)
class Identified:
    """A proposal.

    Attributes
    ----------
    language : str or None
        The likeliest, by the code the caller gave. None where the text has no letters, or none of any script of these
        languages.
    is_sure : bool
        Whether it may be taken over without asking. Short texts, texts in two scripts and languages that nobody tells
        apart are not sure.
    likely : tuple of Likely
        The likeliest first; what is below 0.01 is left out.
    """

    language: str | None
    is_sure: bool
    likely: tuple[Likely, ...]


NOTHING: Final = Identified(None, False, ())
_LOADING = threading.Lock()


class _Scripts(dict[str, str]):
    """The script of each character, filled as they come."""

    def __missing__(self, letter: str) -> str:
        import icu  # noqa: PLC0415 - read only when a language is identified

        self[letter] = name = icu.Script.getScript(ord(letter)).getShortName() if letter.isalpha() else "Zyyy"
        return name


class _Chinese(dict[str, int]):
    """1 for a character that only simplified Chinese has, -1 for one that only traditional Chinese has, else 0."""

    def __missing__(self, letter: str) -> int:
        simplified, traditional = _to_traditional().transliterate(letter), _to_simplified().transliterate(letter)
        self[letter] = kind = int(simplified != letter) - int(traditional != letter)
        return kind


_SCRIPTS = _Scripts()
_CHINESE = _Chinese()


@cache
def _to_traditional() -> Any:
    import icu  # noqa: PLC0415

    return icu.Transliterator.createInstance("Hans-Hant")


@cache
def _to_simplified() -> Any:
    import icu  # noqa: PLC0415

    return icu.Transliterator.createInstance("Hant-Hans")


@cache
def _all_labels() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier  # noqa: PLC0415 - 0.5 s and 100 MB, on first use

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


@lru_cache(maxsize=64)
def _restricted(labels: frozenset[str]) -> Any:
    """An identifier of its own for a set of languages: set_languages of the module would change everybody's."""
    with _LOADING:
        own = copy.copy(_all_labels())
    if labels:
        own.set_languages(labels)
    return own


def identify(text: str, languages: Iterable[str], interface: str = "") -> Identified:
    """In which of these languages a text is written.

    Parameters
    ----------
    text : str
        As core.language.normalising leaves it, or any other; may be empty. Web addresses and names with "@" or "#" do
        not count.
    languages : iterable of str
        The codes of the network's languages; those that core.language.known does not know are left out.
    interface : str
        The code of the language in which the person reads our pages; decides between Indonesian and Malay, and
        between the two ways to write Chinese where the text does not.

    Returns
    -------
    Identified

    Share of right answers among the 13 languages of the first network, and in brackets the share that was called sure.
    Texts are from FLORES-200 devtest, cut at 100 characters (the shortest have 60) and at 25, and pieces of 60 to 100
    characters of the Universal Declaration of Human Rights; of Tetum, which FLORES does not have, those paragraphs
    that the classifier was not trained on. Printed by `python -m bench identification`:

    ========  ============  ============  =============
    language  60 to 100     25            Declaration
    ========  ============  ============  =============
    en        1.000 (1.00)   .975 (.74)
    zh-hans   1.000 (.96)   1.000 (.98)   1.000 (1.00)
    vi        1.000 (1.00)   .996 (.95)   1.000 (1.00)
    th        1.000 (.99)    .997 (.96)   1.000 (1.00)
    lo        1.000 (.97)    .999 (.90)   1.000 (1.00)
    km         .999 (.96)    .999 (.93)   1.000 (1.00)
    my         .999 (.98)    .996 (.97)   1.000 (1.00)
    id         .919 (.00)    .758 (.00)    .510 (.00)
    ms         .748 (.00)    .580 (.00)    .937 (.00)
    fil       1.000 (1.00)   .994 (.81)   1.000 (1.00)
    ta        1.000 (1.00)   .999 (.99)   1.000 (1.00)
    pt        1.000 (1.00)   .978 (.76)   1.000 (1.00)
    tet                                   1.000 (1.00)
    ========  ============  ============  =============

    Of those called sure, all were right at 60 characters and more; at 25, all but 1 in 200 (pt) and 1 in 1,000 (en).
    Of 1,000 Indonesian or Malay texts of 25 characters, one or two were called another language surely.
    With the interface in Indonesian or Malay, that language was right for all of its texts. The bounds of being sure
    were chosen with FLORES in view. Some 3,500 texts of 80 characters a second on one core, three times as many where
    a script decides. Languages other than these were not measured; nor were statements of residents: there are none.

    Source: py3langid (Lui and Baldwin 2012); Unicode Standard Annex 24 (scripts), by ICU.
    """
    candidates = {language: code for code in languages if (language := known(code))}
    counted = _count(ADDRESSES.sub(" ", text))
    if not counted or not candidates:
        return NOTHING
    total = sum(counted.values())
    found: dict[str, float] = {}
    foreign = False
    for script, letters in counted.items():
        having = [language for language in candidates if script in _scripts(language)]
        part = text if len(counted) == 1 else _only(text, script)
        for language, probability in _within(script, part, having, known(interface)).items():
            code = candidates[language]
            found[code] = found.get(code, 0) + probability * letters / total
        foreign |= letters > total / 2 and _is_foreign(script, part, having)
    ordered = sorted(found.items(), key=lambda one: -one[1])
    likely = tuple(Likely(code, value) for code, value in ordered if value >= 0.01)
    if not likely:
        return NOTHING
    is_sure = not foreign and _is_sure(likely[0], counted, list(candidates), known(interface))
    return Identified(likely[0].language, is_sure, likely)


def _count(text: str) -> dict[str, int]:
    """Weighted letters of each script; Chinese characters beside Kana are Japanese."""
    counted: Counter[str] = Counter()
    for letter, times in Counter(text).items():
        script = _SCRIPTS[letter]
        if script not in NO_SCRIPT:
            counted[script] += times * WEIGHT.get(script, OTHERS_WEIGHT)
    kana = counted["Kana"] + counted["Hira"]
    if kana * FEW_KANA > counted["Hani"]:
        counted["Hira"] = kana + counted.pop("Hani", 0)
        del counted["Kana"]
    return {script: letters for script, letters in counted.items() if letters}


def _only(text: str, script: str) -> str:
    """The letters of one script, and what stands between them."""
    return "".join(letter if _SCRIPTS[letter] in (script, *NO_SCRIPT) else " " for letter in text)


def _within(script: str, text: str, having: Sequence[Language], interface: Language | None) -> dict[Language, float]:
    """How probable each language is, of those that are written in the script of a text; the sum is 1 or nothing."""
    if len(having) < 2:
        return dict.fromkeys(having, 1.0)
    if script == "Hani":
        return _chinese(text, having, interface)
    by_label = _labelled(text, having)
    tetum = next((language for language in having if language.code == "tet"), None)
    if tetum:
        probability = tetum_probability(text) if by_label else 1.0
        by_label = {language: (1 - probability) * value for language, value in by_label.items()}
        by_label[tetum] = probability
    return _decided(by_label, interface)


def _labelled(text: str, having: Sequence[Language]) -> dict[Language, float]:
    """By py3langid, for those that it knows."""
    languages = {language.label: language for language in having if language.label in _labels()}
    if len(languages) < 2:
        return dict.fromkeys(languages.values(), 1.0)
    ranked = _restricted(frozenset(languages)).rank(text)
    return {languages[label]: probability for label, probability in ranked}


@cache
def _labels() -> frozenset[str]:
    return frozenset(_restricted(frozenset()).labels)


def _decided(found: dict[Language, float], interface: Language | None) -> dict[Language, float]:
    """Languages that nobody tells apart: the one of the interface takes all, if it is one of them."""
    if interface and interface in found:
        for code in interface.hardly_told_from:
            twin = known(code)
            if twin in found:
                found[interface] += found.pop(twin)
    return found


def _chinese(text: str, having: Sequence[Language], interface: Language | None) -> dict[Language, float]:
    """By the characters that only one way of writing has; without such, by the interface."""
    kinds = Counter(_CHINESE[letter] for letter in text if _SCRIPTS[letter] == "Hani")
    of_script = {"Hans": kinds[1], "Hant": kinds[-1]}
    share: dict[Language, float]
    share = {language: of_script.get(language.script, 0) + 0.05 for language in having}
    if interface and interface in share and not kinds[1] + kinds[-1]:
        share[interface] += 1
    return {language: value / sum(share.values()) for language, value in share.items()}


def _is_foreign(script: str, text: str, having: Sequence[Language]) -> bool:
    """Whether a text in a script that many languages use is surely in none of those that we look for."""
    if script not in MANY or not having:
        return False
    label, probability = _restricted(frozenset()).classify(text)
    return probability > FOREIGN and label not in {language.label for language in having}


def _scripts(language: Language) -> set[str]:
    return set(SCRIPTS.get(language.script, (language.script,)))


def _is_sure(
    first: Likely, counted: Mapping[str, int], candidates: Sequence[Language], interface: Language | None
) -> bool:
    language = known(first.language)
    if language is None or first.probability < SURE:
        return False
    twins = {code for code in language.hardly_told_from if known(code) in candidates}
    if twins and (interface is None or interface.code not in {language.code, *twins}):
        return False
    scripts = _scripts(language)
    alone = not any(scripts & _scripts(one) for one in candidates if one != language) and scripts.isdisjoint(MANY)
    letters = sum(number for script, number in counted.items() if script in scripts)
    return letters >= (ENOUGH_ALONE if alone else ENOUGH)
