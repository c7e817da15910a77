"""How long after a burst of votes a large dialogue has a fresh result, with one real worker beside."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from tests.operating.installation import Installation

from bench.printing import heading, note, row

PEOPLE, STATEMENTS, BURST, GOAL = 100_000, 500, 10_000, 5.0
FILL = f"""
import numpy as np
from django.db import transaction
from django.utils import timezone
from intercity.accounts.models import Role
from intercity.core.opinion.planted import planted_votes
from intercity.dialogues.models import Participant, Round, Vote
from tests import cast
cast.found_network()
cities = [cast.member(f"Bench{{number}}") for number in range(10)]
dialogue = cast.open_dialogue(cast.person("Ana", Role.SECRETARIAT), cities[0], statements={STATEMENTS})
planted = planted_votes({PEOPLE}, {STATEMENTS}, cities=10, seed=1)
asked, statements = dialogue.round, list(dialogue.statements.order_by("number").values_list("pk", flat=True))
with transaction.atomic():
    people = Participant.objects.bulk_create(
        (Participant(dialogue=dialogue, city=cities[number]) for number in planted.city.tolist()), batch_size=5000)
    pairs = zip(planted.votes.participant().tolist(), planted.votes.statement.tolist(), planted.votes.value.tolist())
    now = timezone.now()
    Vote.objects.bulk_create((Vote(round=asked, participant_id=people[i].pk, statement_id=statements[j], value=v,
        version=n, cast_at=now) for n, (i, j, v) in enumerate(pairs, start=1)), batch_size=5000)
    Round.objects.filter(pk=asked.pk).update(votes_version=len(planted.votes))
print(len(planted.votes))
"""
VOTE = f"""
import time
import numpy as np
from django.db import close_old_connections
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue, Participant
dialogue = Dialogue.objects.get()
statements, rng = list(dialogue.statements.all()), np.random.default_rng(0)
people = list(Participant.objects.order_by("pk")[:{BURST}].select_related("dialogue"))
for person in people:
    actions.cast_vote(person, statements[rng.integers({STATEMENTS})], int(rng.integers(-1, 2)))
print(time.time())
"""
STATE = """
from intercity.dialogues.models import Round
asked = Round.objects.select_related("result").get()
result = getattr(asked, "result", None)
known = result is not None and result.computed_at is not None
found = (result.version, result.computed_at.timestamp(), result.seconds) if known else (-1, 0, 0)
print(asked.votes_version, *found)
"""


def main() -> None:
    """Print the seconds from the last vote to a result that counts it."""
    heading(f"A burst of {BURST:,} votes in a dialogue of {PEOPLE:,} people, one worker, SQLite")
    with tempfile.TemporaryDirectory() as folder:
        installation = Installation(Path(folder))
        try:
            _measure(installation)
        finally:
            installation.stop()


def _measure(installation: Installation) -> None:
    installation.run("manage", "migrate", "-v", "0")
    votes = int(installation.python(FILL))
    installation.start("work")
    _fresh(installation)
    last = float(installation.python(VOTE))
    at, seconds = _fresh(installation)
    row("votes before", f"{votes:,}")
    row("seconds from the last vote to a result that counts it", f"{at - last:.1f}")
    row("seconds of the last analysis, reading included", f"{seconds:.1f}")
    note(f"goal: {GOAL:.0f} s")


def _fresh(installation: Installation) -> tuple[float, float]:
    """When the stored result counted everything, and how long it took to compute."""
    while True:
        asked, counted, at, seconds = installation.python(STATE).split()
        if asked == counted:
            return float(at), float(seconds)
        time.sleep(0.5)


if __name__ == "__main__":
    main()
