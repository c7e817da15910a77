"""Addresses of practices and challenges: out of the title, in Latin letters, each once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from intercity.core.language.folding import fold
from intercity.practices.models import Challenge, Practice
from intercity.refusals import RefusedError

Row = Practice | Challenge
TRIES = 20
LONGEST = 80


class BegunBeforeError(Exception):
    """The same person sent the same form before: `row` is what they began with it. Nothing was written now."""

    def __init__(self, row: Row) -> None:
        """No sentence: whoever sent it is led to the row."""
        super().__init__(row.slug)
        self.row = row


def stem_of(title: str, otherwise: str, kind: str) -> str:
    """An address out of a title; where that has no Latin letters, out of `otherwise`; a mere number gets a word."""
    stem = slugify(fold(title))[:LONGEST].strip("-") or slugify(fold(otherwise))[:LONGEST].strip("-") or kind
    return f"{kind}-{stem}" if stem.isdecimal() else stem


def save_at(row: Row, stem: str, taken: Collection[str]) -> None:
    """Keep a new row at a free address; `taken` are those of pages.

    Two who begin with the same title together find the same address free: the second one looks again. A form that
    comes a second time begins nothing: BegunBeforeError, also where both come at the same moment.
    """
    _refuse_again(row)
    for _number in range(TRIES):
        row.slug = _free(type(row), stem, taken)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            _refuse_again(row)
            if not type(row)._default_manager.filter(slug=row.slug).exists():
                raise
        else:
            return
    raise RefusedError(_("Many begin with this title at the same moment. Send it again."), "title")


def _refuse_again(row: Row) -> None:
    """BegunBeforeError, where the form that this row comes from began one already."""
    if row.begun_with is None:
        return
    begun = type(row)._default_manager.filter(begun_with=row.begun_with, written_by=row.written_by).first()
    if begun is not None:
        raise BegunBeforeError(begun)


def _free(model: type[Row], stem: str, taken: Collection[str]) -> str:
    known = {*taken, *model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)}
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(known) + 3)))
    return next(slug for slug in tries if slug not in known)
