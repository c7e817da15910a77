"""Addresses of tables and feeds, and of the programs of others that are told."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.partnerships.views import data, webhooks

urlpatterns: list[URLPattern] = [
    path("cooperation/data/commitments.csv", data.commitments_csv, name="commitments_csv"),
    path("cooperation/data/agreements.csv", data.agreements_csv, name="agreements_csv"),
    path("cooperation/data/needs-and-offers.csv", data.postings_csv, name="postings_csv"),
    path("cooperation/data/events.csv", data.events_csv, name="events_csv"),
    path("cooperation/data/datapackage.json", data.cooperation_schema, name="cooperation_schema"),
    path("commitments/feed.atom", data.CommitmentsFeed(), name="commitments_atom"),
    path("needs-and-offers/feed.atom", data.PostingsFeed(), name="postings_atom"),
    path("manage/webhooks/", webhooks.webhooks, name="webhooks"),
    path("manage/webhooks/<int:key>/", webhooks.keep_webhook, name="keep_webhook"),
    path("manage/webhooks/log/<int:key>/again/", webhooks.try_delivery_again, name="try_delivery_again"),
    path("events/feed.atom", data.EventsFeed(), name="events_atom"),
]
