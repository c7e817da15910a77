"""What the secretariat, moderators and responders do."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
