"""Where every address leads."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("intercity.dialogues.urls")),
    path("cities/", include("intercity.cities.urls")),
    path("", include("intercity.accounts.urls")),
    path("accounts/", include("allauth.urls")),
    path("language/", set_language, name="set_language"),
]
