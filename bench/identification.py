"""Is a language identified rightly, are old encodings found, and how fast are words cut?

Nothing here was trained or tuned on, except: the bounds of being sure were chosen with FLORES-200 devtest in view.
The Declaration's Tetum is every third paragraph, which the Tetum classifier has not seen.
"""

from __future__ import annotations

import gzip
from collections.abc import Iterator, Sequence
from pathlib import Path
from time import process_time
from typing import Any
from unicodedata import normalize

from bench.printing import heading, note, row
from intercity.core.language.cutting import CUT, words
from intercity.core.language.identifying import identify
from intercity.core.language.known import LANGUAGES
from intercity.core.language.normalising import ZAWGYI, normalise

DATA = Path(__file__).parents[2] / "shared" / "data" / "language"
NETWORK = ("en", "zh-hans", "vi", "th", "lo", "km", "my", "id", "ms", "fil", "ta", "pt", "tet")
LONGEST, SHORT, LEAST = 100, 25, 60
UNSPACED = ("zh-hans", "th", "lo", "km", "my")
LENGTHS = (5, 10, 15, 25, 50, 1000)
CUT_LANGUAGES = ("th", "lo", "km", "my", "zh", "vi", "ta", "en", "id", "fil", "pt")
PAIR = ("id", "ms")


def main() -> None:
    """Print all, or say what is missing."""
    if not DATA.exists():
        note(f"identification is left out: it needs {DATA}, which is not here.")
        return
    _identification()
    _zawgyi()
    _cutting()
    _speed()


def flores(code: str) -> list[str]:
    """FLORES-200 devtest in a language; none for Tetum, which is not in it."""
    path = DATA / "flores-devtest" / f"{code.split('-', maxsplit=1)[0]}.txt"
    return path.read_text(encoding="utf-8").splitlines() if path.exists() else []


def second_sides(name: str) -> list[str]:
    """The other language of a file of pairs; none where it is missing."""
    path = DATA / "pairs" / f"{name}.tsv.gz"
    if not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [line.rstrip("\n").split("\t")[1] for line in lines]


def declaration(code: str) -> list[str]:
    """Pieces of 60 to 100 characters of the Universal Declaration of Human Rights."""
    texts = second_sides(f"udhr.en-{code.split('-', maxsplit=1)[0]}")
    return [piece for text in (texts[2::3] if code == "tet" else texts) for piece in _pieces(text, code)]


def _pieces(text: str, code: str) -> Iterator[str]:
    while len(text) >= LEAST:
        piece = cut(text, LONGEST, code)
        yield piece
        text = text[len(piece) :].lstrip()


def cut(text: str, most: int, code: str) -> str:
    """The beginning of a text; to the end of a word, where its language writes spaces."""
    beginning = text[:most]
    whole = len(text) <= most or code in UNSPACED or " " not in beginning
    return beginning if whole else beginning.rsplit(" ", 1)[0]


def _identification() -> None:
    heading("Identified among the 13 languages of the first network: share right, share sure, share right of the sure")
    row("", "60-100 letters", "sure", "right", "25 letters", "sure", "right", "Declaration", "sure", "right")
    for code in NETWORK:
        texts = flores(code)
        long = [cut(text, LONGEST, code) for text in texts if len(text) >= LEAST]
        short = [cut(text, SHORT, code) for text in texts]
        row(
            f"{LANGUAGES[code].own_name} ({code})",
            *(cell for texts in (long, short, declaration(code)) for cell in _right(code, texts)),
        )
    for code in PAIR:
        row(f"{code}, read in {code}", *_right(code, [cut(text, LONGEST, code) for text in flores(code)], code))


def _right(code: str, texts: Sequence[str], interface: str = "") -> tuple[str, str, str]:
    found = [identify(text, NETWORK, interface) for text in texts]
    right = [one.language == code for one in found]
    sure = [is_right for one, is_right in zip(found, right, strict=True) if one.is_sure]
    return _share(sum(right), len(found)), _share(len(sure), len(found)), _share(sum(sure), len(sure))


