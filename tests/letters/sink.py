"""A real mail server on this machine that keeps what comes, refuses some mailboxes, and can be slow to answer."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session


class AtAnyPort(Controller):
    """A mail server at a port that the system gives."""

    def _trigger_server(self) -> None:
        self.port = self.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        super()._trigger_server()  # type: ignore[no-untyped-call]


class Sink:
    """A mail server that keeps letters, and refuses some mailboxes."""

    def __init__(self) -> None:
        """Nothing came yet, and nobody is refused."""
        self.kept: list[tuple[list[str], bytes]] = []
        self.refused: dict[str, str] = {}
        self.answers_after = 0.0

    async def handle_RCPT(  # noqa: N802 - as aiosmtpd calls it
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        """Take a mailbox or refuse it."""
        if address in self.refused:
            return self.refused[address]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        """Keep a letter."""
        assert isinstance(envelope.content, bytes)
        self.kept.append((envelope.rcpt_tos, envelope.content))
        await asyncio.sleep(self.answers_after)
        return "250 OK"


@contextmanager
def running() -> Iterator[tuple[Sink, int]]:
    """The server, and the port on which it answers."""
    found = Sink()
    controller = AtAnyPort(found, hostname="127.0.0.1", port=0)
    controller.start()
    try:
        yield found, controller.port
    finally:
        controller.stop()
