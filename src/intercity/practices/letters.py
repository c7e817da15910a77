"""Letters about practices: their words, to whom they go, and what is filled in.

The words are made of sentences that stand in the catalogues one by one, so that a sentence that several letters share
is translated once. How each letter is sent once is told in letters.sending.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.cities.models import City, Network
from intercity.core.language.formats import format_day
from intercity.letters.kinds import QUESTIONS, LetterKind, Words, register
from intercity.letters.recipients import Recipient, of_city, of_mailbox, of_person
from intercity.letters.saying import said
from intercity.practices.models import Adoption, AdoptionStep, Practice, PracticeField, Question

KEPT_OPEN = 900
"""Characters of a question or an answer that a letter shows; the rest is on the page."""
NAMES = {
    "practice": gettext_lazy("what the practice is called"),
    "doer": gettext_lazy("who did it"),
    "city": gettext_lazy("the city that asks, or that took it over"),
    "day": gettext_lazy("the day on which it was asked or said"),
    "question": gettext_lazy("the question"),
    "answer": gettext_lazy("the answer"),
    "reason": gettext_lazy("why it cannot be answered"),
    "number": gettext_lazy("how often we have written"),
    "next": gettext_lazy("what comes next if nobody answers"),
    "standing": gettext_lazy("how it stood when somebody last said so"),
    "giver": gettext_lazy("from whom it was taken over"),
    "note": gettext_lazy("what the city wrote about it"),
    "page": gettext_lazy("the address of the page, with a word what can be done there"),
    "address": gettext_lazy("the address of the page"),
}
HERE = {name: f"{{{name}}}" for name in NAMES}
"""Puts each name in braces where a sentence has its place."""


def _kind(
    name: str, label: Words, subject: Callable[[], str], body: Callable[[], tuple[str, ...]], names: str, needed: str
) -> LetterKind:
    """Register a kind whose words are put together when they are read, in the language that is active then."""
    return register(
        LetterKind(
            name,
            QUESTIONS,
            label,
            lazy(subject, str)(),
            lazy(lambda: "\n\n".join((_("Good day,"), *body())), str)(),
            {each: NAMES[each] for each in names.split()},
            tuple(needed.split()),
        )
    )


def _asked_then() -> str:
    return _("On %(day)s %(city)s asked:") % HERE


def _answer_here() -> str:
    return _("Two or three sentences are enough. Please answer here, in your own language:") + "\n{address}"


ASKED = _kind(
    "practice-asked",
    gettext_lazy("somebody asks"),
    lambda: _("%(city)s asks about “%(practice)s”") % HERE,
    lambda: (
        _("%(city)s has read what %(doer)s did: “%(practice)s”. It asks:") % HERE,
        "{question}",
        _answer_here(),
        _("If you cannot answer, say so there with one press. That is better than silence, and nobody minds."),
    ),
    "city practice doer question address",
    "address",
)
REMINDER = _kind(
    "practice-reminder",
    gettext_lazy("the question still waits"),
    lambda: _("%(city)s still waits for an answer about “%(practice)s”") % HERE,
    lambda: (
        _("On %(day)s %(city)s asked about “%(practice)s”. Nobody has answered yet. The question was:") % HERE,
        "{question}",
        _answer_here(),
        "{next}",
    ),
    "city practice doer day question address next",
    "address",
)
PASSED_ON = _kind(
    "practice-passed-on",
    gettext_lazy("the question is passed on to the secretariat"),
    lambda: _("%(doer)s has not answered a question about “%(practice)s”") % HERE,
    lambda: (
        _(
            "On %(day)s %(city)s asked %(doer)s. We have written %(number)s times, and nobody has answered. "
            "The question was:"
        )
        % HERE,
        "{question}",
        _("A telephone call often helps. What you hear can be written here, for them:") + "\n{address}",
        _("No more letters are sent about this question."),
    ),
    "city practice doer day number question address",
    "address",
)
ANSWERED = _kind(
    "practice-answered",
    gettext_lazy("the question was answered"),
    lambda: _("%(doer)s has answered your question about “%(practice)s”") % HERE,
    lambda: (
        _asked_then(),
        "{question}",
        _("The answer:"),
        "{answer}",
        _("Everybody can read it here, so that nobody has to ask again:") + "\n{address}",
    ),
    "city practice doer day question answer address",
    "address",
)
DECLINED = _kind(
    "practice-declined",
    gettext_lazy("the question will not be answered"),
    lambda: _("Your question about “%(practice)s” cannot be answered") % HERE,
    lambda: (
        _asked_then(),
        "{question}",
        _("%(doer)s cannot answer it:") % HERE + " {reason}",
        _("Perhaps another city that took it over can help. They are listed with the practice:") + "\n{address}",
    ),
    "city practice doer day question reason address",
    "reason",
)
STATUS = _kind(
    "practice-status",
    gettext_lazy("how does it stand today?"),
    lambda: _("How does “%(practice)s” stand today?") % HERE,
    lambda: (
        _("Other cities read what %(doer)s did: “%(practice)s”.") % HERE + " {standing}",
        _("One press is enough to say so:") + "\n{address}",
        _("It may have changed or stopped. That is no shame, and others learn from it. We ask this once."),
    ),
    "practice doer standing address",
    "address",
)
TAKEN_BACK = _kind(
    "practice-taken-back",
    gettext_lazy("a city took its confirmation back"),
    lambda: _("%(city)s no longer confirms that it took over “%(practice)s”") % HERE,
    lambda: (
        _("On %(day)s %(city)s took back its confirmation that it took over “%(practice)s” from %(giver)s.") % HERE
        + " {note}",
        _(
            "Such a thing happens, and no reason has to be given. What is written about it stays; until it is "
            "confirmed again, it does not count as an adoption."
        ),
        "{page}",
        _("No more letters are sent about this."),
    ),
    "city practice day giver note page",
    "page",
)


def of_the_doers(practice: Practice) -> list[Recipient]:
    """Who can answer for a practice, the nearest first: its own mailbox, then its city's; either may have none."""
    return [of_mailbox("practice", practice.contact_mailbox, practice.city), of_city(practice.city)]


