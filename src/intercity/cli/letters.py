"""`intercity read-bounces`: letters that came back, as the mail server of this installation hands them over."""

from __future__ import annotations

from typing import BinaryIO

import click

from intercity.cli.operating import database


@click.command("read-bounces")
@click.argument("file", type=click.File("rb"), default="-")
def read_bounces_command(file: BinaryIO) -> None:
    """Read reports of letters that did not arrive, from FILE or from standard input: a message, or a mailbox (mbox).

    Let the mail server pipe what comes to INTERCITY_MAIL_FROM into it. The secretariat then sees which office's
    mailbox does not take letters, at /manage/bounces/. What is no such report is left alone. May be read twice.

    \b
    Examples:
      intercity read-bounces /var/mail/intercity
      intercity: "|/usr/local/bin/intercity read-bounces"     (a line of /etc/aliases)
    """
    from intercity.letters.actions import note_bounce  # noqa: PLC0415 - tables must be there first
    from intercity.letters.reports import messages_in  # noqa: PLC0415

    with database():
        letters = [note_bounce(message) for message in messages_in(file.read())]
    found = [letter for letter in letters if letter is not None]
    for letter in found:
        click.echo(f"{letter.key}: {letter.city or letter.to}")
    click.echo(f"{len(found)} of {len(letters)} tell of letters that did not arrive.")
