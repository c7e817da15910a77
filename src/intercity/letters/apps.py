"""Every subject's kinds of letters are known from the start, whoever asks first."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class LettersConfig(AppConfig):
    """The subject `letters`."""

    name = "intercity.letters"

    def ready(self) -> None:
        """Read `letters.py` of every subject: there it registers the kinds that it sends."""
        autodiscover_modules("letters")
