"""What every page knows of the network."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from intercity.cities.models import Network


def network(_request: HttpRequest) -> dict[str, Any]:
    """The network, asked for only by pages that show it."""
    return {"network": SimpleLazyObject(Network.current)}
