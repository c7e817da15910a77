"""The glossary of the network: translators add and edit terms, the secretariat also removes them."""

from __future__ import annotations

from collections.abc import Mapping

from django.db import transaction
from django.utils.translation import gettext as _

from intercity.accounts.models import Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.core.language.folding import fold
from intercity.core.language.known import known
from intercity.languages.actions.writing import plain
from intercity.languages.models import GlossaryTerm
from intercity.languages.network import network_languages
from intercity.languages.rights import require_reviewer
from intercity.refusals import RefusedError

LONGEST_TERM, LONGEST_MEANING = 120, 500


def add_term(
    person: Visitor, *, language: str, words: str, meaning: str = "", translations: Mapping[str, str] | None = None
) -> GlossaryTerm:
    """Agree on a term, what is meant by it, and how it must be said in other languages."""
    author = require_reviewer(person)
    with transaction.atomic():
        term = GlossaryTerm()
        _set(term, language, words, meaning, translations or {})
        record(author, "term.added", term, words=term.words, language=term.language)
    return term


def edit_term(
    person: Visitor,
    term: GlossaryTerm,
    *,
    words: str,
    language: str | None = None,
    meaning: str = "",
    translations: Mapping[str, str] | None = None,
) -> GlossaryTerm:
    """Change a term, and how it is said in the languages that are named; no words mean none is agreed on any more."""
    author = require_reviewer(person)
    with transaction.atomic():
        found = _locked(term)
        before = found.words
        _set(found, language or found.language, words, meaning, translations or {})
        record(author, "term.edited", found, words=found.words, before=before, language=found.language)
    return found


def remove_term(person: Visitor, term: GlossaryTerm) -> None:
    """Remove a term with all that it is called: what others wrote goes, so it is the secretariat's to decide."""
    remover = require(person, Role.SECRETARIAT)
    with transaction.atomic():
        found = _locked(term)
        record(remover, "term.removed", found, words=found.words, language=found.language)
        found.delete()


def _locked(term: GlossaryTerm) -> GlossaryTerm:
    found = GlossaryTerm.objects.select_for_update().filter(pk=term.pk).first()
    if found is None:
        raise RefusedError(_("This term has been removed meanwhile. Add it anew if it is needed."))
    return found


def _set(term: GlossaryTerm, language: str, words: str, meaning: str, translations: Mapping[str, str]) -> None:
    term.language, term.words, term.meaning = _code(language, "language"), _line(words), _line(meaning)
    _check(term.words, "words", LONGEST_TERM)
    _check_length(term.meaning, "meaning", LONGEST_MEANING)
    same = GlossaryTerm.objects.filter(language=term.language, words=term.words).exclude(pk=term.pk)
    if same.exists():
        raise RefusedError(
            _("The glossary has “%(term)s” already. Edit that one instead.") % {"term": term.words}, "words"
        )
    term.save()
    for code, said in translations.items():
        _say(term, _code(code, f"in_{code}"), _line(said), f"in_{code}")
    term.translations.filter(language=term.language).delete()  # the term itself is what it is called there


def _line(words: str) -> str:
    """A term is one line, with single spaces."""
    return " ".join(plain(words).split())


def _say(term: GlossaryTerm, language: str, words: str, field: str) -> None:
    """How a term is said in another language; nothing where there is no word."""
    if not words:
        term.translations.filter(language=language).delete()
        return
    if language == term.language:
        raise RefusedError(_("The term is in this language already. Leave its translation empty."), field)
    _check(words, field, LONGEST_TERM)
    term.translations.update_or_create(language=language, defaults={"words": words})


def _code(language: str, field: str) -> str:
    """A language of the network as it writes it, or another that we know."""
    wanted = language.strip().lower()
    code = next((one for one in network_languages() if one.lower() == wanted), None)
    if code is None and known(wanted) is None:
        raise RefusedError(
            _("“%(came)s” is the code of no language that is known here.") % {"came": language[:20]}, field
        )
    return code or wanted


def _check(words: str, field: str, most: int) -> None:
    if not fold(words):
        raise RefusedError(_("Write a term with at least one letter or digit."), field)
    _check_length(words, field, most)


def _check_length(words: str, field: str, most: int) -> None:
    if len(words) > most:
        raise RefusedError(
            _("These are %(number)d characters; up to %(most)d are allowed.") % {"number": len(words), "most": most},
            field,
        )
