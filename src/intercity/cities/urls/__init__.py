"""Addresses of cities and of their ties; stories have their own, in `stories`."""

from intercity.cities.urls import places, ties

urlpatterns = [*places.urlpatterns, *ties.urlpatterns]
