"""One file with everything, written while the network goes on, and put back from it."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import zipfile
from contextlib import closing
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection

from intercity import __version__
from intercity.refusals import RefusedError

ABOUT, KEY = "about.json", "secret-key"
NAMES = {"sqlite": "database.sqlite3", "postgresql": "database.dump"}


def back_up(path: Path) -> None:
    """Write the database as it is at one moment, and the key that signs cookies; the file is readable by us alone."""
    kind = connection.vendor
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name) / NAMES[kind]
        (_copy_sqlite if kind == "sqlite" else _dump_postgres)(copy)
        unfinished = path.with_name(path.name + ".unfinished")
        with (
            os.fdopen(os.open(unfinished, os.O_RDWR | os.O_CREAT | os.O_TRUNC, 0o600), "w+b") as file,
            zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive,
        ):
            archive.writestr(ABOUT, json.dumps({"intercity": __version__, "database": kind}))
            archive.writestr(KEY, str(settings.SECRET_KEY))
            archive.write(copy, NAMES[kind])
        unfinished.replace(path)


def restore(path: Path) -> None:
    """Replace the database by the one in the file, and the key, unless the environment names one."""
    with zipfile.ZipFile(path) as archive, tempfile.TemporaryDirectory() as name:
        kind = json.loads(archive.read(ABOUT))["database"] if ABOUT in archive.namelist() else None
        if kind != connection.vendor:
            raise RefusedError(
                f"{path} holds a database of the kind {kind}; here is {connection.vendor}. "
                "Point INTERCITY_DATABASE to one of the same kind."
            )
        copy = Path(archive.extract(NAMES[kind], name))
        (_replace_sqlite if kind == "sqlite" else _restore_postgres)(copy)
        key = settings.DATA / "secret-key"
        key.write_bytes(archive.read(KEY))
        key.chmod(0o600)


def _copy_sqlite(copy: Path) -> None:
    """SQLite's own online backup: a consistent copy although others write."""
    with (
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as source,
        closing(sqlite3.connect(copy)) as target,
    ):
        source.backup(target)


def _replace_sqlite(copy: Path) -> None:
    """Backup in the other direction, inside SQLite, so that its journal fits afterwards."""
    connection.close()
    with (
        closing(sqlite3.connect(copy)) as source,
        closing(sqlite3.connect(settings.DATABASES["default"]["NAME"])) as target,
    ):
        source.backup(target)


def _dump_postgres(copy: Path) -> None:
    _postgres("pg_dump", "--format=custom", f"--file={copy}")


def _restore_postgres(copy: Path) -> None:
    connection.close()
    _postgres(
        "pg_restore", "--clean", "--if-exists", "--no-owner", "--single-transaction", "--exit-on-error", str(copy)
    )


def _postgres(program: str, *arguments: str) -> None:
    found = shutil.which(program)
    if found is None:
        raise RefusedError(
            f"{program} is not installed here. Install PostgreSQL's client programs (postgresql-client)."
        )
    database: dict[str, Any] = settings.DATABASES["default"]
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    environment = {variable: str(database[name]) for variable, name in names.items() if database[name]}
    done = subprocess.run(  # noqa: S603 - a program found on the path, arguments of our own
        [found, f"--dbname={database['NAME']}", *arguments],
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise RefusedError(f"{program} did not succeed: {done.stderr.strip().splitlines()[-1:]}")
