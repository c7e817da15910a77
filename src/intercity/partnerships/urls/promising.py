"""Addresses of agreements and commitments."""

from __future__ import annotations

from django.urls import URLPattern, path

from intercity.partnerships.views import agreeing, declaring, promising

urlpatterns: list[URLPattern] = [
    path("commitments/", promising.commitment_list, name="commitments"),
    path("commitments/new/", promising.make_commitment, name="make_commitment"),
    path("commitments/from-a-declaration/", declaring.declaration, name="declaration"),
    path("commitments/from-answer/<int:key>/", promising.follow_promise, name="follow_promise"),
    path("commitments/<int:number>/", promising.commitment, name="commitment"),
    path("commitments/<int:number>/change/", promising.change_commitment, name="change_commitment"),
    path("commitments/<int:number>/report/", promising.report_progress, name="report_progress"),
    path("commitments/<int:number>/confirm/", promising.confirm_commitment, name="confirm_commitment"),
    path("commitments/<int:number>/drop/", promising.drop_commitment, name="drop_commitment"),
    path("commitments/<int:number>/take-up/", promising.take_up_commitment, name="take_up_commitment"),
    path("c/<str:token>/", promising.confirm_by_link, name="confirm_by_link"),
    path("agreements/", agreeing.agreement_list, name="agreements"),
    path("agreements/new/", agreeing.register_agreement, name="register_agreement"),
    path("agreements/<slug:slug>/", agreeing.agreement, name="agreement"),
    path("agreements/<slug:slug>/edit/", agreeing.edit_agreement, name="edit_agreement"),
    path("agreements/<slug:slug>/state/", agreeing.set_agreement_state, name="set_agreement_state"),
]
