"""Addresses of needs, offers, introductions and their outcomes."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
