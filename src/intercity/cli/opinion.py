"""`intercity analyse`, `verify` and `generate`: votes in files, without a network or a database."""

from __future__ import annotations

import json
import shutil
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import click

from intercity.cli.errors import FAILED, clear_errors
from intercity.core.opinion import Parameters
from intercity.dialogues.exports import write_polis_export
from intercity.dialogues.imports import Conversation, read_polis_export
from intercity.dialogues.report import print_report, report_on, write_page
from intercity.dialogues.results import RECIPES, Result, compute_result, read_result, write_result
from intercity.dialogues.simulation import PEOPLE, simulated_dialogue
from intercity.dialogues.verification import Verification, verify

PATIENCE = 2.0
"""Seconds after which a person who watches is told what is being done."""
SHOWN = 20
FOLDER = click.Path(path_type=Path, file_okay=False)
FILE = click.Path(path_type=Path, dir_okay=False)


@click.command("analyse")
@click.argument("folder", type=FOLDER)
@click.option("--recipe", type=click.Choice(RECIPES), default=RECIPES[0], show_default=True, help="How to analyse.")
@click.option("--city-column", metavar="NAME", help="Column of participants-votes.csv that names people's cities.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of all chance.")
@click.option("--report", type=FILE, metavar="FILE.html", help="Write the report as a page that stands by itself.")
@click.option("--result", type=FILE, metavar="FILE.json", help="Write the result, to be published and verified.")
@click.option("--export", type=FOLDER, metavar="FOLDER", help="Write the five files of a Polis export, with groups.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON, for programs.")
def analyse_command(
    *,
    folder: Path,
    recipe: str,
    city_column: str | None,
    seed: int,
    report: Path | None,
    result: Path | None,
    export: Path | None,
    as_json: bool,
) -> None:
    """Analyse the votes in FOLDER and print what they say.

    FOLDER holds an unpacked Polis export: votes.csv or participants-votes.csv, and, where there are any,
    comments.csv and summary.csv. Common ground comes first, then groups and what sets them apart, then how
    sure all this is. Rows that cannot be read are listed; nothing is left out in silence.

    \b
    Examples:
      intercity analyse my-export
      intercity analyse my-export --city-column district --report report.html
      intercity analyse my-export --json | jq .common_ground
    """
    with clear_errors():
        conversation = read_polis_export(folder, city_column=city_column)
        _list_unreadable(conversation)
        found = _compute(conversation, recipe, Parameters(seed=seed))
        if as_json:
            click.echo(json.dumps(found.document, ensure_ascii=False, indent=1))
        else:
            _show(found)
        for path, write in ((report, _write_report), (result, _write_result), (export, _write_export)):
            if path is not None:
                path.parent.mkdir(parents=True, exist_ok=True)
                write(found, path)
                click.echo(f"Written: {path}", err=True)


@click.command("verify")
@click.argument("result", type=FILE)
@click.argument("folder", type=FOLDER)
@click.option("--city-column", metavar="NAME", help="The column that was named when the result was computed.")
@click.option("--json", "as_json", is_flag=True, help="Print what was found as JSON.")
def verify_command(*, result: Path, folder: Path, city_column: str | None, as_json: bool) -> None:
    """Check whether the published RESULT follows from the votes in FOLDER.

    The analysis is done again with the recipe, the seed and the parameters that RESULT names, and every number
    is compared. Exit code 0: it follows; 1: it does not, and the places are listed.
    """
    with clear_errors():
        document = read_result(result)
        checked = verify(document, read_polis_export(folder, city_column=city_column))
    if as_json:
        places = [
            {"path": one.path, "published": one.published, "recomputed": one.recomputed}
            for one in checked.disagreements
        ]
        click.echo(json.dumps({"agrees": checked.agrees, "notes": checked.notes, "disagreements": places}, indent=1))
    else:
        _say(checked)
    sys.exit(0 if checked.agrees else FAILED)


@click.command("generate")
@click.argument("folder", type=FOLDER)
@click.option("--people", type=click.IntRange(1, 1_000_000), default=PEOPLE, show_default=True, help="How many vote.")
@click.option("--seed", type=click.IntRange(0), default=0, show_default=True, help="Seed of all chance.")
def generate_command(*, folder: Path, people: int, seed: int) -> None:
    """Write simulated votes into FOLDER, in the form of a Polis export.

    They are made up by a program and say so wherever they are shown.
    """
    with clear_errors():
        for path in write_polis_export(simulated_dialogue(people=people, seed=seed), folder):
            click.echo(f"Written: {path}")


def _compute(conversation: Conversation, recipe: str, parameters: Parameters) -> Result:
    with _progress() as step:
        return compute_result(conversation, recipe=recipe, parameters=parameters, step=step)


def _show(found: Result) -> None:
    width = shutil.get_terminal_size((80, 24)).columns
    click.echo(print_report(report_on(found.document), width=width), nl=False)


def _write_report(found: Result, path: Path) -> None:
    write_page(report_on(found.document), path)


def _write_result(found: Result, path: Path) -> None:
    write_result(found.document, path)


def _write_export(found: Result, folder: Path) -> None:
    group, groups = found.labels
    write_polis_export(found.conversation, folder, group=group, groups=groups)


def _list_unreadable(conversation: Conversation) -> None:
    """Every row that could not be read, on the error stream: a pipe stays clean."""
    for row in conversation.unreadable[:SHOWN]:
        click.echo(f"{row.file}, line {row.line}: {row.reason} ({row.text})", err=True)
    left = len(conversation.unreadable) - SHOWN
    if left > 0:
        click.echo(f"… and {left} more rows that could not be read.", err=True)


def _say(checked: Verification) -> None:
    for note in checked.notes:
        click.echo(f"* {note}")
    if checked.agrees:
        click.echo("The published result follows from the votes.")
        return
    click.echo(f"The published result does not follow from the votes. {len(checked.disagreements)} places differ:")
    for one in checked.disagreements[:SHOWN]:
        click.echo(f"  {one.path}: published {_short(one.published)}, recomputed {_short(one.recomputed)}")
    if len(checked.disagreements) > SHOWN:
        click.echo(f"  … and {len(checked.disagreements) - SHOWN} more; --json lists all.")


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"


@contextmanager
def _progress() -> Iterator[Callable[[str], None]]:
    """Tell a person who watches what is being done, once it takes long; say nothing into a pipe."""
    begin, watched = perf_counter(), sys.stderr.isatty()

    def step(name: str) -> None:
        if watched and perf_counter() - begin > PATIENCE:
            click.echo(f"\r\033[K{name} …", err=True, nl=False)

    yield step
    if watched and perf_counter() - begin > PATIENCE:
        click.echo("\r\033[K", err=True, nl=False)
