"""Weight is a promise to slow lines: page and style within 14 KB, one vote a small exchange in few questions."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.dialogues.test_taking_part import FETCH, HERE, shown_in, vote

import intercity.web
from intercity.dialogues import routing
from intercity.dialogues.models import Dialogue

LIMIT = 14 * 1024
STYLE = Path(intercity.web.__file__).parent / "static" / "web" / "intercity.css"
PAGES = (
    "",
    "join/",
    "vote/",
    "pause/",
    "mine/",
    "write/",
    "back/",
    "leave/",
    "tell-me/",
    "joined/",
    "me/",
    "results/",
)


def packed(content: bytes) -> int:
    """Bytes on the line."""
    return len(gzip.compress(content, compresslevel=6))


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("language", ["en", "km"])
def test_a_page_with_its_style(dialogue: Dialogue, client: Any, page: str, language: str) -> None:
    routing.forget_rounds()
    if page != "join/":
        client.post(f"{HERE}join/")
    answer = client.get(f"{HERE}{page}", HTTP_ACCEPT_LANGUAGE=language)
    assert answer.status_code == 200
    weight = packed(answer.content) + packed(STYLE.read_bytes())
    assert weight <= LIMIT, f"{page} weighs {weight} bytes"


def test_a_vote_is_one_small_exchange_in_few_questions(dialogue: Dialogue, client: Any) -> None:
    routing.forget_rounds()
    client.post(f"{HERE}join/")
    for _ in range(3):
        vote(client)
    number = shown_in(client.get(f"{HERE}vote/"))
    with CaptureQueriesContext(connection) as asked:
        answer = client.post(f"{HERE}vote/", {"statement": number, "value": "agree"}, **FETCH)
    questions = [one["sql"] for one in asked if not one["sql"].startswith(("SAVEPOINT", "RELEASE"))]
    assert len(questions) <= 6, "\n".join(questions)
    assert packed(answer.content) <= 1024
