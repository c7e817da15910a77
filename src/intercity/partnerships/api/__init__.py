"""The JSON door of cooperation: everything that is public, to read without an account."""

from intercity.partnerships.api import promising, seeking

routers = (promising.router, seeking.router)

__all__ = ["routers"]