def of_the_giver(adoption: Adoption) -> list[Recipient]:
    """Who gave what another city took over: those who did it first, or the city from which it was taken."""
    giver = adoption.from_city
    if giver is None or giver.pk == adoption.practice.city_id:
        return of_the_doers(adoption.practice)
    return [of_city(giver)]


def of_the_taker(adoption: Adoption) -> list[Recipient]:
    """The city that took it over."""
    return [of_city(adoption.to_city)]


def of_the_asker(question: Question) -> list[Recipient]:
    """Whoever asked, at their office's mailbox; where they are gone, the office of their city."""
    return [of_person(question.asked_by, question.from_city, "asker"), of_city(question.from_city)]


def of_question(question: Question, language: str) -> Mapping[str, str]:
    """What a letter about a question is filled with, to whoever may answer it."""
    last = question.reminded >= 2
    return {
        **_asked(question, language),
        "number": str(question.reminded),
        "address": _page("answer_question", question.pk),
        "next": _(
            "If you cannot answer, say so there with one press. This is our last letter about it; after it we ask "
            "the secretariat for help."
        )
        if last
        else _(
            "If you cannot answer, say so there with one press. We write once more, and then ask the secretariat "
            "for help."
        ),
    }


def of_answer(question: Question, language: str) -> Mapping[str, str]:
    """What a letter to whoever asked is filled with."""
    slug = question.practice.slug
    page = f"{_page('ask_doer', slug)}#question-{question.pk}" if question.answer_id else _page("practice", slug)
    return {
        **_asked(question, language),
        "answer": said(question.answer, language, KEPT_OPEN),
        "reason": question.get_declined_because_display() if question.declined_because else _("No reason was given."),
        "address": page,
    }


def of_standing(practice: Practice, language: str) -> Mapping[str, str]:
    """What a letter that asks how a practice stands is filled with."""
    day = practice.status_confirmed_on
    standing = (
        _("On %(day)s it was: %(status)s. Since then nobody has said how it stands.")
        % {"day": format_day(day, language), "status": practice.get_status_display()}
        if day
        else _("Nobody has said how it stands.")
    )
    return {
        **_of_practice(practice, language),
        "standing": standing,
        "address": _page("confirm_status", practice.slug),
    }


def of_step(step: AdoptionStep, who: str, language: str) -> Mapping[str, str]:
    """What a letter is filled with that tells of a confirmation that was taken back, to "taker" or "giver"."""
    adoption = step.adoption
    what = (
        _("If it was a mistake, one of your officers can confirm it again here:")
        if who == "taker"
        else _("You need not do anything. Here is how it stands now:")
    )
    return {
        **_of_practice(adoption.practice, language),
        "city": adoption.to_city.named(language),
        "giver": adoption.from_city.named(language) if adoption.from_city else _doer(adoption.practice, language),
        "day": format_day(step.made_at.date(), language),
        "note": f"{_('It wrote:')}\n\n{step.note}" if step.note else "",
        "page": f"{what}\n{_page('adoption', adoption.pk)}",
    }


def _asked(question: Question, language: str) -> dict[str, str]:
    return {
        **_of_practice(question.practice, language),
        "city": question.from_city.named(language),
        "day": format_day(question.asked_at.date(), language),
        "question": said(question.text, language, KEPT_OPEN),
    }


def _of_practice(practice: Practice, language: str) -> dict[str, str]:
    title = practice.text(PracticeField.TITLE)
    network = Network.current()
    others = tuple(network.languages) if network else ()
    # The title alone: in a sentence, a note where it comes from would be in the way.
    words = " ".join(title.words(language, others).body.split()) if title else practice.slug
    return {"practice": words, "doer": _doer(practice, language)}


def _doer(practice: Practice, language: str) -> str:
    city: City | None = practice.city
    return city.named(language) if city else practice.place


def _page(name: str, key: object) -> str:
    return f"{settings.ADDRESS}{reverse(name, args=[key])}"
