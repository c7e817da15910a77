"""What is kept and sent in the place of an address: marks and tokens that lead nowhere without our secret."""

from __future__ import annotations

import hashlib
import hmac
import re
from base64 import urlsafe_b64encode
from urllib.parse import urlsplit

from django.conf import settings
from django.core.signing import BadSignature, Signer

KEY = re.compile(r"[A-Za-z0-9]+(?:[-_][A-Za-z0-9]+)*")
"""What a letter's key may look like, so that it can stand in a Message-ID as it is."""
OURS = re.compile(rb"<([A-Za-z0-9_-]{1,100})\.([0-9a-f]{16})@[^\s<>@]{1,255}>")
"""A Message-ID of ours: key and seal."""


def mark_of(address: str) -> str:
    """What is kept of an address: the same for the same mailbox; without our secret there is no way back."""
    return urlsafe_b64encode(_digest("mailbox", address.strip().casefold())[:24]).decode()


def token_for(address: str, topic: str) -> str:
    """What a letter says so that a mailbox can have itself left out of a topic: signed, and without the address."""
    return _signer().sign(f"{topic}.{mark_of(address)}")


def read_token(token: str) -> tuple[str, str]:
    """Topic and mark of a token; ValueError where we did not make it."""
    try:
        topic, _dot, mark = _signer().unsign(token).partition(".")
    except BadSignature as error:
        raise ValueError("This token was not made here.") from error
    return topic, mark


def seal_of(key: str, mark: str) -> str:
    """What makes a Message-ID ours: nobody else can make one, so a report about it is about a letter that we sent."""
    return _digest("letter", key, mark).hex()[:16]


def message_id(key: str, address: str) -> str:
    """The name of a letter to an address: the same when it is sent a second time."""
    return f"<{key}.{seal_of(key, mark_of(address))}@{urlsplit(settings.ADDRESS).hostname}>"


def _digest(*parts: str) -> bytes:
    key = hashlib.sha256(f"letters\x00{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, "\x00".join(parts).encode(), hashlib.sha256).digest()


def _signer() -> Signer:
    return Signer(salt="intercity.letters.silence", sep=".")
