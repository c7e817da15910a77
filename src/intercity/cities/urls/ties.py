"""Addresses of what ties a city to others and what it shares with them."""

from django.urls import path

from intercity.cities.views import ties

urlpatterns = [
    path("<slug:slug>/ties/", ties.ties, name="ties"),
    path("<slug:slug>/ties/add/", ties.add_tie, name="add_tie"),
    path("<slug:slug>/ties/<int:pk>/renew/", ties.renew_tie, name="renew_tie"),
    path("<slug:slug>/ties/<int:pk>/say/", ties.say_of_tie, name="say_of_tie"),
    path("<slug:slug>/threads/add/", ties.add_thread, name="add_thread"),
    path("<slug:slug>/threads/<int:pk>/edit/", ties.edit_thread, name="edit_thread"),
]
