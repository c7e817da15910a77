"""Whatever a server does, asking it ends in time, in bounds, and in an error that tells no secret."""

from __future__ import annotations

import socket
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler
from time import monotonic, sleep
from typing import Any

import pytest
from tests.languages.engines.server import Server

from intercity.languages.engines import wire
from intercity.languages.engines.contract import CannotError, EngineError, RetryLaterError, UnavailableError
from intercity.languages.engines.wire import ask_server, is_here, seconds_of


def ask(server: Server, **options: Any) -> Any:
    return ask_server("engine", "POST", f"{server.address}/ask", body={"q": "words"}, **options)


def test_json_goes_there_and_back(server: Server) -> None:
    server.says("/ask", {"said": "ພາສາ"})
    assert ask(server, headers={"X-Key": "key"}) == {"said": "ພາສາ"}
    (asked,) = server.asked
    assert (asked.method, asked.body, asked.headers["x-key"]) == ("POST", {"q": "words"}, "key")


@pytest.mark.parametrize(
    ("status", "error"),
    [
        (400, CannotError),
        (413, CannotError),
        (422, CannotError),
        (429, RetryLaterError),
        (500, RetryLaterError),
        (502, RetryLaterError),
        (503, RetryLaterError),
        (529, RetryLaterError),
        (401, UnavailableError),
        (403, UnavailableError),
        (404, UnavailableError),
        (204, UnavailableError),
    ],
)
def test_each_status_is_an_error_of_a_kind(server: Server, status: int, error: type[EngineError]) -> None:
    server.says("/ask", {"error": "no"}, status)
    with pytest.raises(error, match=str(status)) as found:
        ask(server)
    assert type(found.value) is error


def test_a_server_that_is_busy_says_for_how_long(server: Server) -> None:
    server.says("/ask", {}, 429, Retry_After="17")
    with pytest.raises(RetryLaterError) as found:
        ask(server)
    assert found.value.seconds == 17


def test_retry_after_may_be_a_date_or_nonsense() -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(minutes=2), usegmt=True)
    assert 110 < seconds_of(later) <= 120
    assert seconds_of("soon", 5) == seconds_of(None, 5) == 5
    assert RetryLaterError("", seconds_of("999999999")).seconds == 86_400
    assert RetryLaterError("", seconds_of("Wed, 21 Oct 2015 07:28:00 GMT")).seconds == 1


def test_a_redirect_is_not_followed(server: Server) -> None:
    server.says("/ask", {}, 307, Location=f"{server.address}/elsewhere")
    server.says("/elsewhere", {"said": "stolen"})
    with pytest.raises(UnavailableError, match="elsewhere"):
        ask(server)
    assert [one.path for one in server.asked] == ["/ask"]


@pytest.mark.parametrize("content", [b"", b"<html>", b'{"said": ', b"[" * 100_000, b"\xff\xfe\xfa"])
def test_what_is_not_json_is_tried_again_later(server: Server, content: bytes) -> None:
    server.says("/ask", content)
    with pytest.raises(RetryLaterError, match="not JSON"):
        ask(server)


def test_half_an_answer_is_none(server: Server) -> None:
    def hang_up(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.send_header("Content-Length", "1000")
        handler.end_headers()
        handler.wfile.write(b'{"said": "ha')
        handler.close_connection = True

    server.does("/ask", hang_up)
    with pytest.raises(RetryLaterError, match="could not be reached"):
        ask(server)


def test_an_answer_without_end_is_cut_off(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wire, "BYTES", 100_000)
    sent = 0

    def flood(handler: BaseHTTPRequestHandler) -> None:
        nonlocal sent
        handler.send_response(200)
        handler.end_headers()
        while True:
            sent += handler.wfile.write(b" " * 65_536)

    server.does("/ask", flood)
    with pytest.raises(CannotError, match="more than 100000 bytes"):
        ask(server)
    assert sent < 20_000_000


@pytest.mark.parametrize("after_headers", [True, False])
def test_a_server_that_drips_is_left_in_time(server: Server, after_headers: bool) -> None:
    def drip(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        if after_headers:
            handler.end_headers()
        else:
            handler.wfile.write(b"HTTP/1.0 200 OK\r\nX-Long: ")
        for _number in range(100):
            handler.wfile.write(b" ")
            handler.wfile.flush()
            sleep(0.05)

    server.does("/ask", drip)
    begin = monotonic()
    with pytest.raises(RetryLaterError, match="longer than"):
        ask(server, seconds=0.4)
    assert monotonic() - begin < 2


def test_a_server_that_says_nothing_is_left_in_time(server: Server) -> None:
    server.does("/ask", lambda _handler: sleep(3))
    begin = monotonic()
    with pytest.raises(RetryLaterError, match="longer than"):
        ask(server, seconds=0.3)
    assert monotonic() - begin < 2


def test_a_server_that_is_not_there_is_tried_again_later() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        with pytest.raises(RetryLaterError, match="could not be reached") as found:
            ask_server("engine", "POST", f"http://127.0.0.1:{port}/secret-path", body={"api_key": "secret"})
    assert "secret" not in str(found.value)


def test_a_proxy_of_the_environment_is_not_used(server: Server, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.delenv("no_proxy", raising=False)
    server.says("/ask", {"said": "hello"})
    assert ask(server) == {"said": "hello"}


@pytest.mark.parametrize(
    ("address", "here"),
    [
        ("http://127.0.0.1:5000", True),
        ("http://127.8.8.8", True),
        ("http://[::1]:80/v1", True),
        ("http://localhost:8080", True),
        ("http://localhost.example.org", False),
        ("http://127.0.0.1.example.org", False),
        ("http://10.0.0.1", False),
        ("http://libretranslate:5000", False),
        ("https://127.0.0.1@example.org", False),
        ("http://0.0.0.0", False),
    ],
)
def test_only_a_loopback_address_is_this_machine(address: str, here: bool) -> None:
    assert is_here(address) is here
