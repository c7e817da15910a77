"""The languages of the network, for the pages of translators: the network itself is a subject above this one."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings


def network_languages() -> tuple[str, ...]:
    """The codes of the network's languages, in its order; before it is founded, those of the interface."""
    network = apps.get_model("cities", "Network")._default_manager.filter(pk=1).first()
    chosen = tuple(str(code) for code in network.languages) if network is not None else ()
    return chosen or tuple(code for code, _name in settings.LANGUAGES)
