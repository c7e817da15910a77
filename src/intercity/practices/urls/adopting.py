"""Taking practices over, and asking those who did them."""

from django.urls import URLPattern, path

from intercity.practices.views import adopting, asking, of_a_city

urlpatterns: list[URLPattern] = [
    path("practices/<slug:slug>/adopt/", adopting.adopt, name="adopt"),
    path("adoptions/<int:key>/", adopting.adoption, name="adoption"),
    path("adoptions/<int:key>/move/", adopting.move_adoption, name="move_adoption"),
    path("adoptions/<int:key>/edit/", adopting.edit_adoption, name="edit_adoption"),
    path("adoptions/<int:key>/claims/", adopting.adoption_claims, name="adoption_claims"),
    path("adoptions/<int:key>/claims/remove/", adopting.remove_adoption_claim, name="remove_adoption_claim"),
    path("adoptions/<int:key>/confirm/", adopting.confirm_adoption, name="confirm_adoption"),
    path("practices/<slug:slug>/ask/", asking.ask_doer, name="ask_doer"),
    path("questions/", asking.questions, name="questions"),
    path("questions/<int:key>/answer/", asking.answer_question, name="answer_question"),
    path("questions/<int:key>/decline/", asking.decline_question, name="decline_question"),
    path("cities/<slug:slug>/practices/", of_a_city.city_practices, name="city_practices"),
]
