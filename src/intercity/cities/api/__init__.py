"""The network, its cities, what ties them together and what their people tell, as JSON. Nothing needs an account."""

from intercity.cities.api import places, telling

router = places.router
routers = (places.router, telling.router)

__all__ = ["router", "routers"]
