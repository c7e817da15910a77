"""Translations of our own words: whole, with all their places and signs, compiled as they stand, marked as drafts."""

from __future__ import annotations

import ast
import io
import re
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from allauth.account import adapter as account_adapter
from allauth.account import fields as account_fields
from allauth.account import forms as account_forms
from allauth.mfa.totp import forms as totp_forms
from allauth.mfa.webauthn import forms as webauthn_forms
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from django.conf import settings
from django.contrib.auth import password_validation
from django.core import validators
from django.db.models import fields as model_fields
from django.forms import fields, models, widgets
from django.utils.translation import ngettext, override
from tests.contracts.messages import Message, in_program, in_template, messages

from intercity.core.opinion.analysis import SILENCES
from intercity.web.words_from_elsewhere import FORMS, LENGTHS, PASSWORDS, SIGNING_IN, WHAT_CANNOT_BE_SAID

LOCALE = Path(__file__).parents[2] / "src" / "intercity" / "locale"
FILES = sorted(LOCALE.glob("*/LC_MESSAGES/django.po"))
NAMES = [path.parts[-3] for path in FILES]
PLACES = re.compile(r"%\(\w+\)[sd]|%[sd%]")
TAGS = re.compile(r"</?\w[^>]*>")
SAID_BY = (
    *(fields, models, widgets, validators, model_fields, password_validation),
    *(account_adapter, account_fields, account_forms, totp_forms, webauthn_forms),
)
"""Where others keep the words that `words_from_elsewhere` lists."""
TWO_FORMS = {"fil", "pt", "ta"}
"""Languages whose words differ between one and several; the others of ours have one form."""
SCRIPTS = {
    "zh_Hans": "一-鿿",
    "km": "ក-៿",
    "lo": "ກ-ໟ",
    "my": "က-႟",
    "th": "ก-๛",
    "ta": "அ-௺",
}
OWN_DIGITS = re.compile("[๐-๙໐-໙០-៩၀-၉௦-௯]")

every_language = pytest.mark.parametrize("path", FILES, ids=NAMES)


def catalogue(path: Path) -> Catalog:
    with path.open("rb") as file:
        return read_po(file)


def pairs(path: Path) -> Iterator[tuple[Message, tuple[str, ...], bool]]:
    """The English, the translations, and whether the entry is fuzzy."""
    for entry in catalogue(path):
        if entry.id:
            given = (entry.id,) if isinstance(entry.id, str) else tuple(entry.id)
            said = (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ("",))
            yield given, said, entry.fuzzy


def differing(path: Path, signs: Callable[[str], object]) -> list[tuple[str, str]]:
    """English and translation, where what `signs` finds in them differs from each form of the English."""
    return [
        (given[0], text)
        for given, said, _fuzzy in pairs(path)
        for text in said
        if text and signs(text) not in ([signs(given[0])] if len(given) == 1 else [signs(one) for one in given])
    ]


def test_messages_of_templates_and_programs_are_found() -> None:
    page = (
        '{% load i18n %}<p title="{% translate "One" %}">{# Translators: a note #}\n'
        '    {% include "x" with y=_("Two") %}'
        "{% blocktranslate trimmed count number=n %}\n {{ number }} vote {% plural %} "
        "{{ number }} votes{% endblocktranslate %}"
    )
    assert in_template(page) == {("One",), ("Two",), ("%(number)s vote", "%(number)s votes")}
    assert in_program('pgettext("a month", "May"); ngettext("%(n)d", "%(n)ds", 1); _("one " "two"); f("no")') == {
        ("May",),
        ("%(n)d", "%(n)ds"),
        ("one two",),
    }
    assert len(messages()) > 1000


def test_words_from_elsewhere_are_those_that_are_shown() -> None:
    """A letter changed in Django, allauth or core would leave that message in English."""
    listed = [words for group in (FORMS, PASSWORDS, SIGNING_IN, *LENGTHS) for words in group]
    known = {text for module in SAID_BY for text in _texts(Path(module.__file__ or ""))}
    assert not [words for words in listed if words not in known]
    assert set(WHAT_CANNOT_BE_SAID) == set(SILENCES.values())


def _texts(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def test_every_language_that_is_offered_has_words() -> None:
    names = {name.lower().replace("_", "-") for name in NAMES}
    assert {code for code, _name in settings.LANGUAGES} - {"en"} == names


@every_language
def test_nothing_is_left_untranslated(path: Path) -> None:
    done = {given[0] for given, said, _fuzzy in pairs(path) if all(said)}
    missing = [f"{place}: {given[0]!r}" for given, place in messages().items() if given[0] not in done]
    assert not missing, f"{len(missing)} messages; call `make words` and translate them"


@every_language
def test_nothing_is_fuzzy(path: Path) -> None:
    assert not [given[0] for given, _said, fuzzy in pairs(path) if fuzzy]


@every_language
def test_every_plural_is_a_plural_and_has_all_its_forms(path: Path) -> None:
    forms = 2 if path.parts[-3] in TWO_FORMS else 1
    assert catalogue(path).num_plurals == forms
    plurals = {given: said for given, said, _fuzzy in pairs(path) if len(given) == 2}
    assert not [given for given, said in plurals.items() if len(said) != forms or not all(said)]
    assert not {given for given in messages() if len(given) == 2} - set(plurals)


@pytest.mark.parametrize("code", [code for code, _name in settings.LANGUAGES if code != "en"])
def test_numbers_reach_their_words(code: str) -> None:
    one, several = "%(number)d statement was added.", "%(number)d statements were added."
    with override(code):
        said = [ngettext(one, several, number) % {"number": number} for number in (0, 1, 2, 5, 100)]
    assert not {one, several} & set(said)
    assert all(str(number) in text for number, text in zip((0, 2, 5, 100), (said[0], *said[2:]), strict=True))


@every_language
def test_places_are_those_of_the_english(path: Path) -> None:
    assert not differing(path, lambda text: set(PLACES.findall(text)) - {"%%"})


@every_language
def test_tags_are_those_of_the_english(path: Path) -> None:
    assert not differing(path, lambda text: Counter(TAGS.findall(text)))


@every_language
def test_spaces_and_lines_at_the_ends_are_those_of_the_english(path: Path) -> None:
    assert not differing(path, lambda text: (text[0].isspace(), text[-1].isspace()))


@every_language
def test_words_are_in_the_script_of_the_language(path: Path) -> None:
    """What is left in English is names, abbreviations and commands."""
    name = path.parts[-3]
    letters = re.compile(f"[{SCRIPTS[name]}]" if name in SCRIPTS else "[^\\W\\d_]")
    copied = [
        text
        for given, said, _fuzzy in pairs(path)
        for text in said
        if text and len(PLACES.sub("", given[0]).split()) >= 4 and (text == given[0] or not letters.search(text))
    ]
    assert not copied


@every_language
def test_figures_within_sentences_are_those_beside_them(path: Path) -> None:
    """Numbers come into sentences in Latin digits, so the sentences have no others."""
    assert not [text for _given, said, _fuzzy in pairs(path) for text in said if OWN_DIGITS.search(text)]


@every_language
def test_what_is_compiled_is_what_was_translated(path: Path) -> None:
    compiled = io.BytesIO()
    write_mo(compiled, catalogue(path))
    assert compiled.getvalue() == path.with_suffix(".mo").read_bytes(), "call `make words`"


@every_language
def test_a_draft_says_that_it_awaits_review(path: Path) -> None:
    """Else it says who has read it; the foot of the pages goes by this."""
    assert re.search(r"AWAITING REVIEW|Reviewed by \w+", path.read_text(encoding="utf-8")[:400])
