"""What those who write practices and challenges do."""

from django.urls import path

from intercity.practices.views import challenges, claims, keeping, writing

urlpatterns = [
    path("desk/practices/", keeping.my_practices, name="my_practices"),
    path("desk/practices/new/", writing.write_practice, name="write_practice"),
    path("practices/<slug:slug>/edit/", writing.edit_practice, name="edit_practice"),
    path("practices/<slug:slug>/edit/claims/", claims.practice_claims, name="practice_claims"),
    path("practices/<slug:slug>/edit/publish/", keeping.publish_practice, name="publish_practice"),
    path("practices/<slug:slug>/edit/<slug:step>/", writing.edit_practice, name="edit_practice"),
    path("practices/<slug:slug>/withdraw/", keeping.withdraw_practice, name="withdraw_practice"),
    path("practices/<slug:slug>/delete/", keeping.discard_practice, name="discard_practice"),
    path("practices/<slug:slug>/status/", keeping.confirm_status, name="confirm_status"),
    path("practices/<slug:slug>/verify/", keeping.verify_practice, name="verify_practice"),
    path("desk/challenges/new/", challenges.write_challenge, name="write_challenge"),
    path("challenges/<slug:slug>/edit/", challenges.edit_challenge, name="edit_challenge"),
    path("challenges/<slug:slug>/close/", challenges.close_challenge, name="close_challenge"),
]
