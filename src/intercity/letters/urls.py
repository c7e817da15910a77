"""Addresses of letters: wishes for none, their words, and what came back."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
