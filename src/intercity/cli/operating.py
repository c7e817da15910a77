"""Running a network: start, serve, work, back up, put back, check the record."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click
from django.conf import settings
from django.core.management import call_command, execute_from_command_line

from intercity.accounts.codes import shown
from intercity.cli.errors import FAILED, clear_errors, refuse

PORT = click.IntRange(1, 65_535)
FILE = click.Path(path_type=Path, dir_okay=False)


@contextmanager
def database() -> Iterator[None]:
    """Errors as sentences, and a folder for the data, which only commands that need one make."""
    with clear_errors():
        settings.DATA.mkdir(parents=True, exist_ok=True)
        yield


@click.command("start")
@click.argument("name")
@click.option("--secretariat", required=True, metavar="E-MAIL", help="Address of the first person of the secretariat.")
@click.option("--person", default="Secretariat", show_default=True, metavar="NAME", help="Their name.")
@click.option(
    "--languages",
    default="en",
    show_default=True,
    metavar="CODES",
    help="The network's languages, with commas between.",
)
def start_command(*, name: str, secretariat: str, person: str, languages: str) -> None:
    """Start a network called NAME, with its first person, and print a card with which they sign in.

    \b
    Example:
      intercity start "Cities of the Mekong" --secretariat office@example.org --languages en,km,lo
    """
    from intercity.accounts.actions import appoint_as_operator, issue_card_as_operator  # noqa: PLC0415
    from intercity.cities.actions import found_network  # noqa: PLC0415

    with database():
        call_command("migrate", verbosity=0)
        found_network(name=name, languages=[code.strip() for code in languages.split(",") if code.strip()])
        _card, code = issue_card_as_operator(appoint_as_operator(name=person, email=secretariat))
    click.echo(f"{name} has been started.")
    click.echo(f"Sign in at /card/ with this code, which works once: {shown(code)}")
    click.echo("Next: intercity serve")


@click.command("serve")
@click.option("--port", type=PORT, default=8000, show_default=True, envvar="PORT", help="Where it listens.")
@click.option("--host", default="127.0.0.1", show_default=True, help="Address of this machine on which it listens.")
@click.option(
    "--processes", type=click.IntRange(1, 64), help="Web processes; 1 on SQLite and 2 on PostgreSQL by default."
)
@click.option("--work/--no-work", default=True, show_default=True, help="Do the duties, too, in a process beside.")
def serve_command(*, port: int, host: str, processes: int | None, work: bool) -> None:
    """Serve the network: prepare the database and the static files, then answer until stopped.

    \b
    Examples:
      intercity serve
      intercity serve --no-work --processes 4        and elsewhere: intercity work
    """
    from intercity.cli.server import serve  # noqa: PLC0415 - only servers pay for it

    with database():
        serve(host, port, processes=processes, work=work)


@click.command("work")
@click.option("--once", is_flag=True, help="Do every duty once, then end.")
def work_command(*, once: bool) -> None:
    """Do the duties: close dialogues in time, compute and publish results, tell who wanted to be told."""
    from intercity.work import work_on, work_once  # noqa: PLC0415 - only workers pay for it

    with database():
        if once:
            click.echo(f"{work_once()} done.")
        else:
            work_on()


@click.command("backup")
@click.argument("file", type=FILE)
def backup_command(*, file: Path) -> None:
    """Write everything into FILE, while the network goes on: the database and the key that signs cookies.

    Keep the file as you would keep a password. On PostgreSQL, pg_dump must be installed.
    """
    from intercity.cli.backups import back_up  # noqa: PLC0415

    with database():
        back_up(file)
    click.echo(f"Written: {file}")


@click.command("restore")
@click.argument("file", type=FILE)
@click.option("--yes", is_flag=True, help="Do not ask whether what is there now may be replaced.")
def restore_command(*, file: Path, yes: bool) -> None:
    """Put back everything from FILE, which `intercity backup` wrote. Stop the network first.

    What is there now is replaced. FILE must be of the same kind of database.
    """
    from intercity.cli.backups import restore  # noqa: PLC0415

    if not yes:
        click.confirm("Everything that is there now will be replaced. Go on?", abort=True)
    with database():
        restore(file)
    click.echo(f"Restored: {file}")


@click.command("import")
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False))
@click.option("--slug", required=True, metavar="WORD", help="Its address: /dialogues/WORD/.")
@click.option("--secretariat", required=True, metavar="E-MAIL", help="Who of the secretariat brings it in.")
@click.option("--licence", required=True, metavar="LICENCE", help="Under which the votes were published.")
@click.option("--attribution", default="", metavar="WORDS", help="Who has to be named.")
@click.option("--language", default="en", show_default=True, metavar="CODE", help="In which the statements are.")
def import_command(
    *, folder: Path, slug: str, secretariat: str, licence: str, attribution: str, language: str
) -> None:
    """Bring in the Polis export in FOLDER as a closed dialogue, with its votes.

    \b
    Example:
      intercity import my-export --slug my-dialogue --secretariat office@example.org --licence "CC BY 4.0"
    """
    from intercity.accounts.models import Person  # noqa: PLC0415 - tables must be there first
    from intercity.dialogues.actions import import_conversation  # noqa: PLC0415
    from intercity.dialogues.imports import read_polis_export  # noqa: PLC0415

    with database():
        person = Person.objects.filter(email__iexact=secretariat).first()
        import_conversation(
            person, read_polis_export(folder), slug=slug, licence=licence, attribution=attribution, language=language
        )
    click.echo(f"Brought in: /dialogues/{slug}/. Its result is computed by the next duty.")


@click.group("audit")
def audit_group() -> None:
    """The record of who did what when."""


@audit_group.command("verify")
def audit_verify_command() -> None:
    """Check that no entry of the record was changed, and that none is missing. Exit code 1 where one was."""
    from intercity.audit.models import Head  # noqa: PLC0415
    from intercity.audit.record import faults  # noqa: PLC0415

    with database():
        found = list(faults())
        head = Head.objects.first() or Head()
    for fault in found:
        click.echo(f"Entry {fault.number}: {fault.what}")
    if found:
        sys.exit(FAILED)
    click.echo(f"{head.number} entries, none changed, none missing. Last hash: {head.hash}")


@click.command("manage", context_settings={"ignore_unknown_options": True, "help_option_names": []})
@click.argument("arguments", nargs=-1, type=click.UNPROCESSED)
def manage_command(*, arguments: tuple[str, ...]) -> None:
    """Call a command of Django, with its own ARGUMENTS: intercity manage shell."""
    if not arguments:
        refuse("Name a command of Django, such as “shell”; “help” lists them.")
    with database():
        execute_from_command_line(["intercity manage", *arguments])
