"""Errors as sentences, and exit codes; nobody is shown a traceback for what they typed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import NoReturn

import click
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError

from intercity.accounts.rights import NotAllowedError
from intercity.core.opinion import VotesError
from intercity.dialogues.imports import UnreadableExportError
from intercity.dialogues.results import UnreadableResultError
from intercity.refusals import RefusedError

FAILED, UNUSABLE = 1, 2


@contextmanager
def clear_errors() -> Iterator[None]:
    """Say what came, what is allowed and what to do, and end with exit code 2."""
    try:
        yield
    except (UnreadableExportError, UnreadableResultError, VotesError, RefusedError, ImproperlyConfigured) as error:
        refuse(str(error))
    except NotAllowedError as error:
        refuse(str(error))
    except DatabaseError as error:
        refuse(f"The database does not answer as it should ({type(error).__name__}). Check INTERCITY_DATABASE.")
    except OSError as error:
        refuse(f"{error.filename}: {error.strerror}. Check that it exists and that you may read and write there.")


def refuse(sentence: str) -> NoReturn:
    """Say a sentence on the error stream and end."""
    click.echo(f"Error: {sentence}", err=True)
    sys.exit(UNUSABLE)
