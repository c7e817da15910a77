"""Addresses of cities."""

from django.urls import path

from intercity.cities.views import places as views

urlpatterns = [
    path("", views.cities, name="cities"),
    path("add/", views.add_city, name="add_city"),
    path("<slug:slug>/", views.city, name="city"),
    path("<slug:slug>/edit/", views.edit_city, name="edit_city"),
    path("<slug:slug>/names/", views.name_city, name="name_city"),
    path("<slug:slug>/leave/", views.leave_city, name="leave_city"),
]