def _share(part: int, whole: int) -> str:
    return f"{part / whole:.3f}" if whole else "–"


def _zawgyi() -> None:
    import icu  # noqa: PLC0415 - only the bench goes this way

    back, forth = (icu.Transliterator.createInstance(name) for name in ("my-Zawgyi", "Zawgyi-my"))
    heading(f"Burmese in Zawgyi: share converted, above {ZAWGYI}, by length in characters")
    row("", *LENGTHS)
    unicode, typed = flores("my"), second_sides("ntrex.en-my")
    _converted("FLORES, made Zawgyi by ICU", [back.transliterate(text) for text in unicode])
    _converted("NTREX, typed in Zawgyi", typed)
    _converted("FLORES as it is: false alarms", unicode)
    _converted("NTREX in Unicode: false alarms", [forth.transliterate(text) for text in typed])


def _converted(name: str, texts: Sequence[str]) -> None:
    if not texts:
        return
    shares = [sum(normalise(text[:most]).was_zawgyi for text in texts) / len(texts) for most in LENGTHS]
    row(name, *(f"{share:.4f}" for share in shares))


def _cutting() -> None:
    import icu  # noqa: PLC0415 - as above

    root = icu.BreakIterator.createWordInstance(icu.Locale(""))
    heading("Sentences of FLORES that are cut differently …")
    row("", "of", "by own locale", "after NFKC")
    for code in CUT_LANGUAGES:
        own = icu.BreakIterator.createWordInstance(icu.Locale(code))
        texts = [text for text in flores(code) if max(text) < "\U00010000"]
        pieces = [_between_breaks(root, text) for text in texts]
        by_own = sum(one != _between_breaks(own, text) for one, text in zip(pieces, texts, strict=True))
        folded = [[normalize("NFKC", piece) for piece in one] for one in pieces]
        pairs = zip(folded, texts, strict=True)
        row(
            code, len(texts), by_own, sum(one != _between_breaks(root, normalize("NFKC", text)) for one, text in pairs)
        )
    heading("Pieces between zero-width spaces of Khmer whose words are found in their text")
    row("", "pieces", "as written", "spaces removed")
    for source in ("chromium", "aosp"):
        _hints(source, [text for text in second_sides(f"{source}.en-km") if "\u200b" in text][:2000])


def _between_breaks(breaker: Any, text: str) -> list[str]:
    breaker.setText(text)
    ends = list(breaker)
    return [text[start:end] for start, end in zip([0, *ends], ends, strict=False)]


def _hints(source: str, texts: Sequence[str]) -> None:
    asked = [(set(words(piece)), text) for text in texts for piece in text.replace(" ", "\u200b").split("\u200b")]
    asked = [(found, text) for found, text in asked if found]
    if not asked:
        return
    written = {text: (set(words(text)), set(words(text.replace("\u200b", "")))) for text in texts}
    shares = [sum(found <= written[text][way] for found, text in asked) / len(asked) for way in (0, 1)]
    row(source, len(asked), *(f"{share:.3f}" for share in shares))


def _speed() -> None:
    heading(f"Speed on one core, cut by {CUT}")
    row("", "words/s", "identified/s", "normalised/s")
    for code in NETWORK[:-1]:
        texts = [cut(text, LONGEST, code) for text in flores(code)]
        many, seconds = _timed(lambda texts=texts: sum(len(words(text)) for text in texts))
        _, identifying = _timed(lambda texts=texts: [identify(text, NETWORK) for text in texts])
        _, normalising = _timed(lambda texts=texts: [normalise(text) for text in texts])
        row(
            code,
            *(f"{number:,.0f}" for number in (many / seconds, len(texts) / identifying, len(texts) / normalising)),
        )


def _timed(work: object) -> tuple[int, float]:
    assert callable(work)
    start = process_time()
    found = work()
    return found if isinstance(found, int) else 0, process_time() - start
