"""`intercity import-practices` and `export-practices`: practices as files, without a browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from intercity.cli.errors import UNUSABLE, refuse
from intercity.cli.operating import FILE, database

if TYPE_CHECKING:
    from intercity.practices.actions.bringing import Brought


@click.command("import-practices")
@click.argument("file", type=FILE)
@click.option("--person", required=True, metavar="E-MAIL", help="Who brings them in: an officer or the secretariat.")
@click.option("--check", is_flag=True, help="Only say what would become of each row; keep nothing.")
@click.pass_context
def import_practices_command(context: click.Context, *, file: Path, person: str, check: bool) -> None:
    """Bring in the practices in FILE as drafts: a filled-in template (.xlsx), tables (.csv, .zip), or the pages of the
    ReInHerit Digital Hub (.json).

    Rows with something wrong are left out and named, with exit code 2; the others are brought in.

    \b
    Example:
      intercity import-practices practices.zip --person office@example.org --check
    """
    from intercity.accounts.models import Person  # noqa: PLC0415 - tables must be there first
    from intercity.practices.actions import bringing  # noqa: PLC0415
    from intercity.practices.imports import MOST_BYTES  # noqa: PLC0415

    with database():
        with file.open("rb") as opened:
            book = bringing.read(opened.read(MOST_BYTES + 1), file.name)
        author = Person.objects.filter(email__iexact=person).first()
        rows = bringing.bring(author, book, keep=not check)
    for note in book.notes:
        click.echo(f"* {note}", err=True)
    for row in rows:
        _say(row)
    good = sum(1 for row in rows if not row.faults)
    click.echo(f"{good} of {len(rows)} {'can become' if check else 'are now'} drafts.")
    if good < len(rows):
        context.exit(UNUSABLE)


def _say(row: Brought) -> None:
    """What became of a row: its address, or why it was left out."""
    title = row.title if len(row.title) <= 60 else f"{row.title[:59]}…"
    there = f"/practices/{row.practice.slug}/" if row.practice else "can become a draft"
    click.echo(f"{row.line}: {title}: {'left out' if row.faults else there}")
    for fault in row.faults:
        click.echo(f"  {fault.table}, line {fault.line}, {fault.column or '–'}: {fault.sentence}", err=True)


@click.command("export-practices")
@click.argument("file", type=FILE)
@click.option("--site", default="", metavar="ADDRESS", help="What addresses of practices begin with: https://…")
def export_practices_command(*, file: Path, site: str) -> None:
    """Write everything that is published of practices into FILE, a ZIP of tables with their schema.

    \b
    Example:
      intercity export-practices practices.zip --site https://cities.example.org
    """
    from intercity.practices.exports import write_package  # noqa: PLC0415 - tables must be there first

    if site and not site.startswith(("https://", "http://")):
        refuse(f"“{site}” is no address. It begins with https:// or http://.")
    with database(), file.open("wb") as opened:
        write_package(opened, base=site.rstrip("/"))
    click.echo(f"Written: {file}")
