"""Workers that send letters are killed in the middle: none is lost, and what comes twice can be recognised."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable, Iterator
from email import message_from_bytes

import pytest
from tests.letters.sink import Sink, running
from tests.operating.installation import Installation

NUMBER, KILLS, WAIT = 24, 4, 60
FILL = f"""
from tests import cast
from intercity.accounts.models import Role
from intercity.dialogues import actions
from intercity.dialogues.models import Dialogue
cast.found_network(); city = cast.member("Northport"); ana = cast.person("Ana", Role.SECRETARIAT)
dialogue = cast.open_dialogue(ana, city)
for number in range({NUMBER}):
    actions.subscribe(dialogue, email=f"resident-{{number}}@example.org")
Dialogue.objects.update(state="answered")
"""
CLAIMS_RUN_OUT = "from intercity.letters.models import Letter; Letter.objects.update(claimed_until=None)"
WAITING = "from intercity.dialogues.models import Subscription; print(Subscription.objects.count())"


@pytest.fixture
def sink(installation: Installation) -> Iterator[Sink]:
    """A mail server that the installation is told of; the installation has letters to send."""
    with running() as (found, port):
        installation.mail = f"smtp://127.0.0.1:{port}"
        installation.run("manage", "migrate", "-v", "0")
        installation.python(FILL)
        yield found


def _until(is_so: Callable[[], bool]) -> None:
    deadline = time.monotonic() + WAIT
    while not is_so():
        assert time.monotonic() < deadline, f"not within {WAIT} s"
        time.sleep(0.002)


def _names(sink: Sink) -> Counter[str]:
    return Counter(str(message_from_bytes(content)["Message-ID"]).strip() for _to, content in sink.kept)


def test_killed_again_and_again_no_letter_is_lost(installation: Installation, sink: Sink) -> None:
    """The first time certainly after the mail server has the letter and before the worker knows it."""
    sink.answers_after = 30.0
    for kill in range(KILLS):
        worker, before = installation.start("work"), len(sink.kept)
        _until(lambda: len(sink.kept) > before)  # noqa: B023 - asked within the turn
        time.sleep(0.013 * kill)  # each time at another point
        installation.kill(worker)
        installation.python(CLAIMS_RUN_OUT)
        sink.answers_after = 0.02
    sink.answers_after = 0.0
    for _turn in range(2):
        installation.run("work", "--once")
    names = _names(sink)
    assert len(names) == NUMBER
    assert int(installation.python(WAITING)) == 0
    assert 1 <= sum(names.values()) - NUMBER <= KILLS, "one twice for each kill at most, and by the same name"


def test_two_workers_at_once_send_each_letter_once(installation: Installation, sink: Sink) -> None:
    sink.answers_after = 0.05
    workers = [installation.start("work") for _number in range(2)]
    _until(lambda: len(sink.kept) >= NUMBER)
    time.sleep(1)
    for worker in workers:
        installation.kill(worker)
    assert set(_names(sink).values()) == {1}
    assert len(_names(sink)) == NUMBER
