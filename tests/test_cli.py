"""The command, as people and programs use it."""

from __future__ import annotations

import json
import os
import pty
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from intercity import __version__
from intercity.accounts.models import Person
from intercity.cli import main
from intercity.dialogues.exports import write_polis_export
from intercity.dialogues.models import Dialogue
from intercity.dialogues.simulation import simulated_dialogue


def run(*arguments: object) -> Result:
    return CliRunner().invoke(main, [str(one) for one in arguments])


@pytest.fixture(scope="module")
def export(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("export")
    write_polis_export(simulated_dialogue(people=150), folder)
    return folder


def test_help_says_what_it_is_for_and_how_to_begin() -> None:
    found = run("--help")
    assert found.exit_code == 0
    for word in ("Where do people agree", "First steps", "Exit codes", "analyse", "verify", "generate", "demo"):
        assert word in found.stdout


@pytest.mark.parametrize("command", sorted(main.commands))
def test_every_command_explains_itself_and_every_option(command: str) -> None:
    found = run(command, "--help")
    assert found.exit_code == 0
    assert all(option.help for option in main.commands[command].params if option.param_type_name == "option")


def test_the_version_is_said() -> None:
    assert run("--version").stdout == f"Intercity {__version__}\n"


def test_an_analysis_is_printed_with_common_ground_first(export: Path) -> None:
    found = run("analyse", export)
    assert found.exit_code == 0
    order = [found.stdout.index(title) for title in ("Common ground", "Groups, and", "How sure is this?")]
    assert order == sorted(order)
    assert "SIMULATED" in found.stdout
    assert found.stderr == ""


def test_everything_that_was_asked_for_is_written_and_verified(export: Path, tmp_path: Path) -> None:
    report, result, files = tmp_path / "a" / "r.html", tmp_path / "b" / "r.json", tmp_path / "c"
    found = run("analyse", export, "--report", report, "--result", result, "--export", files, "--seed", 7)
    assert found.exit_code == 0
    assert found.stderr.count("Written: ") == 3
    assert report.read_text().startswith("<!doctype html>")
    assert json.loads(result.read_text())["parameters"]["seed"] == 7
    checked = run("verify", result, files)
    assert checked.exit_code == 0, checked.output
    assert "The published result follows from the votes." in checked.stdout


def test_json_goes_to_programs_and_nothing_else_does(export: Path) -> None:
    found = run("analyse", export, "--json", "--recipe", "polis")
    assert json.loads(found.stdout)["recipe"] == "polis"


def test_a_forged_result_is_found_out(export: Path, tmp_path: Path) -> None:
    result = tmp_path / "r.json"
    run("analyse", export, "--result", result)
    document = json.loads(result.read_text())
    document["statements"][0]["votes"]["agree"] += 5
    result.write_text(json.dumps(document))
    found = run("verify", result, export)
    assert found.exit_code == 1
    assert "statements[0].votes.agree" in found.stdout
    as_json = run("verify", result, export, "--json")
    assert as_json.exit_code == 1
    assert json.loads(as_json.stdout)["disagreements"][0]["path"] == "statements[0].votes.agree"


def test_a_folder_that_cannot_be_used_is_refused_in_a_sentence(tmp_path: Path) -> None:
    for folder in (tmp_path / "nowhere", tmp_path):
        found = run("analyse", folder)
        assert found.exit_code == 2
        assert found.stderr.startswith("Error: ")
        assert "Traceback" not in found.output
        assert found.stdout == ""


def test_a_place_that_cannot_be_written_to_is_refused_in_a_sentence(export: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    found = run("analyse", export, "--report", tmp_path / "file" / "r.html")
    assert found.exit_code == 2
    assert "Error: " in found.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("analyse",), "Missing argument 'FOLDER'"),
        (("analyse", "x", "--recipe", "soup"), "'soup' is not one of 'intercity', 'polis'"),
        (("analyse", "x", "--seed", "-1"), "-1 is not in the range x>=0"),
        (("generate", "x", "--people", "0"), "0 is not in the range"),
    ],
)
def test_wrong_use_is_refused_with_what_is_allowed(arguments: tuple[str, ...], said: str) -> None:
    found = run(*arguments)
    assert found.exit_code == 2
    assert said in found.stderr


def test_rows_that_cannot_be_read_are_listed_on_the_error_stream(tmp_path: Path) -> None:
    rows = "\n".join(["1,x,0,7,1", *(f"1,x,0,{number},9" for number in range(30))])
    (tmp_path / "votes.csv").write_text(f"timestamp,datetime,comment-id,voter-id,vote\n{rows}\n")
    found = run("analyse", tmp_path)
    assert found.exit_code == 0
    assert "votes.csv, line 3: " in found.stderr
    assert "… and 10 more rows" in found.stderr
    assert "30 rows of the files could not be read" in found.stdout


def test_generated_votes_can_be_analysed_and_say_that_they_are_simulated(tmp_path: Path) -> None:
    assert run("generate", tmp_path, "--people", 60).exit_code == 0
    assert "SIMULATED" in run("analyse", tmp_path).stdout


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "60", "LINES": "40"}


def test_the_command_runs_as_a_module_and_keeps_to_the_width_of_the_terminal(export: Path) -> None:
    command = [sys.executable, "-m", "intercity", "analyse", str(export)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, env=_environment())
    assert done.stderr == ""
    assert max(len(line) for line in done.stdout.splitlines() if "sha" not in line.lower()) <= 66


def test_a_person_who_waits_is_told_what_is_being_done(export: Path) -> None:
    """With the patience set to nothing, a terminal sees the steps; they are wiped at the end."""
    program = "import intercity.cli as c, intercity.cli.opinion as o; o.PATIENCE = 0.0; c.main()"
    ours, theirs = pty.openpty()
    command = [sys.executable, "-c", program, "analyse", str(export), "--json"]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=theirs) as process:
        os.close(theirs)
        seen = b""
        while True:
            try:
                part = os.read(ours, 1024)
            except OSError:
                break
            if not part:
                break
            seen += part
    os.close(ours)
    assert process.returncode == 0
    assert "opinion space …" in seen.decode()
    assert seen.endswith(b"\r\x1b[K")


@pytest.mark.usefixtures("network")
def test_a_dialogue_from_elsewhere_is_brought_in_by_somebody_who_may(export: Path, ana: Person, cem: Person) -> None:
    named = ("--licence", "CC BY 4.0", "--attribution", "Made up by a program")
    wanted = ("import", export, "--slug", "from-elsewhere", *named, "--secretariat")
    for nobody in (cem.email, "nobody@example.org"):
        refused = run(*wanted, nobody)
        assert refused.exit_code == 2
        assert "Secretariat" in refused.stderr
    assert run(*wanted, ana.email).exit_code == 0
    found = Dialogue.objects.get(slug="from-elsewhere")
    assert (found.is_imported, found.state) == (True, "closed")
