"""LibreTranslate, as its documentation says that it answers."""

from __future__ import annotations

import pytest
from tests.languages.engines.server import Server

from intercity.languages.engines.contract import CannotError, Request, RetryLaterError, UnavailableError
from intercity.languages.engines.libretranslate import LibreTranslate

SPOKEN = [
    {"code": "en", "name": "English", "targets": ["en", "vi", "tl", "zh-Hans"]},
    {"code": "vi", "name": "Vietnamese", "targets": ["en"]},
    {"code": "zh-Hans", "name": "Chinese", "targets": ["en"]},
]


@pytest.fixture
def engine(server: Server) -> LibreTranslate:
    """A client of a server that speaks three languages."""
    server.says("/languages", SPOKEN)
    server.says(
        "/translate", {"translatedText": "Nước sạch", "detectedLanguage": {"confidence": 90, "language": "en"}}
    )
    return LibreTranslate(server.address + "/", "key-of-ours")


def test_it_asks_in_the_servers_spelling_and_as_plain_text(server: Server, engine: LibreTranslate) -> None:
    assert engine.translate(Request("Clean water <b>", "en", "vi")).body == "Nước sạch"
    engine.translate(Request("Clean water", "en", "fil"))
    engine.translate(Request("Clean water", "en", "zh-hans"))
    assert [one["target"] for one in server.bodies("/translate")] == ["vi", "tl", "zh-Hans"]
    assert server.bodies("/translate")[0] == {
        "q": "Clean water <b>", "source": "en", "target": "vi", "format": "text", "api_key": "key-of-ours"
    }  # fmt: skip


def test_it_translates_what_its_server_speaks_and_asks_that_once(server: Server, engine: LibreTranslate) -> None:
    pairs = {(one, other) for one in ("en", "vi", "zh", "zh-Hans", "km") for other in ("en", "vi", "zh-hans", "fil")}
    assert {pair for pair in pairs if engine.translates(*pair)} == {
        ("en", "vi"), ("en", "zh-hans"), ("en", "fil"), ("vi", "en"), ("zh", "en"), ("zh-Hans", "en")
    }  # fmt: skip
    assert len(server.asked) == 1


def test_a_server_that_names_no_targets_translates_into_all(server: Server, engine: LibreTranslate) -> None:
    server.says("/languages", [{"code": "en", "name": "English"}, {"code": "vi", "name": "Vietnamese"}])
    assert engine.translates("vi", "en")
    assert not engine.translates("en", "en")


def test_a_pair_it_does_not_speak_is_not_asked_for(server: Server, engine: LibreTranslate) -> None:
    with pytest.raises(CannotError):
        engine.translate(Request("ນ້ຳ", "lo", "en"))
    assert not server.bodies("/translate")


def test_without_a_key_none_is_sent(server: Server, engine: LibreTranslate) -> None:
    LibreTranslate(server.address).translate(Request("Clean water", "en", "vi"))
    assert "api_key" not in server.bodies("/translate")[0]


@pytest.mark.parametrize("said", [{}, [], "words", {"translatedText": None}, {"translatedText": ["a"]}, None])
def test_another_shape_is_refused(server: Server, engine: LibreTranslate, said: object) -> None:
    server.says("/translate", said)
    with pytest.raises(RetryLaterError, match="shape"):
        engine.translate(Request("Clean water", "en", "vi"))


@pytest.mark.parametrize("said", [{"error": "x"}, [{"name": "English"}], ["en"], 3, None])
def test_another_shape_of_languages_is_refused(server: Server, engine: LibreTranslate, said: object) -> None:
    server.says("/languages", said)
    with pytest.raises(RetryLaterError, match="shape"):
        engine.translates("en", "vi")


def test_too_many_questions_and_a_wrong_key(server: Server, engine: LibreTranslate) -> None:
    server.says("/translate", {"error": "Slowdown: 20 per 1 minute"}, 429)
    with pytest.raises(RetryLaterError):
        engine.translate(Request("Clean water", "en", "vi"))
    server.says("/translate", {"error": "Invalid API key key-of-ours"}, 403)
    with pytest.raises(UnavailableError) as found:
        engine.translate(Request("Clean water", "en", "vi"))
    assert "key-of-ours" not in str(found.value)


def test_words_stay_where_the_server_is_on_this_machine(engine: LibreTranslate) -> None:
    assert not engine.leaves_the_platform
    assert LibreTranslate("https://libretranslate.com").leaves_the_platform
