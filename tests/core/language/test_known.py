"""Every entry of languages.json is whole and true; a new language is tested by being there."""

from __future__ import annotations

import re
import subprocess
import sys

import pytest
from babel import Locale
from babel.core import get_global

from intercity.core.language.cutting import words
from intercity.core.language.identifying import identify
from intercity.core.language.known import LANGUAGES, Language, known
from intercity.core.language.names import language_name
from intercity.core.language.normalising import normalise

EVERY = pytest.mark.parametrize("language", LANGUAGES.values(), ids=list(LANGUAGES))
UNSPACED = {"Thai", "Laoo", "Khmr", "Mymr", "Hans", "Hant", "Jpan"}
BABEL_LACKS = {"tet"}


@EVERY
def test_codes_are_those_of_the_world(language: Language) -> None:
    assert language.code == language.code.lower()
    if language.code not in BABEL_LACKS:
        assert Locale.parse(language.code, sep="-").language == language.code.split("-")[0]


@EVERY
def test_each_is_called_as_it_calls_itself(language: Language) -> None:
    if language.code not in BABEL_LACKS:
        assert language.own_name.lower() == language_name(language.code).lower()


@EVERY
def test_the_direction_and_the_script_fit(language: Language) -> None:
    if language.code in BABEL_LACKS:
        return
    locale = Locale.parse(language.code, sep="-")
    assert locale.text_direction == language.direction
    likely = get_global("likely_subtags")[language.code.split("-")[0]]
    assert (locale.script or likely.split("_")[1]) == language.script


@EVERY
def test_lines_are_high_enough_for_marks(language: Language) -> None:
    assert language.line_height >= (1.5 if language.script == "Latn" else 1.7)


@EVERY
def test_fonts_are_a_stack_that_ends_in_a_generic_one(language: Language) -> None:
    *named, last = language.fonts.split(", ")
    assert last == "sans-serif"
    assert named
    assert all(re.fullmatch(r'"[\w ]+"|\w+', name) for name in named)


@EVERY
def test_claims_are_of_the_three_kinds(language: Language) -> None:
    assert language.meaning in ("strong", "good", "none")
    assert language.cut == (
        "dictionary" if language.script in UNSPACED else "syllables" if language.code == "vi" else "spaces"
    )


@EVERY
def test_the_detector_knows_it_by_its_label(language: Language) -> None:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    assert language.label in LanguageIdentifier.from_model_file(MODEL_FILE).labels or language.code == "tet"


@EVERY
def test_no_two_claim_a_code(language: Language) -> None:
    for other in LANGUAGES.values():
        if other != language:
            assert not {language.code, *language.also} & {other.code, *other.also}
    for twin in language.hardly_told_from:
        assert language.code in LANGUAGES[twin].hardly_told_from


@EVERY
def test_its_own_name_goes_through_everything(language: Language) -> None:
    assert normalise(language.own_name).text == language.own_name
    assert words(language.own_name)
    assert language.code in {one.language for one in identify(language.own_name, LANGUAGES).likely}


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("zh-Hans", "zh-hans"), ("ZH_HANS", "zh-hans"), ("zh", "zh-hans"), ("zh-CN", "zh-hans"), ("zh-TW", "zh-hant"),
        ("zh-Hant-HK", "zh-hant"), ("pt-BR", "pt"), ("tl", "fil"), ("in", "id"), ("fil-PH", "fil"),
    ],
)  # fmt: skip
def test_a_code_falls_back(code: str, expected: str) -> None:
    found = known(code)
    assert found is not None
    assert found.code == expected


@pytest.mark.parametrize("code", ["", "xx", "-", "xx-zh", "english"])
def test_what_is_unknown_is_none(code: str) -> None:
    assert known(code) is None


def test_nothing_heavy_is_read_before_it_is_needed() -> None:
    modules = ("known", "identifying", "normalising", "cutting", "tetum")
    program = "import sys\n" + "".join(f"import intercity.core.language.{name}\n" for name in modules)
    program += "print([name for name in ('icu', 'py3langid', 'myanmartools') if name in sys.modules])"
    ran = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert ran.stdout.strip() == "[]"
