"""What translators do: write translations, check and correct those of others and of machines, take a change back."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.languages.actions.writing import plain
from intercity.languages.models import FormerTranslation, Text, Translation, TranslationState, TranslationTask
from intercity.languages.models.history import KEPT
from intercity.languages.network import network_languages
from intercity.languages.rights import require_reviewer
from intercity.languages.wanting import want_whatever_shows
from intercity.refusals import RefusedError

SHORTEST_LIMIT, TIMES_AS_LONG = 2_000, 8
"""A translation may have this many characters, or be so many times as long as the original, whichever is more."""
UNSEEN = {TranslationState.MACHINE, TranslationState.WRITTEN}
"""States in which no second person has looked at a translation."""


def translate(person: Visitor, text: Text, language: str, body: str, version: int) -> Translation:
    """Say a text in another language; `version` is that of the original which the person read.

    What a machine made, what is outdated and what the person wrote is replaced; what another person wrote is not, but
    corrected. Exactly the words of a machine count as a check of them.
    """
    author = require_reviewer(person)
    with _text(text.pk) as original:
        code = _language(original, language)
        words = _words(original, body)
        _check_version(original, version)
        now, found = timezone.now(), _of(original).filter(language=code).first()
        if found is None:
            found = Translation(text=original, language=code)
        elif not found.is_outdated:
            if found.body == words:
                return _looked_at(author, found, now)
            if found.state != TranslationState.MACHINE and found.made_by_id != author.pk:
                raise RefusedError(
                    _("Somebody has translated this meanwhile. Compare the two, and correct theirs if it is needed."),
                    "body",
                )
        _change(
            author, found, now, "translation.written", text_version=original.version, body=words,
            state=TranslationState.WRITTEN, engine="", model="", via="", made_by=author, made_at=now,
            reviewed_by=None, reviewed_at=None,
        )  # fmt: skip
        TranslationTask.objects.filter(text=original, language=code).delete()
    return found


def check(person: Visitor, translation: Translation, version: int, *, seen: str | None = None) -> Translation:
    """Say that a translation is right as it is: of this version of the original, and as it was seen.

    `seen` are its words as the person saw them; without it, those that `translation` holds. Nobody checks what they
    wrote themselves. What readers complained of is resolved by it.
    """
    reviewer = require_reviewer(person)
    with _as_seen(translation, version, seen) as found:
        if _is_own(reviewer, found):
            raise RefusedError(_("You wrote this translation. Another person has to check it."))
        return _looked_at(reviewer, found, timezone.now())


def correct(
    person: Visitor, translation: Translation, body: str, version: int, *, seen: str | None = None
) -> Translation:
    """Put better words in the place of a translation; who or what made it stays beside them.

    Who corrects what they wrote themselves has written it anew: a second person has yet to see it. The same words
    again are a check. `seen` as in `check`.
    """
    reviewer = require_reviewer(person)
    with _as_seen(translation, version, seen) as found:
        now, words = timezone.now(), _words(found.text, body)
        if words == found.body:
            return found if _is_own(reviewer, found) else _looked_at(reviewer, found, now)
        if _is_own(reviewer, found):
            fields: dict[str, Any] = {
                "state": TranslationState.WRITTEN, "made_at": now, "reviewed_by": None, "reviewed_at": None
            }  # fmt: skip
        else:
            fields = {"state": TranslationState.CORRECTED, "reviewed_by": reviewer, "reviewed_at": now}
        _change(reviewer, found, now, "translation.corrected", body=words, **fields)
    return found


def undo(person: Visitor, translation: Translation) -> Translation | None:
    """Take back one's own last change of a translation, if nobody changed it since; None if there was none before."""
    author = require_reviewer(person)
    with _text(translation.text_id) as original:
        found = _again(original, translation)
        former = found.former.order_by("-pk").first()
        is_known = former.replaced_at == _changed_at(found) if former else found.reviewed_at is None
        if _changed_by(found) != author.pk or not is_known:
            raise RefusedError(_("Only your own last change can be taken back. Somebody changed this after you."))
        record(author, "translation.taken_back", found, language=found.language, version=found.text_version)
        if former is None:
            found.delete()
        else:
            _restore(found, former)
        want_whatever_shows(original)
    return found if former else None


def resolve_complaints(person: Visitor, translation: Translation) -> int:
    """Say that what readers complained of is no fault of a translation; how many complaints that resolved."""
    reviewer = require_reviewer(person)
    with _text(translation.text_id) as original:
        found = _again(original, translation)
        if _is_own(reviewer, found):
            raise RefusedError(_("You wrote this translation. Correct it, or let another person decide."))
        number = _resolve(reviewer, found, timezone.now())
        if number:
            record(reviewer, "complaints.resolved", found, number=number)
    return number


