"""Addresses of practices: searching and reading, writing, adopting and asking, data."""

from intercity.practices.urls import adopting, data, reading, writing

urlpatterns = [*writing.urlpatterns, *adopting.urlpatterns, *data.urlpatterns, *reading.urlpatterns]
