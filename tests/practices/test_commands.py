"""The two commands: practices from a file and into one."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intercity.accounts.models import Person
from intercity.cli import main
from intercity.practices.models import Practice

GOOD = "city,language,title,unknown\nnorthport,en,Night buses,costs\n"


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture
def file(tmp_path: Path, settings: object) -> Path:
    path = tmp_path / "practices.csv"
    path.write_text(GOOD, encoding="utf-8")
    return path


def test_a_check_keeps_nothing(file: Path, bao: Person) -> None:
    found = run("import-practices", file, "--person", "BAO@example.org", "--check")
    assert (found.exit_code, found.stdout) == (
        0,
        "2: Night buses: can become a draft\n1 of 1 can become drafts.\n",
    )
    assert not Practice.objects.exists()


def test_rows_that_are_wrong_are_named_and_others_kept(file: Path, bao: Person) -> None:
    file.write_text(GOOD + "atlantis,en,Buses,\n", encoding="utf-8")
    found = run("import-practices", file, "--person", "bao@example.org")
    assert found.exit_code == 2
    assert "2: Night buses: /practices/night-buses/\n" in found.stdout
    assert "practices, line 3, city: “atlantis”" in found.stderr
    assert Practice.objects.get().written_by == bao


def test_whoever_may_not_is_refused(file: Path, cem: Person, tmp_path: Path) -> None:
    for person in ("cem@example.org", "nobody@example.org"):
        found = run("import-practices", file, "--person", person)
        assert found.exit_code == 2
        assert found.stderr.startswith("Error: Only these roles")
    assert run("import-practices", tmp_path / "no.csv", "--person", "a@b").exit_code == 2


def test_what_is_published_is_written(practice: Practice, tmp_path: Path) -> None:
    file = tmp_path / "out.zip"
    found = run("export-practices", file, "--site", "https://example.org/")
    assert (found.exit_code, found.stdout) == (0, f"Written: {file}\n")
    assert file.read_bytes()[:2] == b"PK"
    assert run("export-practices", file, "--site", "ftp://x").exit_code == 2
    assert run("export-practices", tmp_path / "no" / "out.zip").exit_code == 2
