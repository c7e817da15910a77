"""What everybody reads: dialogues, results, reports, data."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