@contextmanager
def _text(key: int) -> Iterator[Text]:
    """The original, locked: whatever changes it or its translations comes one after another."""
    with transaction.atomic():
        found = Text.objects.select_for_update().filter(pk=key).first()
        if found is None:
            raise RefusedError(_("The original has been deleted."))
        yield found


@contextmanager
def _as_seen(translation: Translation, version: int, seen: str | None) -> Iterator[Translation]:
    """A translation, locked, if neither it nor its original changed since somebody looked at both."""
    with _text(translation.text_id) as original:
        found = _again(original, translation)
        _check_version(original, version)
        if found.is_outdated:
            raise RefusedError(_("This is a translation of older words. Translate those that stand there now."))
        if plain(translation.body if seen is None else seen) != plain(found.body):
            raise RefusedError(_("Somebody changed this translation meanwhile. Look at it once more."), "body")
        yield found


def _of(original: Text) -> QuerySet[Translation]:
    return Translation.objects.filter(text=original).select_related("text")


def _again(original: Text, translation: Translation) -> Translation:
    found = _of(original).filter(pk=translation.pk).first()
    if found is None:
        raise RefusedError(_("This translation has been taken back meanwhile."))
    return found


def _language(original: Text, language: str) -> str:
    """The code as the network writes it; a translation into the language of the original is none."""
    codes = network_languages()
    code = next((one for one in codes if one.lower() == language.strip().lower()), None)
    if code is None:
        raise RefusedError(
            _("“%(came)s” is not a language of the network. These are: %(languages)s.")
            % {"came": language[:20], "languages": ", ".join(codes)},
            "language",
        )
    if code == original.language:
        raise RefusedError(_("The original is in this language already. Choose another one."), "language")
    return code


def _words(original: Text, body: str) -> str:
    words, most = plain(body), max(SHORTEST_LIMIT, TIMES_AS_LONG * len(original.body))
    if not words:
        raise RefusedError(_("Write the translation. To leave it untranslated, just leave this page."), "body")
    if len(words) > most:
        raise RefusedError(
            _("These are %(number)d characters; for this original up to %(most)d are allowed.")
            % {"number": len(words), "most": most},
            "body",
        )
    return words


def _check_version(original: Text, version: int) -> None:
    if version != original.version:
        raise RefusedError(
            _("The original has been changed since you opened it. Compare your words with it, and send them again."),
            "version",
        )


def _is_own(person: Person, translation: Translation) -> bool:
    """Whether a translation stands as this person wrote it, so that its check would be no second look."""
    return not translation.engine and translation.made_by_id == person.pk


def _looked_at(reviewer: Person, found: Translation, now: datetime) -> Translation:
    """Checked, if it was not yet; a second press changes nothing."""
    if found.state in UNSEEN and not _is_own(reviewer, found):
        _change(
            reviewer, found, now, "translation.checked",
            state=TranslationState.CHECKED, reviewed_by=reviewer, reviewed_at=now,
        )  # fmt: skip
    elif not _is_own(reviewer, found) and _resolve(reviewer, found, now):
        record(reviewer, "translation.checked", found, language=found.language, version=found.text_version)
    return found


def _change(person: Person, found: Translation, now: datetime, what: str, **fields: Any) -> None:
    """Keep what it was, set what it becomes, and tell everything that depends on it."""
    if found.pk:
        FormerTranslation.objects.keep(found, person, now)
    for name, value in fields.items():
        setattr(found, name, value)
    found.save()
    _resolve(person, found, now)
    want_whatever_shows(found.text)
    record(person, what, found, language=found.language, version=found.text_version)


def _resolve(person: Person, found: Translation, now: datetime) -> int:
    return found.complaints.filter(resolved_at=None).update(resolved_at=now, resolved_by=person)


def _changed_at(found: Translation) -> datetime:
    return max(found.made_at, found.reviewed_at or found.made_at)


def _changed_by(found: Translation) -> int | None:
    return found.reviewed_by_id if found.reviewed_at else found.made_by_id


def _restore(found: Translation, former: FormerTranslation) -> None:
    """As it was before, with the complaints that were open then."""
    for name in KEPT:
        setattr(found, name, getattr(former, name))
    found.save(update_fields=list(KEPT))
    found.complaints.filter(resolved_at=former.replaced_at).update(resolved_at=None, resolved_by=None)
    former.delete()
