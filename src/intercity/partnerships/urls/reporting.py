"""Addresses of what came of it: for a city, for two, for a year; and the hub of cooperation."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
