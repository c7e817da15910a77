"""Addresses of accounts."""

from django.urls import path

from intercity.accounts import views

urlpatterns = [
    path("people/", views.people, name="people"),
    path("people/add/", views.add_person, name="add_person"),
    path("people/<int:pk>/", views.person, name="person"),
    path("people/<int:pk>/card/", views.card, name="card"),
    path("people/<int:pk>/cards/revoke/", views.revoke_cards, name="revoke_cards"),
    path("roles/<int:pk>/end/", views.end_role, name="end_role"),
    path("hand-over/", views.hand_over, name="hand_over"),
    path("me/", views.profile, name="profile"),
    path("card/", views.card_sign_in, name="card_sign_in"),
]
