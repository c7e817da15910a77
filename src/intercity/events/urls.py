"""Addresses of events and of the calendar."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
