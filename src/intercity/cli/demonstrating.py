"""`intercity demo`: a network to look at, with simulated votes that say so."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click
from django.conf import settings
from django.core.management import call_command

from intercity.cli.errors import clear_errors, refuse

if TYPE_CHECKING:
    from intercity.demonstration import Account

FOLDER = click.Path(path_type=Path, file_okay=False, exists=True)


@click.command("demo")
@click.option("--data", type=FOLDER, metavar="FOLDER", help="A Polis export to be brought in as a closed dialogue.")
@click.option("--port", type=click.IntRange(1, 65_535), default=8000, show_default=True, envvar="PORT", help="Where.")
@click.option("--people", type=click.IntRange(50, 100_000), default=1200, show_default=True, help="Simulated people.")
@click.option("--serve/--no-serve", default=True, show_default=True, help="Serve it once it is made.")
def demo_command(*, data: Path | None, port: int, people: int, serve: bool) -> None:
    """Make a demonstration network in var/demo and serve it: two dialogues with simulated votes, and accounts.

    Called again, it serves what is there. Remove var/demo to begin anew.
    """
    from intercity.demonstration import answer_demonstration, build_demonstration  # noqa: PLC0415
    from intercity.demonstration.build import AnotherNetworkError  # noqa: PLC0415
    from intercity.work import work_once  # noqa: PLC0415

    with clear_errors():
        settings.DATA.mkdir(parents=True, exist_ok=True)
        call_command("migrate", verbosity=0)
        click.echo("Making the demonstration network …", err=True)
        try:
            accounts = build_demonstration(people=people, data=data)
        except AnotherNetworkError as error:
            refuse(str(error))
        while work_once():
            pass
        if answer_demonstration():
            while work_once():  # answers are found, too
                pass
        if serve:
            from intercity.cli.server import serve as serve_pages  # noqa: PLC0415 - only servers pay for it

            serve_pages("127.0.0.1", port, ready=lambda: _say(accounts, port))
        else:
            _say(accounts, port)


def _say(accounts: Sequence[Account], port: int) -> None:
    click.echo(f"\nThe demonstration network is at  http://127.0.0.1:{port}/\n")
    click.echo("What is marked as simulated was made up by a program. Accounts, for “Sign in”, “With a password”:\n")
    for one in accounts:
        click.echo(f"  {one.role:<14} {one.email:<32} {one.password}")
    click.echo("\nControl-C ends it.")
