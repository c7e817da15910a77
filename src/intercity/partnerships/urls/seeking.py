"""Addresses of needs, offers, introductions and their outcomes."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.partnerships.views import introducing, seeking

HERE, THERE = "needs-and-offers/<int:key>/", "introductions/<int:key>/"

urlpatterns: list[URLPattern] = [
    path("needs-and-offers/", seeking.posting_list, name="postings"),
    path("needs-and-offers/new/", seeking.write_posting, name="write_posting"),
    path(HERE, seeking.posting, name="posting"),
    path(f"{HERE}edit/", seeking.edit_posting, name="edit_posting"),
    path(f"{HERE}renew/", seeking.renew_posting, name="renew_posting"),
    path(f"{HERE}close/", seeking.close_posting, name="close_posting"),
    path(f"{HERE}reply/", seeking.reply_to_posting, name="reply_to_posting"),
    path("needs-and-offers/replies/<int:key>/", seeking.decide_reply, name="decide_reply"),
    path("introductions/", introducing.introduction_list, name="introductions"),
    path("introductions/new/", introducing.propose_introduction, name="propose_introduction"),
    path(THERE, introducing.introduction, name="introduction"),
    path(f"{THERE}answer/", introducing.answer_introduction, name="answer_introduction"),
    path(f"{THERE}outcome/<int:months>/", introducing.tell_outcome, name="tell_outcome"),
    path("o/<str:token>/", introducing.outcome_by_link, name="outcome_by_link"),
]
