"""Giving texts to translators elsewhere as a file, and taking the file back: row by row, and none lost in silence."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.core.language.known import known
from intercity.core.language.names import language_name
from intercity.languages.actions.translating import check, correct, translate
from intercity.languages.actions.writing import plain
from intercity.languages.exchange import (
    MOST_ROWS,
    WRITTEN,
    Row,
    Sheet,
    Stage,
    kept_in_xml,
    key_of,
    mark_of,
    read_file,
    text_of,
)
from intercity.languages.glossary import found_in, known_terms
from intercity.languages.models import Findable, Text, Translation, TranslationState
from intercity.languages.network import network_languages
from intercity.languages.rights import require_reviewer
from intercity.languages.waiting import standings, to_do
from intercity.refusals import RefusedError

AT_ONCE = 500
"""Rows of which the texts are read together."""
REVIEWED = {TranslationState.CHECKED, TranslationState.CORRECTED}


@dataclass(frozen=True)
class Exported:
    """Texts to be translated; `left` is how many more wait, `altered` how many had signs that XML cannot hold."""

    name: str
    content: bytes
    content_type: str
    number: int
    left: int
    altered: int


@dataclass(frozen=True)
class Remark:
    """What is to be said of a row: where it stands in the file, why, and its translation, so that it is not lost."""

    where: str
    why: str
    words: str


@dataclass
class Imported:
    """What became of each row: `empty` had no translation, `told` were taken with something left out."""

    language: str
    written: int = 0
    corrected: int = 0
    checked: int = 0
    unchanged: int = 0
    empty: int = 0
    refused: list[Remark] = field(default_factory=list)
    told: list[Remark] = field(default_factory=list)


def export_translations(person: Visitor, language: str, form: str = "po", *, everything: bool = False) -> Exported:
    """The public texts that wait in a language, the most urgent first, or `everything`, as "po" or "xliff"."""
    require_reviewer(person)
    code = _network_code(language, "language")
    if form not in WRITTEN:
        raise RefusedError(
            _("There is no format “%(came)s”. These are: %(formats)s.")
            % {"came": form[:20], "formats": ", ".join(WRITTEN)},
            "format",
        )
    waiting = (standings(code) if everything else to_do(code)).exclude(body="")
    rows = tuple(_rows(waiting, code))
    altered = sum(kept_in_xml(row.source + row.target) != row.source + row.target for row in rows)
    write, ending, content_type = WRITTEN[form]
    content = write(Sheet(code, rows), f"Intercity: {language_name(code, 'en')}")
    return Exported(
        f"intercity-{code}.{ending}", content, content_type, len(rows), waiting.count() - len(rows), altered
    )


def import_translations(person: Visitor, content: bytes, name: str, *, language: str = "") -> Imported:
    """Take in a file that came back: each row is written, a correction or a check by the person who sends it.

    A row is refused, with its words, where the original or the translation changed since the file was made, and where
    it is none of ours. What a file says of reviews counts as a check by this person, if the words are not their own.
    Sent again, it changes nothing more. `language`, where given, is the one that the file must be of.
    """
    importer = require_reviewer(person)
    sheet = read_file(content, name)
    if not sheet.language:
        raise RefusedError(_("The file does not say into which language it translates."), "file")
    code = _network_code(sheet.language, "file")
    if language and code != language:
        raise RefusedError(
            _("The file is in %(came)s, and %(expected)s was expected.")
            % {"came": language_name(code), "expected": language_name(language)},
            "file",
        )
    done, seen = Imported(code), set[str]()
    for batch in _batches(sheet.rows):
        found = _texts(batch, code)
        for row in batch:
            _take(importer, row, found, done, is_repeated=row.key in seen)
            seen.add(row.key)
    record(
        importer, "translations.imported", importer,
        language=code, written=done.written, corrected=done.corrected, checked=done.checked, refused=len(done.refused),
    )  # fmt: skip
    return done


def _network_code(language: str, place: str) -> str:
    """A language of the network, also where a program wrote zh-CN for zh-hans."""
    wanted, codes = language.strip().lower().replace("_", "-"), network_languages()
    same = known(wanted)
    for candidate in (wanted, same.code if same else wanted):
        if candidate in {code.lower() for code in codes}:
            return next(code for code in codes if code.lower() == candidate)
    raise RefusedError(
        _("“%(came)s” is not a language of the network. These are: %(languages)s.")
        % {"came": language[:20], "languages": ", ".join(codes)},
        place,
    )


def _rows(waiting: QuerySet[Text], language: str) -> Iterator[Row]:
    """What a file holds of each text, with all that helps to translate it."""
    own = Prefetch("translations", Translation.objects.filter(language=language), to_attr="in_language")
    texts = list(waiting.prefetch_related(own)[:MOST_ROWS])
    places = _places(texts)
    terms = {source: known_terms(source, language) for source in {text.language for text in texts}}
    for text in texts:
        there: Translation | None = next(iter(text.in_language), None)
        address, kind = places.get(text.pk, ("", ""))
        agreed = (f"{one.source} → {one.target}" for one in found_in(text.body, terms[text.language]) if one.target)
        target = there.body if there else ""
        yield Row(
            key_of(text.pk, text.version), text.body, target, _stage(there, text), mark_of(kept_in_xml(target)),
            text.language, address, tuple(_notes(text, there, kind, agreed)),
        )  # fmt: skip


def _places(texts: Sequence[Text]) -> dict[int, tuple[str, str]]:
    """Where each text is read, and as what."""
    found: dict[int, tuple[str, str]] = {}
    for start in range(0, len(texts), AT_ONCE):
        for way in ("beside", "passages"):  # where it is found by it stands above where it is only read
            shown = Findable.objects.filter(**{f"{way}__text__in": texts[start : start + AT_ONCE]}).order_by("-pk")
            for text, address, kind in shown.values_list(f"{way}__text", "address", "kind"):
                found[text] = (address, kind)
    return found


def _stage(there: Translation | None, text: Text) -> Stage:
    if there is None or there.text_version < text.version:
        return Stage.UNFINISHED
    return Stage.REVIEWED if there.state in REVIEWED else Stage.TRANSLATED


def _notes(text: Text, there: Translation | None, kind: str, agreed: Iterable[str]) -> Iterator[str]:
    """For translators, in the language of whoever fetches the file."""
    yield _("The original is in %(language)s.") % {"language": language_name(text.language)}
    if kind:
        yield _("It is seen as: %(kind)s.") % {"kind": kind}
    if there is not None and there.text_version < text.version:
        yield _("The original has changed since this was translated.")
    elif there is not None and there.state == TranslationState.MACHINE:
        yield _("Made by a machine (%(engine)s), not yet checked.") % {"engine": there.engine}
    for term in agreed:
        yield _("Glossary: %(term)s") % {"term": term}


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, AT_ONCE)):
        yield batch


def _texts(rows: list[Row], language: str) -> dict[int, tuple[Text, Translation | None]]:
    """The originals of these rows, each with its translation as it is now."""
    named = {place[0] for row in rows if (place := text_of(row.key))}
    translations = Translation.objects.filter(text__in=named, language=language).select_related("text")
    there = {one.text_id: one for one in translations}
    return {text.pk: (text, there.get(text.pk)) for text in Text.objects.filter(pk__in=named)}


def _take(
    person: Person,
    row: Row,
    found: dict[int, tuple[Text, Translation | None]],
    done: Imported,
    *,
    is_repeated: bool,
) -> None:
    """Do what a row asks for, or say why not."""
    if not row.target.strip() and not row.fault:
        done.empty += 1
        return
    try:
        if is_repeated:
            raise RefusedError(_("This text stands in the file more than once. The first was taken."))
        text, there = _original(row, found)
        what = _decide(person, row, text, there, done.language)
    except RefusedError as error:
        done.refused.append(Remark(row.place, str(error), row.target))
        return
    setattr(done, what, getattr(done, what) + 1)
    if what in {"written", "corrected"} and any(_is_control(sign) for sign in row.target):
        done.told.append(Remark(row.place, _("Control characters, which nobody sees, were left out."), row.target))


def _original(row: Row, found: dict[int, tuple[Text, Translation | None]]) -> tuple[Text, Translation | None]:
    """The text of a row, if it is the one that the file was made of; of a row that nobody touched, as it is now."""
    if row.fault:
        raise RefusedError(_("The row %(fault)s.") % {"fault": row.fault})
    named = text_of(row.key)
    if named is None or named[0] not in found:
        raise RefusedError(_("“%(key)s” names no text that is here.") % {"key": row.key[:60]})
    text, there = found[named[0]]
    if named[1] != text.version:
        if not _is_as_sent(row):
            raise RefusedError(_("The original has been changed since the file was made. Download it anew."))
    elif _spaced(row.source) != _spaced(kept_in_xml(text.body)):
        raise RefusedError(_("The original in the file is not the one that is here."))
    return text, there


def _decide(person: Person, row: Row, text: Text, there: Translation | None, language: str) -> str:
    """Write, correct, check or leave a translation; which of them it was."""
    if row.key != key_of(text.pk, text.version):
        return "unchanged"
    fresh = there if there is not None and not there.is_outdated else None
    if fresh is not None and plain(row.target) == plain(fresh.body):
        return _checked(person, row, fresh)
    if _is_as_sent(row) and (fresh is not None or row.stage != Stage.REVIEWED):
        return "unchanged"  # nobody touched the row, and what changed here since then stays
    if fresh is None or _is_weaker(row, fresh):
        translate(person, text, language, row.target, text.version)
        return "written"
    _refuse_conflict(person, row, fresh)
    correct(person, fresh, row.target, text.version)
    return "corrected"


def _checked(person: Person, row: Row, fresh: Translation) -> str:
    """The words left unreviewed and came back reviewed: a check, unless it were one of the person's own words."""
    is_claimed = row.stage == Stage.REVIEWED and row.mark == _mark(fresh)
    if not is_claimed or fresh.state in REVIEWED or _is_by(person, fresh):
        return "unchanged"
    check(person, fresh, fresh.text_version)
    return "checked"


