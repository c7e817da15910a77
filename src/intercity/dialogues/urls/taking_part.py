"""What participants do."""

from django.urls import URLPattern, path

from intercity.dialogues.views import coming_in, letters, voting, writing

HERE = "dialogues/<slug:slug>/"

urlpatterns: list[URLPattern] = [
    path(f"{HERE}join/", coming_in.join, name="join"),
    path(f"{HERE}joined/", coming_in.joined, name="joined"),
    path(f"{HERE}back/", coming_in.come_back, name="come_back"),
    path(f"{HERE}me/", coming_in.about_me, name="about_me"),
    path(f"{HERE}leave/", coming_in.leave, name="leave"),
    path(f"{HERE}vote/", voting.take_part, name="take_part"),
    path(f"{HERE}undo/", voting.undo_vote, name="undo_vote"),
    path(f"{HERE}pause/", voting.pause, name="pause"),
    path(f"{HERE}mine/", voting.my_votes, name="my_votes"),
    path(f"{HERE}write/", writing.write, name="write"),
    path(f"{HERE}tell-me/", letters.subscribe, name="subscribe"),
    path("letters/<str:code>/", letters.unsubscribe, name="unsubscribe"),
]
