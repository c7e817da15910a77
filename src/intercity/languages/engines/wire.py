"""Asking a server over HTTP so that nothing it does can hurt: bounded in time and size, no redirect, JSON or nothing.

Addresses come only from the operator's environment, never from what people write.
"""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Timer
from time import monotonic
from typing import Any
from urllib.parse import urlsplit

import httpx

from intercity.languages.engines.contract import CannotError, RetryLaterError, UnavailableError

SECONDS = 30.0
"""How long one question may take in all, however slowly the answer drips."""
BYTES = 1_000_000
"""How large an answer may be."""
LATER = {408, 409, 425, 429}
CANNOT = {400, 413, 414, 422}


def is_here(address: str) -> bool:
    """Whether an address is this very machine's: a loopback address, or localhost."""
    host = urlsplit(address).hostname or ""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def ask_server(
    engine: str,
    method: str,
    address: str,
    *,
    headers: Mapping[str, str] | None = None,
    body: object = None,
    seconds: float | None = None,
    refused: Callable[[int, str | None], Exception | None] = lambda _status, _after: None,
) -> Any:
    """Ask, and return what the JSON of the answer says; raises EngineError.

    `refused` turns statuses that mean something special to a service into an error; it gets the header Retry-After.
    """
    most = SECONDS if seconds is None else seconds
    until = monotonic() + most
    try:
        # No proxy and no .netrc of the environment: a word for this machine must not leave it by way of a proxy.
        with (
            _ending(most) as trace,
            httpx.Client(timeout=most, follow_redirects=False, trust_env=False) as client,
            client.stream(
                method, address, headers=dict(headers or {}), json=body, extensions={"trace": trace}
            ) as response,
        ):
            if response.status_code != 200:
                after = response.headers.get("retry-after")
                raise refused(response.status_code, after) or _error(engine, response.status_code, after)
            content = _read(engine, response)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        if monotonic() >= until:
            raise _late(engine, most) from None
        # Only the kind of the error: its text may hold the address.
        raise RetryLaterError(f"{engine} could not be reached ({type(error).__name__})") from None
    if monotonic() >= until:  # an answer that was cut off may look like one that ended
        raise _late(engine, most)
    try:
        return json.loads(content)
    except (ValueError, RecursionError):
        raise RetryLaterError(f"{engine} answered with something that is not JSON") from None


def unexpected(engine: str) -> RetryLaterError:
    """The answer is JSON, but not of the documented shape."""
    return RetryLaterError(f"{engine} answered in a shape that its documentation does not know")


def seconds_of(header: str | None, default: float = 60) -> float:
    """What Retry-After says, in seconds or as a date."""
    if header is None:
        return default
    if header.strip().isdecimal():
        return float(header)
    try:
        at = parsedate_to_datetime(header)
    except ValueError:
        return default
    return (at.replace(tzinfo=at.tzinfo or UTC) - datetime.now(UTC)).total_seconds()


def _late(engine: str, seconds: float) -> RetryLaterError:
    return RetryLaterError(f"{engine} took longer than {seconds:.0f} seconds")


def _error(engine: str, status: int, after: str | None) -> Exception:
    if status in CANNOT:
        return CannotError(f"{engine} refused the text ({status})")
    if status in LATER or status >= 500:
        return RetryLaterError(f"{engine} asked to be asked later ({status})", seconds_of(after))
    if 300 <= status < 400:
        return UnavailableError(f"{engine} sends us elsewhere ({status}); its address in the settings is not the last")
    return UnavailableError(f"{engine} answered {status}; its address or its key may be wrong")


def _read(engine: str, response: httpx.Response) -> bytes:
    """The answer, as far as it may go."""
    content = bytearray()
    for piece in response.iter_bytes():
        content += piece
        if len(content) > BYTES:
            raise CannotError(f"{engine} answered with more than {BYTES} bytes")
    return bytes(content)


@contextmanager
def _ending(seconds: float) -> Iterator[Callable[[str, Mapping[str, Any]], None]]:
    """Shut the connection after so many seconds; httpx limits only the wait for each piece, not their sum."""
    streams: list[Any] = []

    def trace(event: str, told: Mapping[str, Any]) -> None:
        if event in {"connection.connect_tcp.complete", "connection.start_tls.complete"}:
            streams.append(told["return_value"])

    def end() -> None:
        for stream in streams:
            with suppress(OSError):  # that of the class: under TLS its own would forget the key in mid-read
                socket.socket.shutdown(stream.get_extra_info("socket"), socket.SHUT_RDWR)

    timer = Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield trace
    finally:
        timer.cancel()
