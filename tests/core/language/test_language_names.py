"""Languages are called what those who speak them call them."""

from __future__ import annotations

import pytest

from intercity.core.language.names import language_name, locale_of

OWN = {
    "en": "English",
    "zh-hans": "简体中文",
    "zh-hant": "繁體中文",
    "km": "ខ្មែរ",
    "lo": "ລາວ",
    "my": "မြန်မာ",
    "th": "ไทย",
    "vi": "Tiếng Việt",
    "id": "Bahasa Indonesia",
    "ms": "Bahasa Melayu",
    "fil": "Filipino",
    "ta": "தமிழ்",
    "pt": "Português",
}


@pytest.mark.parametrize(("code", "name"), OWN.items())
def test_a_language_is_called_by_its_own_name(code: str, name: str) -> None:
    assert language_name(code) == name
    assert language_name(code.upper()) == name


@pytest.mark.parametrize(
    ("code", "in_language", "name"),
    [
        ("lo", "en", "Lao"),
        ("lo", "th", "ลาว"),
        ("id", "en", "Indonesian"),
        ("zh-hans", "en", "Simplified Chinese"),
        ("zh_Hant", "zh-hans", "繁体中文"),
        ("km", "vi", "Tiếng Khmer"),
        ("km", "en-SG", "Khmer"),
        ("zh-hant-hk", "en", "Traditional Chinese"),
        ("tet", None, "Tetun"),  # the repository has no text in Tetum
        ("chk", None, "Chuukese"),
        ("km", "tet", "Khmer"),
        ("km", "nonsense", "Khmer"),
    ],
)
def test_a_language_is_named_in_another_or_else_in_english(code: str, in_language: str | None, name: str) -> None:
    assert language_name(code, in_language) == name


@pytest.mark.parametrize("code", ["xx", "", "x-y", "../en", "not a code"])
def test_an_unknown_code_is_shown_as_it_came(code: str) -> None:
    assert language_name(code) == code
    assert language_name(code, "en") == code


def test_an_unknown_region_does_not_hide_the_language() -> None:
    assert str(locale_of("en-XX")) == "en"
    assert locale_of("nonsense") is None
