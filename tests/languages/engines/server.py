"""A server on this machine that answers as it is told, over real sockets, and remembers what it was asked."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any


@dataclass
class Asked:
    """One question that came."""

    method: str
    path: str
    headers: dict[str, str]
    body: Any


Answering = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Server:
    """Answers by path; what is not known is not found."""

    address: str = ""
    asked: list[Asked] = field(default_factory=list)
    answers: dict[str, Answering] = field(default_factory=dict)

    def says(self, path: str, body: object, status: int = 200, **headers: str) -> None:
        """Answer JSON, or bytes as they are."""
        content = body if isinstance(body, bytes) else json.dumps(body).encode()

        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in headers.items():
                handler.send_header(name.replace("_", "-"), value)
            handler.send_header("Content-Length", str(len(content)))
            handler.end_headers()
            handler.wfile.write(content)

        self.answers[path] = answer

    def does(self, path: str, answer: Answering) -> None:
        """Answer in any way."""
        self.answers[path] = answer

    def bodies(self, path: str) -> list[Any]:
        """What was sent to a path."""
        return [one.body for one in self.asked if one.path == path]


@contextmanager
def serving() -> Iterator[Server]:
    """A server until the test is over."""
    server = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("Content-Length", 0))
            content = self.rfile.read(length)
            headers = {name.lower(): value for name, value in self.headers.items()}
            server.asked.append(Asked(self.command, self.path, headers, json.loads(content) if content else None))
            answer = server.answers.get(self.path)
            if answer is None:
                self.send_error(404)
            else:
                answer(self)

        do_POST = do_GET  # noqa: N815

        def log_message(self, *_: object) -> None:
            return

    http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    http.daemon_threads = True
    http.handle_error = lambda *_: None  # type: ignore[method-assign] # a client that hangs up is part of the tests
    server.address = f"http://127.0.0.1:{http.server_port}"
    thread = Thread(target=http.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield server
    finally:
        http.shutdown()
        http.server_close()
        thread.join()
