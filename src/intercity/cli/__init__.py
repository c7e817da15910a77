"""The command `intercity`."""

from __future__ import annotations

import os
import sys

import click
import django
from django.core.exceptions import ImproperlyConfigured

if sys.argv[1:2] == ["demo"]:
    # Settings are read once, below: a demonstration must never fill the data folder of a real network.
    os.environ.setdefault("INTERCITY_DATA", "var/demo")
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "intercity.settings")
try:
    django.setup()
except ImproperlyConfigured as error:
    sys.exit(f"Error: {error}")

from intercity import __version__
from intercity.cli.demonstrating import demo_command
from intercity.cli.letters import read_bounces_command
from intercity.cli.library import export_practices_command, import_practices_command
from intercity.cli.operating import (
    audit_group,
    backup_command,
    import_command,
    manage_command,
    restore_command,
    serve_command,
    start_command,
    work_command,
)
from intercity.cli.opinion import analyse_command, generate_command, verify_command


@click.group(context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(__version__, message="Intercity %(version)s")
def main() -> None:
    """Where do people agree, across cities? And who answers, until when?

    Intercity is the room in which a network of cities keeps working together between its summits. This command
    runs it, and analyses votes in files without it.

    \b
    First steps:
      intercity demo                          a demonstration network, in the browser
      intercity start "My network" --secretariat me@example.org
      intercity serve                         your own network, in the browser
      intercity analyse FOLDER                votes in files: an unpacked Polis export

    Exit codes: 0 all is well; 1 a result does not follow from its votes, or the record was changed; 2 something came
    that cannot be used.
    """


for _command in (
    start_command,
    serve_command,
    work_command,
    backup_command,
    restore_command,
    import_command,
    import_practices_command,
    export_practices_command,
    read_bounces_command,
    audit_group,
    manage_command,
    demo_command,
    analyse_command,
    verify_command,
    generate_command,
):
    main.add_command(_command)
