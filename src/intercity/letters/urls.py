"""Addresses of letters: wishes for none, their words, and what came back."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.letters.views import silencing

urlpatterns: list[URLPattern] = [
    path("letters/stop/<str:token>/", silencing.silence, name="silence"),
]
