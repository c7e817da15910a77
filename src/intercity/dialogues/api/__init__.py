"""The JSON door of dialogues: reading needs no account, taking part needs a token that joining gives."""

from intercity.dialogues.api import published, reading, taking_part

routers = (reading.router, published.router, taking_part.router)

__all__ = ["routers"]
