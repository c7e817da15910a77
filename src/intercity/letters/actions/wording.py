"""Writing a letter's words in the place of ours, and going back."""

from __future__ import annotations

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.letters.kinds import (
    IN_BRACES,
    KINDS,
    LONGEST_BODY,
    LONGEST_SUBJECT,
    LetterKind,
    names_in,
    one_line,
    paragraphs,
)
from intercity.letters.models import Wording
from intercity.refusals import RefusedError


class ChangedMeanwhileError(RefusedError):
    """Somebody else changed these words since the page was opened; `version` is what stands now."""

    def __init__(self, version: int) -> None:
        """The sentence that is shown, and what to say the next time to write over what stands now."""
        super().__init__(
            _("Somebody else changed these words meanwhile. Look at theirs beside yours, then save again."), "body"
        )
        self.version = version


def set_wording(person: Visitor, kind: str, language: str, subject: str, body: str, version: int) -> Wording:
    """Let letters of a kind in a language have these words; `version` is of those that were seen, else 0."""
    author = require(person, Role.SECRETARIAT)
    known = _known(kind, language)
    subject, body = one_line(subject), paragraphs(body)
    check_words(known, subject, body)
    with transaction.atomic():
        wording = _change(author.pk, kind, language, version, subject=subject, body=body)
        record(author, "wording.set", wording, kind=kind, language=language, words=[subject, body])
    return wording


def reset_wording(person: Visitor, kind: str, language: str, version: int) -> Wording:
    """Let letters of a kind in a language have our words again."""
    author = require(person, Role.SECRETARIAT)
    _known(kind, language)
    with transaction.atomic():
        wording = _change(author.pk, kind, language, version, subject="", body="")
        record(author, "wording.reset", wording, kind=kind, language=language)
    return wording


def check_words(kind: LetterKind, subject: str, body: str) -> None:
    """Refuse words of which a letter cannot be made: none, too many, unknown names, a name missing that is needed."""
    if not subject or not body:
        raise RefusedError(_("Write something here, or go back to our words."), "body" if subject else "subject")
    for field, words, most in (("subject", subject, LONGEST_SUBJECT), ("body", body, LONGEST_BODY)):
        if len(words) > most:
            raise RefusedError(
                _("%(came)d signs came. At most %(most)d have room here.") % {"came": len(words), "most": most}, field
            )
        _check_names(kind, field, words)
    missing = [name for name in kind.needed if name not in set(names_in(body))]
    if missing:
        raise RefusedError(
            _("%(name)s is missing. Without it nobody can do what this letter asks for: %(meaning)s.")
            % {"name": f"{{{missing[0]}}}", "meaning": kind.all_names[missing[0]]},
            "body",
        )


def _check_names(kind: LetterKind, field: str, words: str) -> None:
    allowed = " ".join(f"{{{name}}}" for name in kind.all_names)
    unknown = next((name for name in names_in(words) if name not in kind.all_names), None)
    if unknown is not None:
        raise RefusedError(
            _("%(name)s is no name of this letter. These are: %(allowed)s.")
            % {"name": f"{{{unknown[:60]}}}", "allowed": allowed},
            field,
        )
    if set("{}") & set(IN_BRACES.sub("", words)):
        raise RefusedError(
            _("A brace stands alone. Names stand between two: %(allowed)s.") % {"allowed": allowed}, field
        )


def _known(kind: str, language: str) -> LetterKind:
    if kind not in KINDS:
        raise RefusedError(_("There are no letters of this kind."), "kind")
    if language not in dict(settings.LANGUAGES):
        raise RefusedError(_("Letters are not written in this language."), "language")
    return KINDS[kind]


def _change(author: int, kind: str, language: str, version: int, *, subject: str, body: str) -> Wording:
    wording, _new = Wording.objects.get_or_create(kind=kind, language=language, defaults={"version": 0, "body": ""})
    changed = Wording.objects.filter(pk=wording.pk, version=version).update(
        subject=subject, body=body, version=version + 1, edited_by=author, edited_at=timezone.now()
    )
    wording.refresh_from_db()
    if not changed:
        raise ChangedMeanwhileError(wording.version)
    return wording
