"""A release: the votes of a round made fit to be published, and the result that follows from exactly these."""

from __future__ import annotations

import hashlib
import io
import json
import secrets
import tempfile
import zipfile
from pathlib import Path

import numpy as np
from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.audit.record import record
from intercity.core.opinion import Analysis
from intercity.dialogues.exports import write_polis_export
from intercity.dialogues.gathering import gather_round
from intercity.dialogues.imports import Conversation, read_polis_export
from intercity.dialogues.models import Release, Round, StoredResult
from intercity.dialogues.participation import participation_in
from intercity.dialogues.results import Document, Result, compute_result
from intercity.dialogues.snapshot import pack

MIDNIGHT = (1980, 1, 1, 0, 0, 0)
"""The time of every file in the archive: the same votes give the same bytes."""


def release(asked: Round, author: Person | None, *, is_final: bool) -> Release:
    """Write the votes as files, read them back, analyse what was read, and keep both: nobody gets anything else.

    Participants get new names and a new order in every release; the order is drawn from the system's randomness.
    """
    gathered = gather_round(asked, shuffle=np.random.default_rng(secrets.randbits(128)))
    dialogue = asked.dialogue
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_polis_export(gathered.conversation, folder)
        read = read_polis_export(folder)
        found = compute_result(read)
        groups, number = found.labels
        write_polis_export(read, folder, group=groups, groups=number)
        _describe(folder, found.document, dialogue.licence)
        data = _archive(folder)
    with transaction.atomic():
        last = Release.objects.filter(round=asked).order_by("-number").values_list("number", flat=True).first()
        made = Release.objects.create(
            round=asked,
            number=(last or 0) + 1,
            version=gathered.version,
            document=found.document,
            participation=participation_in(asked),
            data=data,
            sha256=hashlib.sha256(data).hexdigest(),
            licence=dialogue.licence,
            is_final=is_final,
            published_by=author,
        )
        if is_final:
            _show_everywhere(asked, gathered.version, read, found)
        record(
            author,
            "release.published",
            dialogue,
            round=asked.number,
            release=made.number,
            data=made.sha256,
            votes=found.document["input"]["sha256"],
        )
    return made


def _show_everywhere(asked: Round, version: int, read: Conversation, found: Result) -> None:
    """From now on pages show the published result: the order of people, drawn anew, may move what is uncertain."""
    if isinstance(found.analysis, Analysis):
        StoredResult.objects.filter(round=asked, version__lte=version).update(
            document=found.document, model=pack(read, found.analysis), version=version
        )


def _describe(folder: Path, document: Document, licence: str) -> None:
    (folder / "result.json").write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    lines = [
        document["input"]["topic"],
        "",
        _("SIMULATED: these votes were made up by a program. Nobody said this.")
        if document["input"]["simulated"]
        else "",
        _("Licence: %(licence)s") % {"licence": licence},
        _("Check that the result follows from these votes: intercity verify result.json ."),
        _("Participants have new names in every release. Times are left out, and so are cities of few people."),
    ]
    (folder / "README.txt").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _archive(folder: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in sorted(folder.iterdir()):
            archive.writestr(zipfile.ZipInfo(path.name, MIDNIGHT), path.read_bytes(), zipfile.ZIP_DEFLATED)
    return file.getvalue()
