"""Addresses of practices and challenges: out of the title, in Latin letters, each once."""

from __future__ import annotations

from collections.abc import Collection

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from intercity.core.language.folding import fold
from intercity.practices.models import Challenge, Practice
from intercity.refusals import RefusedError

TRIES = 20
LONGEST = 80


def stem_of(title: str, otherwise: str, kind: str) -> str:
    """An address out of a title; where that has no Latin letters, out of `otherwise`; a mere number gets a word."""
    stem = slugify(fold(title))[:LONGEST].strip("-") or slugify(fold(otherwise))[:LONGEST].strip("-") or kind
    return f"{kind}-{stem}" if stem.isdecimal() else stem


def save_at(row: Practice | Challenge, stem: str, taken: Collection[str]) -> None:
    """Keep a new row at a free address; `taken` are those of pages.

    Two who begin with the same title together find the same address free: the second one looks again.
    """
    for _number in range(TRIES):
        row.slug = _free(type(row), stem, taken)
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError:
            if not type(row)._default_manager.filter(slug=row.slug).exists():
                raise
        else:
            return
    raise RefusedError(_("Many begin with this title at the same moment. Send it again."), "title")


def _free(model: type[Practice | Challenge], stem: str, taken: Collection[str]) -> str:
    known = {*taken, *model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True)}
    tries = (stem, *(f"{stem}-{number}" for number in range(2, len(known) + 3)))
    return next(slug for slug in tries if slug not in known)
