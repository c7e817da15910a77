"""The rows of letters about practices move to those of all others, with their keys."""

from __future__ import annotations

from importlib import import_module

import pytest
from django.core import mail
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.letters.models import Letter
from intercity.practices import actions
from intercity.practices.duties import send_letters
from intercity.practices.models import Practice


@pytest.mark.django_db(transaction=True)
def test_what_was_sent_is_not_sent_again(practice: Practice, northport: City, eastbay: City, dia: Person) -> None:
    City.objects.filter(pk=northport.pk).update(mailbox="office@northport.example")
    question = actions.ask(dia, practice, eastbay, "en", "Who waters the gardens?")
    before = [("practices", "0006_further_places"), ("letters", "0002_bounces")]
    apps = MigrationExecutor(connection).loader.project_state(before).apps
    former = apps.get_model("practices", "Letter")
    sent = timezone.now()
    with connection.schema_editor() as editor:
        editor.create_model(former)
    try:
        old = {"practice_id": practice.pk, "question_id": question.pk, "made_at": sent, "tries": 1}
        former.objects.create(key=f"question-{question.pk}-0", kind="asked", to="city", sent_at=sent, **old)
        former.objects.create(key=f"question-{question.pk}-3", kind="passed_on", to="secretariat", **old)
        for _time in range(2):
            import_module("intercity.practices.migrations.0007_letters_move").move(apps, None)
    finally:
        with connection.schema_editor() as editor:
            editor.delete_model(former)
    first, last = Letter.objects.all()
    assert (first.kind, first.about) == ("practice-asked", [f"practice:{practice.pk}", f"question:{question.pk}"])
    assert (first.city, first.sent_at, first.to, first.tries) == (northport, sent, "city", 1)
    assert (last.kind, last.city, last.sent_at) == ("practice-passed-on", None, None)
    assert send_letters() == 0
    assert mail.outbox == []
