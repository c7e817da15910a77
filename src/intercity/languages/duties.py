"""What machines translate by themselves: a few texts in a turn, each kept once, none over what a person wrote.

A machine's translation of an older version is made anew. A person's stays, outdated as it is, until a person renews
it: there is one translation of a text in each language, and no machine puts its words in the place of a person's.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from time import monotonic

from django.db import transaction
from django.db.models import Exists, Max, OuterRef, Q, QuerySet
from django.utils import timezone

from intercity.languages import engines
from intercity.languages.engines.contract import CannotError, Engine, EngineError, Request, RetryLaterError
from intercity.languages.engines.guards import ask
from intercity.languages.glossary import terms_for
from intercity.languages.models import (
    Beside,
    FormerTranslation,
    GlossaryTerm,
    MachineAnswer,
    Passage,
    Text,
    Translation,
    TranslationState,
    TranslationTask,
)
from intercity.languages.waiting import found_by, is_public, read_by_all
from intercity.languages.wanting import want_whatever_shows

log = logging.getLogger("intercity.languages")
TEXTS_IN_A_TURN = 8
SECONDS_OF_A_TURN = 5.0
"""No further text is begun after so many seconds, so that other duties get their turn."""
PLANNED_IN_A_TURN = 500
BESIDE_IN_A_TURN = 50
"""Texts by which nothing is found are planned so few at a time, and only when nothing else waits for a machine."""
SHARE = 0.05
"""Looking for what is missing takes at most this share of the time, where it takes longer than a tenth of a second."""
ANSWERS_KEPT = timedelta(days=30)
PLAN_ANYWAY = 300.0
"""Seconds after which missing translations are looked for even where nothing seems to have changed."""
CLAIM = timedelta(minutes=10)
FIRST_RETRY = timedelta(minutes=1)
LONGEST_RETRY = timedelta(hours=6)
"""Waits grow fourfold from one to the next: 9 attempts in the first day, 4 in each that follows."""
REFUSED_RETRY = timedelta(days=1)
"""A text that every engine refused is tried again so rarely, in case that the engines have changed."""
READ_BY_MACHINES = [TranslationState.CHECKED, TranslationState.CORRECTED, TranslationState.WRITTEN]
"""Translations that a machine may read in place of the original, the best first; never another machine's."""

_resting: dict[Engine, float] = {}
"""Until when an engine is not asked, by the clock of this process. Lost with the process, which costs one question."""
_spoken: dict[tuple[Engine, str, str], bool] = {}
"""Which pairs an engine said that it translates, for while it rests."""
_planned: dict[tuple[object, ...], float] = {}
"""For which state of things everything that is missing was noted, and until when that is believed."""


@dataclass(frozen=True)
class Route:
    """A way to a translation: the engine, the words that it reads, and their language.

    `via` is that language again where the words are a translation themselves, and empty where they are the original.
    """

    engine: Engine
    body: str
    source: str
    via: str = ""


def translate_texts(languages: Sequence[str]) -> int:
    """Translate public texts into these languages, as far as engines and time allow; returns how many were made."""
    usable = [engine for engine in engines.chosen() if engines.may_read(engine)]
    if not usable:
        return 0
    tasks = list(TranslationTask.objects.due()[:TEXTS_IN_A_TURN])
    if _plan(languages, usable, rests=not tasks):
        tasks = list(TranslationTask.objects.due()[:TEXTS_IN_A_TURN])
    until, done = monotonic() + SECONDS_OF_A_TURN, 0
    for task in tasks:
        if monotonic() > until:
            break
        if task.claim(CLAIM):
            done += _work(task, usable)
    return done


def forget_answers() -> int:
    """Forget what machines said long ago: it is kept as a translation, or its text is gone and so should this be."""
    return MachineAnswer.objects.filter(made_at__lt=timezone.now() - ANSWERS_KEPT).delete()[0]


