"""Addresses of stories."""

from django.urls import path

from intercity.cities.views import stories

urlpatterns = [
    path("", stories.stories, name="stories"),
    path("new/", stories.write_story, name="write_story"),
    path("code/", stories.story_code, name="story_code"),
    path("take-back/", stories.take_back_story, name="take_back_story"),
    path("<int:pk>/", stories.story, name="story"),
    path("<int:pk>/decide/", stories.decide_story, name="decide_story"),
]
