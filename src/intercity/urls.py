"""Where every address leads."""

from __future__ import annotations

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, include, path
from django.views.i18n import set_language

from intercity.accounts.records import site as records
from intercity.api import api


def healthz(_request: HttpRequest) -> HttpResponse:
    """For whoever watches this installation: "ok" if it can ask its database."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})


records.discover()
urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("intercity.dialogues.urls")),
    path("", include("intercity.practices.urls")),
    path("", include("intercity.partnerships.urls")),
    path("", include("intercity.events.urls")),
    path("", include("intercity.letters.urls")),
    path("cities/", include("intercity.cities.urls")),
    path("stories/", include("intercity.cities.urls.stories")),
    path("", include("intercity.accounts.urls")),
    path("", include("intercity.languages.urls")),
    path("accounts/", include("allauth.urls")),
    path("manage/records/", records.urls),  # "records:index" and so on
    path("api/v1/", api.urls),
    path("healthz", healthz, name="healthz"),
    path("language/", set_language, name="set_language"),
]
