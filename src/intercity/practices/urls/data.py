"""Practices as files for programs and for other networks."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
