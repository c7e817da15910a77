"""The JSON door of practices: everything that is published, to read without an account."""

from intercity.practices.api import adopting, reading

routers = (reading.router, adopting.router)

__all__ = ["routers"]
