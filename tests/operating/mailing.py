"""A mail server in a thread that notes what it takes, and can be told to think for a while at a certain point."""

from __future__ import annotations

import re
import socketserver
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from threading import Event, Thread


@dataclass
class Mailbox:
    """What came: each letter as it was sent. At `point` ("MAIL" or "taken") the server waits until `go_on` is set."""

    point: str = ""
    letters: list[str] = field(default_factory=list)
    reached: Event = field(default_factory=Event)
    go_on: Event = field(default_factory=Event)
    address: str = ""

    def wait_at(self, point: str) -> None:
        """Think for a while, if this is where it was asked for."""
        if point == self.point:
            self.reached.set()
            self.go_on.wait(300)

    @property
    def ids(self) -> list[str]:
        """The Message-IDs of what came."""
        return [re.findall(r"(?im)^Message-ID: *(\S+)", letter)[0] for letter in self.letters]


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """A server that speaks as much SMTP as a letter needs."""
    mailbox = Mailbox()

    class Handler(socketserver.StreamRequestHandler):
        def handle(self) -> None:
            with suppress(OSError):  # whoever sent it was killed
                self._converse()

        def _converse(self) -> None:
            self._say("220 here")
            while line := self.rfile.readline().decode().strip():
                verb = line[:4].upper()
                mailbox.wait_at(verb)
                if verb == "DATA":
                    self._say("354 go on")
                    self._take()
                self._say("221 bye" if verb == "QUIT" else "250 ok")

        def _take(self) -> None:
            lines = []
            while (line := self.rfile.readline().decode()) not in {".\r\n", ""}:
                lines.append(line)
            if line:
                mailbox.letters.append("".join(lines))
                mailbox.wait_at("taken")

        def _say(self, words: str) -> None:
            self.wfile.write(f"{words}\r\n".encode())

    server = socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    mailbox.address = f"smtp://127.0.0.1:{server.server_address[1]}"
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield mailbox
    finally:
        mailbox.go_on.set()
        server.shutdown()
        server.server_close()
        thread.join(10)
