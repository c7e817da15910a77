"""What everybody reads of practices and challenges."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
