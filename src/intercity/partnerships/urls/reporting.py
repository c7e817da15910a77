"""Addresses of what came of it: for a city, for two, for a year; the home page and the hub of cooperation."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.partnerships.views import desk, home, reporting

urlpatterns: list[URLPattern] = [
    path("", home.home, name="home"),
    path("desk/", desk.desk, name="desk"),
    path("cooperation/", reporting.cooperation, name="cooperation"),
    path("cities/<slug:slug>/results/", reporting.city_results, name="city_results"),
    path("cities/<slug:slug>/with/<slug:other>/", reporting.pair_results, name="pair_results"),
    path("reports/", reporting.reports, name="reports"),
    path("reports/<int:year>/", reporting.yearly_report, name="yearly_report"),
    path("manage/overdue/", reporting.overdue, name="overdue"),
]
