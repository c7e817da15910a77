"""Taking practices over, and asking those who did them."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
