"""The answer to the closed dialogue, by an office that does not exist."""

from __future__ import annotations

from datetime import timedelta
from itertools import cycle
from typing import Any

from django.db import transaction
from django.utils import timezone

from intercity.accounts.models import Role
from intercity.demonstration.facts import original, read, translate
from intercity.demonstration.people import account_of
from intercity.demonstration.promising import follow
from intercity.demonstration.translating import add_translations
from intercity.dialogues import actions
from intercity.dialogues.models import Answer, AnswerKind, Dialogue, State, Statement
from intercity.languages.models import Translation


def answer_demonstration() -> int:
    """Answer the common ground of the closed dialogue's newest release; returns how many statements were answered.

    Does nothing while there is no release, where nothing is common ground, and when all has been answered.
    """
    slugs = [plan["slug"] for plan in read("dialogues")["dialogues"]]
    waiting = Dialogue.objects.filter(slug__in=slugs, is_simulated=True, state=State.CLOSED)
    return sum(_answer(dialogue) for dialogue in waiting)


def _answer(dialogue: Dialogue) -> int:
    release = dialogue.round.releases.order_by("-is_final", "-number").first()
    found = [] if release is None else release.document.get("common_ground", [])
    agreed = [int(one["statement"]) for one in found if one["agreed"]]
    statements = list(dialogue.statements.filter(number__in=agreed).order_by("number"))
    if not statements:
        return 0
    with transaction.atomic():
        given = [
            (_give(dialogue, statement, words), words)
            for statement, words in zip(statements, cycle(read("dialogues")["answers"]), strict=False)
        ]
        actions.finish_answering(account_of(Role.RESPONDER), dialogue)
        promised = next((one for one in given if one[0].kind == AnswerKind.WE_WILL), None)
        if promised:
            add_translations(follow(*promised))
    return len(statements)


def _give(dialogue: Dialogue, statement: Statement, words: dict[str, Any]) -> Answer:
    given = actions.answer(
        account_of(Role.RESPONDER),
        dialogue,
        statement,
        kind=words["kind"],
        body=original(words),
        language=words["language"],
        owner=words.get("owner", ""),
        due=timezone.localdate() + timedelta(days=words["days"]) if "days" in words else None,
        link=words.get("link", ""),
        whose=words.get("whose", ""),
    )
    Translation.objects.bulk_create(translate(given.text, words))
    return given
