"""Many vote at once over HTTP, and processes are killed in the middle: no vote that was acknowledged is lost."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException

from tests.operating.installation import Installation, Visitor

PEOPLE, VOTES, WAIT = 8, 10, 60
FILL = """
from tests import cast
from intercity.accounts.models import Role
cast.found_network(); city = cast.member("Northport"); ana = cast.person("Ana", Role.SECRETARIAT)
cast.open_dialogue(ana, city, statements=30)
"""
COUNT = "from intercity.dialogues.models import Vote; print(Vote.objects.exclude(value=None).count())"
RESULT = """
from intercity.dialogues.models import Round
asked = Round.objects.get()
print(asked.votes_version, asked.result.version, asked.result.votes)
"""


def _votes(address: str) -> int:
    """Join, vote as often as there are statements wanted, and return how many votes were acknowledged."""
    visitor, done = Visitor(address), 0
    try:
        visitor.get("/dialogues/water/join/")
        visitor.post("/dialogues/water/join/")
        for number in range(VOTES):
            visitor.get("/dialogues/water/vote/")
            answered = visitor.post(
                "/dialogues/water/vote/",
                statement=visitor.field("statement"),
                value=("agree", "disagree", "pass")[number % 3],
            )
            done += answered == 200
    except (OSError, HTTPException):
        pass  # the server was killed: what was not acknowledged may be lost
    return done


def _prepared(installation: Installation) -> None:
    installation.run("manage", "migrate", "-v", "0")
    installation.python(FILL)


def _wait_for_votes(installation: Installation) -> None:
    """Wait until the first votes are kept; how long that takes depends on the machine, not on what is tested."""
    deadline = time.monotonic() + WAIT
    while int(installation.python(COUNT)) < PEOPLE:
        assert time.monotonic() < deadline, f"No {PEOPLE} votes within {WAIT} s"


def test_no_vote_of_many_at_once_is_lost(installation: Installation) -> None:
    _prepared(installation)
    installation.serve("--no-work")
    with ThreadPoolExecutor(PEOPLE) as pool:
        done = sum(pool.map(_votes, [installation.address] * PEOPLE))
    assert done == PEOPLE * VOTES
    assert int(installation.python(COUNT)) == done


def test_what_was_acknowledged_before_a_kill_is_kept_and_the_result_heals(installation: Installation) -> None:
    _prepared(installation)
    server = installation.serve("--no-work")
    worker = installation.start("work")
    with ThreadPoolExecutor(PEOPLE) as pool:
        running = [pool.submit(_votes, installation.address) for _ in range(PEOPLE)]
        _wait_for_votes(installation)
        installation.kill(server)
        installation.kill(worker)
        done = sum(one.result() for one in running)
    kept = int(installation.python(COUNT))
    assert done > 0
    assert kept >= done
    # A worker that was killed in the middle has left its claim behind; it runs out by itself, here at once.
    installation.python(
        "from intercity.dialogues.models import StoredResult\n"
        "from django.utils import timezone\n"
        "StoredResult.objects.update(claimed_until=None, due_at=timezone.now())"
    )
    installation.run("work", "--once")
    version, counted, votes = (int(word) for word in installation.python(RESULT).split())
    assert version == counted
    assert votes == kept
