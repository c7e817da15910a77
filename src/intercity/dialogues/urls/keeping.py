"""What the secretariat, moderators and responders do."""

from django.urls import path

from intercity.dialogues.views import answering, inviting, moderating, preparing

urlpatterns = [
    path("desk/dialogues/new/", preparing.prepare, name="prepare"),
    path("dialogues/<slug:slug>/manage/", preparing.manage, name="manage"),
    path("dialogues/<slug:slug>/manage/statements/", preparing.give_statements, name="give_statements"),
    path("dialogues/<slug:slug>/manage/open/", preparing.open_page, name="open_dialogue"),
    path("dialogues/<slug:slug>/manage/close/", preparing.close_page, name="close_dialogue"),
    path("dialogues/<slug:slug>/manage/reopen/", preparing.reopen_page, name="reopen_dialogue"),
    path("dialogues/<slug:slug>/manage/numbers/", answering.tell_numbers, name="tell_numbers"),
    path("dialogues/<slug:slug>/invitations/", inviting.invitations, name="invitations"),
    path("dialogues/<slug:slug>/invitations/revoke/", inviting.revoke, name="revoke_invitations"),
    path("dialogues/<slug:slug>/moderate/", moderating.moderate, name="moderate"),
    path("dialogues/<slug:slug>/moderate/undo/", moderating.undo, name="undo_decision"),
    path("dialogues/<slug:slug>/moderate/ban/<int:number>/", moderating.ban, name="ban_participant"),
    path("dialogues/<slug:slug>/moderate/log.csv", moderating.log, name="moderation_log"),
    path("dialogues/<slug:slug>/policy/", moderating.policy, name="policy"),
    path("dialogues/<slug:slug>/answer/", answering.answer_dialogue, name="answer_dialogue"),
    path("dialogues/<slug:slug>/answer/<int:number>/", answering.answer_statement, name="answer_statement"),
    path("dialogues/<slug:slug>/answer/finish/", answering.finish, name="finish_answering"),
]
