"""What two cities share: a craft, an instrument, a dish, a tale, a festival. Each is a claim with its source."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.actions.checking import Said, claim_needs, cleaned, pair, refuse, words_of
from intercity.cities.models import City, Thread
from intercity.cities.rights import check_simulated, require_writer_of_one
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind
from intercity.languages.wanting import want
from intercity.refusals import RefusedError

LONGEST = 2_000


def add_thread(
    person: Visitor,
    *,
    one: City,
    other: City,
    kind: str,
    name: str,
    text: Said,
    claimed_by: str,
    source: str,
    is_simulated: bool = False,
) -> Thread:
    """Say what two members share, who says so, and where it can be read."""
    author = require_writer_of_one(person, one, other)
    check_simulated(is_simulated)
    first, second = pair(one, other)
    kept, (language, words) = _checked({"kind": kind, "name": name, "claimed_by": claimed_by, "source": source}, text)
    with transaction.atomic():
        same = Thread.objects.filter(one=first, other=second, kind=kept["kind"], name=kept["name"])
        if same.exists():
            raise RefusedError(_("This is on the page already. Change it there."), "name")
        thread = Thread.objects.create(
            one=first,
            other=second,
            text=write_text(language, words),
            is_simulated=is_simulated,
            written_by=author,
            **kept,
        )
        want(Kind.CITY, [first.pk, second.pk])
        record(author, "thread.added", thread, one=first.slug, other=second.slug, kind=thread.kind)
    return thread


def edit_thread(person: Visitor, thread: Thread, *, name: str, text: Said, claimed_by: str, source: str) -> Thread:
    """Say otherwise what two cities share, or put a better source in."""
    author = require_writer_of_one(person, thread.one, thread.other)
    kept, (language, words) = _checked({"name": name, "claimed_by": claimed_by, "source": source}, text)
    with transaction.atomic():
        found = Thread.objects.select_for_update(of=("self",)).select_related("text").get(pk=thread.pk)
        same = Thread.objects.filter(one=found.one_id, other=found.other_id, kind=found.kind, name=kept["name"])
        if same.exclude(pk=found.pk).exists():
            raise RefusedError(_("Another entry has this name already. Choose another name."), "name")
        rewrite_text(found.text, words, language=language)
        for column, value in kept.items():
            setattr(found, column, value)
        found.save(update_fields=list(kept))
        want(Kind.CITY, [found.one_id, found.other_id])
        record(author, "thread.edited", found)
    return found


def _checked(facts: dict[str, str], text: Said) -> tuple[dict[str, str], Said]:
    needed = {**claim_needs(), "name": _("Write what it is called.")}
    kept, faults = cleaned(Thread, facts, needed)
    said, wrong = words_of("text", text, LONGEST, _("Write in some sentences what the two cities share."))
    refuse(faults + wrong)
    return kept, said
