"""The addresses that the frame names, so that it can be tested by itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.urls import path


def nothing(_request: HttpRequest) -> HttpResponse:
    """An empty answer."""
    return HttpResponse()


NAMES = {
    "home": "",
    "dialogues": "dialogues/",
    "cities": "cities/",
    "search": "search/",
    "about_data": "about/",
    "desk": "desk/",
    "help": "help/",
    "account_login": "accounts/login/",
    "account_logout": "accounts/logout/",
    "set_language": "language/",
}
urlpatterns = [path(address, nothing, name=name) for name, address in NAMES.items()]
