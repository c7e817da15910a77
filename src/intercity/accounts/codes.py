"""Codes that let somebody in or back: easy to read out and to copy from paper, and kept only as hashes."""

from __future__ import annotations

import hashlib
import hmac
import secrets

from django.conf import settings

ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No 0, 1, I, L, O and U: nobody mistakes one for another, and no word comes about."""
ALIKE = str.maketrans({"0": "Q", "O": "Q", "1": "J", "I": "J", "L": "J", "U": "V"})
LENGTH = 10


def new_code(length: int = LENGTH) -> str:
    """A new code; ten signs are 49 bits, and guesses are limited."""
    return "".join(secrets.choice(ALPHABET) for _ in range(length))


def tidy(typed: str) -> str:
    """A code as somebody typed it, without spaces and hyphens and whatever the case."""
    return "".join(sign for sign in typed.upper() if sign.isalnum()).translate(ALIKE)


def shown(code: str) -> str:
    """A code as it is printed, in groups of five."""
    return "-".join(code[start : start + 5] for start in range(0, len(code), 5))


def hashed(code: str, purpose: str) -> str:
    """What is kept of a code: useless without this installation's secret, and for another purpose."""
    key = hashlib.sha256(f"{purpose}\x00{settings.SECRET_KEY}".encode()).digest()
    return hmac.new(key, tidy(code).encode(), hashlib.sha256).hexdigest()
