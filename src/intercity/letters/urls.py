"""Addresses of letters: wishes for none, their words, and what came back."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.letters.views import returning, silencing, wording

urlpatterns: list[URLPattern] = [
    path("letters/stop/<str:token>/", silencing.silence, name="silence"),
    path("manage/letters/", wording.wordings, name="wordings"),
    path("manage/letters/<slug:kind>/<slug:language>/", wording.wording, name="wording"),
    path("manage/letters/<slug:kind>/<slug:language>/ours/", wording.reset_wording, name="reset_wording"),
    path("manage/bounces/", returning.bounces, name="bounces"),
    path("manage/bounces/<int:pk>/again/", returning.write_again, name="write_again"),
]
