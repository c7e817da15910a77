"""Every answer is judged in one place: true translations pass, accidents and attacks do not."""

from __future__ import annotations

import gzip
from collections import Counter
from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import pytest

from intercity.languages.engines.contract import Answer, CannotError, Request
from intercity.languages.engines.guards import ask, fault

LANGUAGES = ("en", "fil", "id", "km", "lo", "ms", "my", "pt", "ta", "th", "vi", "zh")
ENGLISH = "The city should clean the river and plant trees along both of its banks."
LAO = "ເມືອງຄວນທຳຄວາມສະອາດແມ່ນ້ຳ ແລະ ປູກຕົ້ນໄມ້ຕາມແຄມຝັ່ງທັງສອງຂ້າງ"
VIETNAMESE = "Thành phố nên làm sạch dòng sông và trồng cây dọc theo hai bờ."


class Saying:
    """An engine that says what it is told."""

    name = "saying"
    model = "1"
    leaves_the_platform = False
    takes_terms = False

    def __init__(self, body: str) -> None:
        self.body = body

    def translates(self, source: str, target: str) -> bool:
        return source != target

    def translate(self, request: Request) -> Answer:
        return Answer(self.body)


def test_a_translation_passes_normalised_and_with_the_model_of_the_engine() -> None:
    found = ask(Saying("  Tha\u0300nh phô\u0301 nên sạch\u200b.\n"), Request("The city should be clean.", "en", "vi"))
    assert found == Answer("Thành phố nên sạch.", "1")


def test_burmese_in_zawgyi_becomes_unicode() -> None:
    zawgyi = "ျမန္မာႏိုင္ငံသည္ အာရွတိုက္တြင္ ရွိသည္"
    assert "မြန်မာနိုင်ငံ" in ask(Saying(zawgyi), Request("Myanmar is in Asia.", "en", "my")).body


@pytest.mark.parametrize(
    ("body", "why"),
    [
        ("", "empty"),
        (" \n\t", "empty"),
        ("\u200b\ufeff", "empty"),
        (VIETNAMESE * 6, "longer"),
        ("Có", "shorter"),
        (ENGLISH, "was in en"),
        (VIETNAMESE + " Xem https://evil.example/win", "address"),
        (VIETNAMESE + " Hỏi win@evil.example", "address"),
        (VIETNAMESE + " <script>alert(1)</script>", "address"),
        (VIETNAMESE + " %(name)s", "placeholder"),
        (VIETNAMESE + " {name}", "placeholder"),
        ("I'm sorry, but I cannot help you with the translation of this text.", "was in en"),
        (LAO, "was in lo"),
    ],
)
def test_what_cannot_be_a_translation_is_refused(body: str, why: str) -> None:
    request = Request(LAO if why == "was in lo" else ENGLISH, "lo" if why == "was in lo" else "en", "vi")
    with pytest.raises(CannotError, match=why) as found:
        ask(Saying(body), request)
    assert "evil" not in str(found.value)


def test_what_the_text_brings_itself_may_stay() -> None:
    own = " https://city.example {name} mail@city.example"
    assert not fault(Request(ENGLISH + own, "en", "vi"), VIETNAMESE + own)


@pytest.mark.parametrize("pair", [("id", "ms"), ("ms", "id"), ("pt", "pt-BR"), ("en", "xx")])
def test_languages_that_nobody_tells_apart_are_not_judged(pair: tuple[str, str]) -> None:
    assert not fault(
        Request("Kota ini membutuhkan lebih banyak air bersih.", *pair), "Kota ini membutuhkan air bersih."
    )


def test_a_name_may_stay_as_it_is() -> None:
    assert not fault(Request("Nanning 2025", "en", "vi"), "Nanning 2025")


def test_no_true_translation_is_refused(shared_data: Callable[[str], Path]) -> None:
    """Sentences of FLORES-200 devtest in every pair of twelve languages; its Malay holds one tag of HTML."""
    folder = shared_data("language/flores-devtest")
    read = {code: (folder / f"{code}.txt").read_text(encoding="utf-8").splitlines()[::20] for code in LANGUAGES}
    refused = [
        (source, target, why, body)
        for source, target in permutations(LANGUAGES, 2)
        for text, body in zip(read[source], read[target], strict=True)
        if (why := fault(Request(text, source, target), body))
    ]
    assert not [one for one in refused if "<sup>" not in one[3]]


@pytest.mark.parametrize("language", LANGUAGES[1:])
def test_hardly_any_short_true_translation_is_refused(shared_data: Callable[[str], Path], language: str) -> None:
    """Words of an interface, some with placeholders and tags that stand in both."""
    with gzip.open(shared_data(f"language/pairs/chromium.en-{language}.tsv.gz"), "rt", encoding="utf-8") as file:
        pairs = [line.rstrip("\n").split("\t")[:2] for line in file][::60]
    into = [fault(Request(text, "en", language), body) for text, body in pairs]
    back = [fault(Request(body, language, "en"), text) for text, body in pairs]
    assert sum(map(bool, into + back)) <= 0.01 * len(into + back), Counter(into + back)
