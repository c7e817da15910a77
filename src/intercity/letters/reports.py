"""What a report of a mail server says (RFC 3464, RFC 6533): which letter did not arrive, and why."""

from __future__ import annotations

import email
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import Message
from email.parser import HeaderParser
from email.policy import compat32

from intercity.letters.marks import OURS

MOST_BYTES = 10_000_000
"""A report is no longer; of what is, the rest is not read."""
STATUS = re.compile(r"^\s*([245]\.\d{1,3}\.\d{1,3})\b")
ITS_NAME = re.compile(rb"^message-id:\s*(<[^\s<>]{1,400}>)", re.IGNORECASE | re.MULTILINE)
IN_A_FILE = re.compile(rb"(?:\A|(?<=\n\n)|(?<=\r\n\r\n))From [^\r\n]*\r?\n")
REPORTS = {"message/delivery-status", "message/global-delivery-status"}
ORIGINALS = {"message/rfc822", "text/rfc822-headers", "message/global", "message/global-headers"}


@dataclass(frozen=True)
class Report:
    """A letter of ours that did not arrive: its key, the seal that proves that we sent it, and the status."""

    key: str
    seal: str
    status: str


def messages_in(content: bytes) -> Iterator[bytes]:
    """The messages of a file: several where it is a mailbox (mbox), else itself."""
    if not content.startswith(b"From "):
        yield content
        return
    yield from (one for one in IN_A_FILE.split(content) if one.strip())


def read_report(message: bytes) -> Report | None:
    """What a report says of a letter of ours; None where it is none, is of no such letter, or that may yet arrive.

    Never raises, whatever comes: anybody can write to the mailbox that is read.
    """
    found = email.message_from_bytes(message[:MOST_BYTES], policy=compat32)
    parts = list(found.walk())
    statuses = [status for part in parts if part.get_content_type() in REPORTS for status in _failures(part)]
    name = next(_names(found, parts, message), None) if statuses else None
    if name is None:
        return None
    key, seal = name
    return Report(key, seal, statuses[0])


def _failures(part: Message) -> Iterator[str]:
    """The status of each mailbox that the report gives up."""
    for fields in _fields(part):
        if str(fields.get("Action", "")).strip().lower().startswith("failed"):
            known = STATUS.match(str(fields.get("Status", "")))
            yield known[1] if known else "5.0.0"


def _fields(part: Message) -> Iterator[Message]:
    """The groups of fields of a report: of the message first, then of each mailbox."""
    payload = part.get_payload()
    groups = [one for one in payload if isinstance(one, Message)] if isinstance(payload, list) else []
    yield from groups
    for one in groups:  # in the newer kind, what follows the first group is the body of that group
        rest = one.get_payload()
        for text in re.split(r"\r?\n\r?\n", rest) if isinstance(rest, str) else ():
            yield HeaderParser(policy=compat32).parsestr(text.lstrip())


def _names(found: Message, parts: list[Message], message: bytes) -> Iterator[tuple[str, str]]:
    """Names of letters of ours: of the message that came back, else wherever one stands, else of what is answered."""
    for part in parts:
        if part.get_content_type() in ORIGINALS:
            yield from _ours(part.as_bytes())
    yield from _ours(message[:MOST_BYTES])
    for known in OURS.finditer(str(found.get("In-Reply-To", "")).encode(errors="replace")):
        yield known[1].decode(), known[2].decode()


def _ours(content: bytes) -> Iterator[tuple[str, str]]:
    for name in ITS_NAME.finditer(content):
        known = OURS.fullmatch(name[1])
        if known:
            yield known[1].decode(), known[2].decode()
