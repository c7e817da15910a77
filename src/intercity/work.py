"""The duties of all subjects, one after the other, again and again."""

from __future__ import annotations

import logging
import signal
from collections.abc import Callable, Sequence
from threading import Event, Thread

from django.db import close_old_connections

from intercity.accounts import limits
from intercity.cities import duties as cities
from intercity.dialogues import duties as dialogues
from intercity.events import duties as events
from intercity.languages import duties as languages
from intercity.languages import indexing
from intercity.languages.network import network_languages
from intercity.partnerships import delivering, finding
from intercity.partnerships import duties as promises
from intercity.partnerships import seeking_duties as seeking
from intercity.practices import duties as practices
from intercity.practices.search import duties as searching

log = logging.getLogger("intercity.work")
PAUSE = 1.0


def translate_texts() -> int:
    """Let machines translate what is public into the network's languages, as far as it has engines."""
    return languages.translate_texts(network_languages())


DUTIES: tuple[Callable[[], int], ...] = (
    dialogues.close_dialogues,
    dialogues.update_results,
    dialogues.publish_releases,
    dialogues.tell_subscribers,
    dialogues.forget_keys,
    cities.index_cities,
    cities.index_stories,
    dialogues.index_dialogues,
    events.index_events,
    searching.index_practices,
    finding.index_commitments,
    seeking.end_postings,
    seeking.index_postings,
    dialogues.propose_similar,
    indexing.renew_passages,
    translate_texts,
    practices.send_letters,
    *promises.LETTERS,
    *seeking.LETTERS,
    delivering.deliver,
    languages.forget_answers,
    limits.forget,
)


BESIDE = (
    translate_texts, dialogues.tell_subscribers, practices.send_letters, *promises.LETTERS, *seeking.LETTERS,
    delivering.deliver,
)  # fmt: skip
"""Those that may wait a minute for somebody else's server, and therefore go on beside the others."""


def work_once(duties: Sequence[Callable[[], int]] = DUTIES) -> int:
    """Do every duty once; one that fails does not keep the others from their turn. Returns how much was done."""
    done = 0
    for duty in duties:
        try:
            done += duty()
        except Exception:
            log.exception("the duty %s failed and will be tried again", duty.__name__)
    return done


def work_on() -> None:
    """Work until told to stop; what has begun is finished first."""
    stop = Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    beside = Thread(target=_go_on, args=(stop, BESIDE), name="beside", daemon=True)
    beside.start()
    _go_on(stop, [duty for duty in DUTIES if duty not in BESIDE])
    beside.join()


def _go_on(stop: Event, duties: Sequence[Callable[[], int]]) -> None:
    while not stop.is_set():
        close_old_connections()
        if not work_once(duties):
            stop.wait(PAUSE)
