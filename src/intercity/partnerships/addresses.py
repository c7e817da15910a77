"""Where a webhook may lead: to the open internet and to nothing inside the operator's own network."""

from __future__ import annotations

import ipaddress
import socket
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

from intercity.refusals import RefusedError

LONGEST = 500


def checked_address(address: str) -> str:
    """The address as it is kept; RefusedError where it is none that may be told."""
    given = address.strip()
    parts = urlsplit(given)
    allowed = {"https", "http"} if settings.WEBHOOKS_ANYWHERE else {"https"}
    if parts.scheme not in allowed or not parts.hostname or len(given) > LONGEST or parts.username or parts.fragment:
        raise RefusedError(
            _("“%(came)s” came. Write an address that begins with https://, without a name or a password in it.")
            % {"came": given[:80]},
            "address",
        )
    try:
        port = parts.port
    except ValueError:
        port = 0
    if port == 0:
        raise RefusedError(_("The number of the port is none."), "address")
    return given


def reachable(address: str) -> str:
    """The number of the machine to connect to; OSError where there is none, or where it is not on the open internet.

    Asked anew at each delivery, and the connection goes to this number: a name that leads elsewhere a moment later
    leads nowhere.
    """
    parts = urlsplit(address)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    found = socket.getaddrinfo(parts.hostname, port, type=socket.SOCK_STREAM)
    numbers = [str(one[4][0]) for one in found]
    if not settings.WEBHOOKS_ANYWHERE and not all(_is_open(one) for one in numbers):
        raise PermissionError("an address inside the operator's network")
    return numbers[0]


def _is_open(number: str) -> bool:
    address = ipaddress.ip_address(number.partition("%")[0])
    inside = getattr(address, "ipv4_mapped", None) or address
    return bool(inside.is_global and not inside.is_multicast)
