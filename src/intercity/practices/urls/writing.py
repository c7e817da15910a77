"""What those who write practices and challenges do."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
