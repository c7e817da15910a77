"""Addresses of trade tables and of what came of an event."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
