"""DeepL, as its documentation says that version 2 of its API answers."""

from __future__ import annotations

import pytest
from tests.languages.engines.server import Server

from intercity.languages.engines.contract import CannotError, EngineError, Request, RetryLaterError, UnavailableError
from intercity.languages.engines.deepl import FREE, PAID, DeepL

SOURCES = [{"language": code, "name": code} for code in ("EN", "ID", "PT", "TL", "VI", "ZH")]
TARGETS = [
    {"language": code, "name": code, "supports_formality": False}
    for code in ("EN-GB", "EN-US", "ID", "PT-BR", "PT-PT", "TL", "VI", "ZH", "ZH-HANS", "ZH-HANT")
]


@pytest.fixture
def engine(server: Server) -> DeepL:
    """A client of a server that answers in DeepL's shapes."""
    server.says("/v2/languages?type=source", SOURCES)
    server.says("/v2/languages?type=target", TARGETS)
    says(server, "Nước sạch")
    return DeepL("key-of-ours", server.address)


def says(server: Server, words: str) -> None:
    server.says("/v2/translate", {"translations": [{"detected_source_language": "EN", "text": words}]})


def test_it_asks_in_deepls_spelling_with_the_key_in_a_header(server: Server, engine: DeepL) -> None:
    assert engine.translate(Request("Clean water", "en", "vi")).body == "Nước sạch"
    for pair in [("zh-hans", "en"), ("en", "pt"), ("en", "pt-BR"), ("en", "zh-hans"), ("en", "fil"), ("pt-br", "id")]:
        engine.translate(Request("Clean water", *pair))
    sent = [(one["source_lang"], one["target_lang"]) for one in server.bodies("/v2/translate")]
    assert sent == [
        ("EN", "VI"), ("ZH", "EN-GB"), ("EN", "PT-PT"), ("EN", "PT-BR"), ("EN", "ZH-HANS"), ("EN", "TL"), ("PT", "ID")
    ]  # fmt: skip
    assert {one.headers["authorization"] for one in server.asked} == {"DeepL-Auth-Key key-of-ours"}
    assert "key-of-ours" not in str(server.bodies("/v2/translate"))


def test_it_translates_what_it_says_and_asks_that_once(server: Server, engine: DeepL) -> None:
    assert engine.translates("vi", "zh-hans")
    assert not engine.translates("en", "lo")
    assert not engine.translates("km", "en")
    assert not engine.translates("pt", "pt-br")
    assert len(server.asked) == 2
    with pytest.raises(CannotError):
        engine.translate(Request("ນ້ຳ", "lo", "en"))


def test_terms_are_put_in_and_left_alone(server: Server, engine: DeepL) -> None:
    says(server, "Hãy đến <keep>Đối thoại Thị trưởng</keep> &amp; xem &lt;đây&gt;")
    terms = (("Mayors Dialogue", "Đối thoại Thị trưởng"), ("Mayors", "Thị trưởng"))
    asked = Request("Come to the mayors dialogue & look <here>", "en", "vi", terms, "Mayors Dialogue: a summit")
    assert engine.translate(asked).body == "Hãy đến Đối thoại Thị trưởng & xem <đây>"
    (sent,) = server.bodies("/v2/translate")
    assert sent["text"] == ["Come to the <keep>Đối thoại Thị trưởng</keep> &amp; look &lt;here&gt;"]
    assert (sent["tag_handling"], sent["ignore_tags"]) == ("xml", ["keep"])
    assert sent["context"] == "Mayors Dialogue: a summit"


def test_without_terms_the_text_is_no_markup(server: Server, engine: DeepL) -> None:
    engine.translate(Request("a & b <c>", "en", "vi"))
    (sent,) = server.bodies("/v2/translate")
    assert sent == {"text": ["a & b <c>"], "source_lang": "EN", "target_lang": "VI"}


@pytest.mark.parametrize(
    ("status", "error", "seconds"),
    [
        (400, CannotError, None),
        (403, UnavailableError, 3600),
        (413, CannotError, None),
        (429, RetryLaterError, 60),
        (456, RetryLaterError, 86_400),
        (500, RetryLaterError, 60),
        (503, RetryLaterError, 60),
    ],
)
def test_each_status_of_its_documentation(
    server: Server, engine: DeepL, status: int, error: type[EngineError], seconds: float | None
) -> None:
    server.says("/v2/translate", {"message": "key-of-ours"}, status)
    with pytest.raises(error) as found:
        engine.translate(Request("Clean water", "en", "vi"))
    assert type(found.value) is error
    assert getattr(found.value, "seconds", None) == seconds
    assert "key-of-ours" not in str(found.value)


@pytest.mark.parametrize("said", [{}, {"translations": []}, {"translations": [{"text": 1}]}, [], None])
def test_another_shape_is_refused(server: Server, engine: DeepL, said: object) -> None:
    server.says("/v2/translate", said)
    with pytest.raises(RetryLaterError, match="shape"):
        engine.translate(Request("Clean water", "en", "vi"))


@pytest.mark.parametrize("said", [{}, {"message": "no"}, ["EN"], [{"name": "English"}], None])
def test_another_shape_of_languages_is_refused(server: Server, engine: DeepL, said: object) -> None:
    server.says("/v2/languages?type=target", said)
    if said == {}:
        assert not engine.translates("en", "vi")
    else:
        with pytest.raises(RetryLaterError, match="shape"):
            engine.translates("en", "vi")


def test_the_key_says_which_of_its_servers_is_asked() -> None:
    assert DeepL("abc:fx")._address == FREE
    assert DeepL("abc")._address == PAID
    assert DeepL("abc").leaves_the_platform