def _is_weaker(row: Row, fresh: Translation) -> bool:
    """A machine's words that the translator has not seen or not finished with: theirs are written by a person."""
    is_known = row.mark == _mark(fresh) and row.stage != Stage.UNFINISHED
    return fresh.state == TranslationState.MACHINE and not is_known


def _refuse_conflict(person: Person, row: Row, fresh: Translation) -> None:
    """A person's words give way only to one who saw them, or wrote them."""
    if row.mark != _mark(fresh) and (row.mark or not _is_by(person, fresh)):
        raise RefusedError(
            _("Somebody changed this translation since the file was made. It now says: “%(words)s”.")
            % {"words": fresh.body}
        )
    if row.stage == Stage.UNFINISHED and not _is_by(person, fresh):
        raise RefusedError(_("The row is marked as unfinished, so the translation that is here stays."))


def _is_by(person: Person, fresh: Translation) -> bool:
    """Whether the words that stand there are this person's."""
    return (fresh.reviewed_by_id if fresh.state in REVIEWED else fresh.made_by_id) == person.pk


def _is_as_sent(row: Row) -> bool:
    return row.mark == mark_of(row.target)


def _mark(there: Translation) -> str:
    return mark_of(kept_in_xml(there.body))


def _spaced(words: str) -> str:
    """However a program writes accents and spaces."""
    return " ".join(unicodedata.normalize("NFC", words).split())


def _is_control(sign: str) -> bool:
    return unicodedata.category(sign) == "Cc" and sign not in "\t\n\r"
