"""Actions say that something changed which people search for; duties find it again."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import F

from intercity.languages.models import Findable, Text


def want(kind: str, keys: Iterable[object]) -> None:
    """These things changed, or are new: to be called inside the transaction of the action that changed them.

    One UPDATE and one INSERT, however many they are; a key that is there already counts up, so that a duty which
    read it before knows that it has to come back.
    """
    named = [str(key) for key in keys]
    Findable.objects.filter(kind=kind, key__in=named).update(wanted=F("wanted") + 1)
    Findable.objects.bulk_create((Findable(kind=kind, key=key) for key in named), ignore_conflicts=True)


def want_whatever_shows(text: Text) -> None:
    """A translation of these words came, changed or went: whatever is found by them must be found by that, too.

    That beside which they stand counts up as well, for those who take it along whole.
    """
    for where in ("passages", "beside"):
        Findable.objects.filter(**{f"{where}__text": text}).update(wanted=F("wanted") + 1)
