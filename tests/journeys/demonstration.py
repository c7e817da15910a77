"""The demonstration network on a real server, and what the journeys need beside it."""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path

from tests.operating.installation import Installation

PEOPLE = 120
CLOSED = ("bridges-on", "bridges-off", "promises-on", "promises-off")
"""Dialogues that are closed and wait for their answer: for each journey that answers, one for each way of reading."""
FILL = """
from tests import cast
from intercity.accounts.models import Person, Role
from intercity.cities.models import City
from intercity.demonstration.build import account_of
from intercity.dialogues import actions
host, office = City.objects.get(slug="nanning"), account_of(Role.SECRETARIAT)
for slug in %r:
    dialogue = cast.open_dialogue(office, host, slug=slug, statements=10)
    type(dialogue).objects.filter(pk=dialogue.pk).update(is_simulated=True)
    cast.vote_all(dialogue, 14)
    actions.close_dialogue(office, dialogue)
"""


def prepare(shared: Path, folder: Path) -> dict[str, str]:
    """Copy an installation that is built once for all processes into a folder; returns each password by whose it is.

    That is the role, or "officer-" and the city of a further officer: what stands before the @ of their address.
    """
    shared.mkdir(exist_ok=True)
    built, passwords = shared / "data", shared / "passwords"
    with (shared / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not passwords.exists():
            installation = Installation(built)
            said = installation.run("demo", "--no-serve", "--people", str(PEOPLE))
            installation.python(FILL % (CLOSED,))
            installation.run("work", "--once")
            passwords.write_text("\n".join(line for line in said.splitlines() if "@demo.example" in line))
    shutil.copytree(built, folder)
    rows = [line.split() for line in passwords.read_text().splitlines()]
    return {address.partition("@")[0]: password for _role, address, password in rows}
