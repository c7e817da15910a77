"""What this subject, which stands above events and practices, tells them of each other."""

from __future__ import annotations

from django.apps import AppConfig


class PartnershipsConfig(AppConfig):
    """The subject `partnerships`."""

    name = "intercity.partnerships"

    def ready(self) -> None:
        """Events have themes of the vocabulary that practices keep; read when somebody asks for it."""
        from intercity.events import themes  # noqa: PLC0415 - models are ready only now
        from intercity.practices import vocabulary  # noqa: PLC0415

        themes.offer(vocabulary.concepts)
