"""The real worker is killed while it talks to a mail server: no reminder is lost, and none comes as another letter."""

from __future__ import annotations

import time
from collections.abc import Iterator
from subprocess import Popen

import pytest
from tests.operating.installation import Installation
from tests.operating.mailing import Mailbox, mail_server

WAIT = 240
FILL = """
from datetime import timedelta
from django.utils import timezone
from tests import cast
from intercity.accounts.models import Role
from intercity.cities.models import City
from intercity.partnerships.actions import commitments
from intercity.partnerships.models import Commitment
cast.found_network(); north, east = cast.member("Northport"), cast.member("Eastbay")
City.objects.update(mailbox="office@northport.example")
bao = cast.person("Bao", Role.OFFICER, city=north)
for number in range(3):
    commitments.promise(
        bao, text=("en", f"We dig well {number}."), city=north, owner="Water office",
        due_on=timezone.localdate() + timedelta(days=5), known_by=("en", "Water."),
        confirmer="city", confirmer_city=east,
    )
Commitment.objects.update(written_at=timezone.now() - timedelta(days=90))
"""
RUN_OUT = """
from django.utils import timezone
from intercity.letters.models import Letter
Letter.objects.filter(sent_at=None).update(claimed_until=timezone.now())
"""
STATE = """
from intercity.letters.models import Letter
from intercity.partnerships.models import Commitment
print(Letter.objects.sent().count(), Letter.objects.count(), Commitment.objects.exclude(reminded_on=None).count())
"""


@pytest.fixture
def mailbox(installation: Installation) -> Iterator[Mailbox]:
    """A mail server that the installation sends to."""
    with mail_server() as found:
        installation.mail = found.address
        yield found


def _wait(worker: Popen[bytes], mailbox: Mailbox) -> None:
    """Wait until the worker talks to the mail server; how long that takes depends on the machine."""
    deadline = time.monotonic() + WAIT
    while not mailbox.reached.wait(1):
        assert worker.poll() is None, "the worker ended"
        assert time.monotonic() < deadline, f"no letter within {WAIT} s"


@pytest.mark.parametrize(("point", "came"), [("MAIL", 0), ("taken", 1)])
def test_a_worker_killed_at_the_mail_server(
    installation: Installation, mailbox: Mailbox, point: str, came: int
) -> None:
    """Before the server took the letter it comes once; where the server took it and nobody heard, the same twice."""
    installation.run("manage", "migrate", "-v", "0")
    installation.python(FILL)
    mailbox.point = point
    worker = installation.start("work")
    _wait(worker, mailbox)
    installation.kill(worker)
    mailbox.point = ""
    mailbox.go_on.set()
    assert len(mailbox.letters) == came
    assert installation.python(STATE).split() == ["0", "1", "0"]
    installation.run("work", "--once")
    assert len(mailbox.letters) == came, "the claim of the dead worker holds"
    installation.python(RUN_OUT)
    installation.run("work", "--once")
    assert installation.python(STATE).split() == ["1", "1", "3"]
    assert len(mailbox.letters) == came + 1
    assert len(set(mailbox.ids)) == 1
    for letter in mailbox.letters:
        assert all(f"We dig well {number}." in letter for number in range(3))