def _plan(languages: Sequence[str], usable: Sequence[Engine], *, rests: bool) -> bool:
    """Note what is missing, unless nothing has changed since that was done: passages count their changes.

    What things are found by comes first, in all languages; the rest only where no machine had anything to do, `rests`,
    and a few at a time, so that nothing found waits long for it. Returns whether anything was noted.
    """
    changes = Passage.objects.aggregate(last=Max("change"))["last"], Beside.objects.aggregate(last=Max("pk"))["last"]
    state, everything = ((*changes, tuple(languages), tuple(usable), whole) for whole in (rests, True))
    begin = monotonic()
    if begin < max(_planned.get(one, 0.0) for one in (state, everything, ())):
        return False
    codes = {*languages, *Text.objects.order_by().values_list("language", flat=True).distinct()}
    readable = {
        target: [code for code in codes if any(_translates(engine, code, target) for engine in usable)]
        for target in languages
    }
    noted = _note_missing(readable, Q(found_by()), PLANNED_IN_A_TURN)
    is_whole = noted < PLANNED_IN_A_TURN
    if rests and is_whole:
        further = _note_missing(readable, read_by_all(), BESIDE_IN_A_TURN)
        noted, is_whole = noted + further, further < BESIDE_IN_A_TURN
    took = monotonic() - begin
    _planned.clear()
    _planned[()] = begin + took / SHARE if took > 0.1 else 0.0  # whatever the state is
    if is_whole:
        _planned[state] = begin + PLAN_ANYWAY
    return noted > 0


def _note_missing(readable: Mapping[str, Sequence[str]], which: Q, most: int) -> int:
    """Note what is missing in each language, of what engines read for it; returns how many were noted."""
    left = most
    for target, codes in readable.items():
        missing = list(_missing(target, codes, which)[:left]) if codes and left else []
        left -= len(missing)
        _note(missing, target)
    return most - left


def _missing(target: str, readable: Sequence[str], which: Q) -> QuerySet[Text]:
    """Of these texts, those without a translation that could have one, from themselves or a person's translation."""
    theirs = Translation.objects.filter(text=OuterRef("pk"))
    between = theirs.filter(text_version=OuterRef("version"), language__in=readable, state__in=READ_BY_MACHINES)
    is_there = Q(text_version=OuterRef("version")) | ~Q(state=TranslationState.MACHINE)
    noted = TranslationTask.objects.filter(text=OuterRef("pk"), language=target, text_version=OuterRef("version"))
    return (
        Text.objects.filter(which)
        .exclude(language=target)
        .filter(Q(language__in=readable) | Exists(between))
        .exclude(Exists(theirs.filter(is_there, language=target)))
        .exclude(Exists(noted))
        .order_by("pk")
    )


def _note(missing: Sequence[Text], target: str) -> None:
    """One row for each, however often this is done; one for older words becomes one for the new."""
    TranslationTask.objects.bulk_create(
        [TranslationTask(text=text, text_version=text.version, language=target) for text in missing],
        update_conflicts=True,
        unique_fields=["text", "language"],
        update_fields=["text_version", "attempts", "due_at", "claimed_until", "error"],
    )


def _work(task: TranslationTask, usable: Sequence[Engine]) -> bool:
    """Make one translation, or say on its row why not and when it is tried again."""
    text = task.text
    if text.version != task.text_version or _is_done(text, task.language) or not is_public(text):
        task.finish()  # planned anew where something is still missing
        return False
    routes = _routes(text, task.language, usable)
    why: EngineError | None = None
    for route in routes:
        if _rests(route.engine) or not engines.may_read(route.engine):
            continue
        try:
            body, model = _answer(route, task.language)
        except EngineError as error:
            why = error if not isinstance(why, RetryLaterError) else why
            _let_rest(route.engine, error)
        except Exception as error:
            log.exception("the engine %s failed", route.engine.name)
            why = RetryLaterError(f"{route.engine.name} failed ({type(error).__name__})")
        else:
            stored = _store(task, route, body, model)
            task.finish()
            return stored
    _put_off(task, routes, why, usable)
    return False


def _is_done(text: Text, language: str) -> bool:
    there = Q(text_version=text.version) | ~Q(state=TranslationState.MACHINE)
    return language == text.language or text.translations.filter(there, language=language).exists()


