"""What participants do."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
