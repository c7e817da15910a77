"""Addresses of cooperation: commitments and agreements, needs and introductions, tables, reports, data, webhooks."""

from intercity.partnerships.urls import data, meeting, promising, reporting, seeking

urlpatterns = [
    *promising.urlpatterns,
    *seeking.urlpatterns,
    *meeting.urlpatterns,
    *reporting.urlpatterns,
    *data.urlpatterns,
]