def _routes(text: Text, target: str, usable: Sequence[Engine]) -> list[Route]:
    """The engines that read the original, in the operator's order; only where none does, by way of a translation."""
    direct = [Route(one, text.body, text.language) for one in usable if _translates(one, text.language, target)]
    if direct:
        return direct
    read = text.translations.filter(text_version=text.version, state__in=READ_BY_MACHINES)
    best_first = sorted(read, key=lambda one: (READ_BY_MACHINES.index(TranslationState(one.state)), one.pk))
    return [
        Route(engine, one.body, one.language, one.language)
        for one in best_first
        for engine in usable
        if _translates(engine, one.language, target)
    ]


def _answer(route: Route, target: str) -> tuple[str, str]:
    """What the engine says, and its model; asked only once for the same words."""
    engine = route.engine
    terms = tuple(terms_for(route.body, route.source, target)) if engine.takes_terms else ()
    meanings = GlossaryTerm.objects.filter(language=route.source, words__in=[term for term, _must in terms])
    context = "\n".join(f"{one.words}: {one.meaning}" for one in meanings if one.meaning)
    parts = [route.body, route.source, target, engine.name, engine.model, terms, context]
    key = hashlib.sha256(json.dumps(parts).encode()).hexdigest()
    kept = MachineAnswer.objects.filter(key=key).first()
    if kept is not None:
        return kept.body, engine.model
    answer = ask(engine, Request(route.body, route.source, target, terms, context))
    MachineAnswer.objects.bulk_create([MachineAnswer(key=key, body=answer.body)], ignore_conflicts=True)
    return answer.body, answer.model


def _store(task: TranslationTask, route: Route, body: str, model: str) -> bool:
    """Keep a translation, if the words are still those that were translated and no person was faster."""
    fields = {
        "text_version": task.text_version, "body": body, "state": TranslationState.MACHINE,
        "engine": route.engine.name, "model": model[:120], "via": route.via,
        "made_by": None, "made_at": timezone.now(), "reviewed_by": None, "reviewed_at": None,
    }  # fmt: skip
    with transaction.atomic():
        text = Text.objects.select_for_update().filter(pk=task.text_id, version=task.text_version).first()
        if text is None or _is_done(text, task.language):
            return False
        older = text.translations.filter(language=task.language).first()
        if older is not None:
            FormerTranslation.objects.keep(older, None, timezone.now())
            older.complaints.filter(resolved_at=None).update(resolved_at=timezone.now())  # they are of other words
        Translation.objects.update_or_create(text=text, language=task.language, defaults=fields)
        want_whatever_shows(text)
    return True


def _put_off(
    task: TranslationTask, routes: Sequence[Route], why: EngineError | None, usable: Sequence[Engine]
) -> None:
    """Say why there is no translation, and when to try again; without any way to one, there is nothing to wait for."""
    now = timezone.now()
    asked_for = {route.engine for route in routes} or set(usable)
    rest = timedelta(seconds=min((_resting[one] - monotonic() for one in asked_for if _rests(one)), default=0.0))
    if why is None and (routes or rest):
        task.put_off(now + max(rest, FIRST_RETRY))
    elif why is None:
        task.finish()
    elif isinstance(why, CannotError):
        task.put_off(now + REFUSED_RETRY, str(why))
    else:
        wait = min(LONGEST_RETRY, FIRST_RETRY * 4 ** min(task.attempts, 6))
        asked = timedelta(seconds=why.seconds if isinstance(why, RetryLaterError) else 0)
        task.put_off(now + max(wait, asked), str(why))


def _translates(engine: Engine, source: str, target: str) -> bool:
    """Whether it translates a pair; one that cannot even say so rests, and what it said before still holds."""
    if not _rests(engine):
        try:
            _spoken[engine, source, target] = engine.translates(source, target)
        except EngineError as error:
            log.warning("%s", error)
            _let_rest(engine, error)
    return _spoken.get((engine, source, target), False)


def _rests(engine: Engine) -> bool:
    return _resting.get(engine, 0.0) > monotonic()


def _let_rest(engine: Engine, error: EngineError) -> None:
    """Ask an engine nothing until the time that it named."""
    if isinstance(error, RetryLaterError):
        _resting[engine] = monotonic() + error.seconds
