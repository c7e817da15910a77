"""What the secretariat does with a dialogue as a whole: prepare, open, close, open again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from intercity.accounts.models import Person, Role
from intercity.accounts.rights import Visitor, require
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.dialogues.models import Dialogue, Round, State, Statement, StatementState
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind, LanguageSaidBy
from intercity.languages.wanting import want
from intercity.refusals import RefusedError

EDITABLE = (
    "themes", "languages", "closes_at", "answer_due", "responder_role", "responder_city", "responder", "admission",
    "moderation", "live_results", "asks_age", "asks_gender", "statement_length", "statements_each",
)  # fmt: skip


def prepare_dialogue(person: Visitor, *, slug: str, question: str, background: str, language: str) -> Dialogue:
    """Begin a draft; it is seen by the secretariat only."""
    author = require(person, Role.SECRETARIAT)
    _check_question(question)
    if Dialogue.objects.filter(slug=slug).exists():
        raise RefusedError(
            _("There is a dialogue at the address “%(slug)s” already. Choose another.") % {"slug": slug}, "slug"
        )
    with transaction.atomic():
        dialogue = Dialogue.objects.create(
            slug=slug,
            question=write_text(language, question),
            background=write_text(language, background),
            languages=[language],
        )
        Round.objects.create(dialogue=dialogue)
        want(Kind.DIALOGUE, [dialogue.pk])
        record(author, "dialogue.prepared", dialogue, slug=slug)
    return dialogue


def _check_question(question: str) -> None:
    if not question.strip():
        raise RefusedError(_("Type the question that people are asked."), "question")


def edit_dialogue(person: Visitor, dialogue: Dialogue, *, cities: list[City] | None = None, **fields: Any) -> None:
    """Change how a dialogue is run. Question and background can be changed until it opens."""
    author = require(person, Role.SECRETARIAT)
    words = {name: fields.pop(name) for name in ("question", "background") if name in fields}
    unknown = sorted(set(fields) - set(EDITABLE))
    if unknown:
        raise RefusedError(
            _("%(names)s cannot be changed. These can: %(allowed)s.")
            % {"names": ", ".join(unknown), "allowed": ", ".join(EDITABLE)}
        )
    if dialogue.state != State.DRAFT and words:
        raise RefusedError(_("People have answered this question, so its words stay. Open a new round to ask anew."))
    _check_question(words.get("question", dialogue.question.body))
    if dialogue.state != State.DRAFT and not dialogue.is_imported:
        _check_promise(dialogue, fields)
    with transaction.atomic():
        promised = str(dialogue.answer_due)
        for name, body in words.items():
            rewrite_text(getattr(dialogue, name), body)
        for field, value in fields.items():
            setattr(dialogue, field, value)
        # Only what is edited: the state may have changed since this person loaded the page.
        dialogue.save(update_fields=list(fields))
        if cities is not None:
            dialogue.cities.set(cities)
        want(Kind.DIALOGUE, [dialogue.pk])
        moved = {} if promised == str(dialogue.answer_due) else {"answer_due": [promised, str(dialogue.answer_due)]}
        record(author, "dialogue.edited", dialogue, fields=sorted([*fields, *words]), **moved)


def _check_promise(dialogue: Dialogue, fields: dict[str, Any]) -> None:
    """What people were promised when it opened may change, and may not go."""
    for name, sentence in (
        ("responder_role", _("This dialogue is public: it must say which office answers.")),
        ("responder_city", _("This dialogue is public: it must say of which city the office is that answers.")),
        ("answer_due", _("This dialogue is public: it must say until when the answer is given.")),
    ):
        if not fields.get(name, getattr(dialogue, name)):
            raise RefusedError(sentence, name)


def missing_before_opening(dialogue: Dialogue, today: date | None = None) -> list[tuple[str, str]]:
    """What is still missing, as field and sentence; empty if it can open."""
    today = today or timezone.localdate()
    found = []
    if not dialogue.responder_role or dialogue.responder_city_id is None:
        found.append(("responder_role", _("Say who will answer: an office and its city.")))
    if dialogue.answer_due is None:
        found.append(("answer_due", _("Say until when the answer will be given.")))
    elif dialogue.answer_due <= today:
        found.append(("answer_due", _("The day of the answer has passed. Choose a later one.")))
    closes = dialogue.closes_at
    if closes is not None and closes <= timezone.now():
        found.append(("closes_at", _("The closing time has passed. Choose a later one, or none.")))
    if closes is not None and dialogue.answer_due is not None and dialogue.answer_due < closes.date():
        found.append(("answer_due", _("The answer cannot come before the dialogue closes. Choose a later day.")))
    if not dialogue.languages:
        found.append(("languages", _("Choose at least one language.")))
    return found


def open_dialogue(person: Visitor, dialogue: Dialogue) -> None:
    """Let people take part. Refused without a responder and an answer date."""
    author = require(person, Role.SECRETARIAT)
    if dialogue.state != State.DRAFT:
        raise RefusedError(_("Only a draft can be opened; this dialogue is already public."))
    missing = missing_before_opening(dialogue)
    if missing:
        field, _sentence = missing[0]
        raise RefusedError(" ".join(sentence for _name, sentence in missing), field)
    with transaction.atomic():
        dialogue.state, dialogue.opened_at = State.OPEN, timezone.now()
        dialogue.save(update_fields=["state", "opened_at"])
        dialogue.rounds.filter(number=dialogue.round.number).update(opened_at=dialogue.opened_at)
        want_all_of(dialogue)
        record(author, "dialogue.opened", dialogue, answer_due=str(dialogue.answer_due))


def close_dialogue(person: Visitor, dialogue: Dialogue) -> None:
    """Take no more votes; now the responder has until the promised day."""
    author = require(person, Role.SECRETARIAT)
    if not close_now(dialogue, author):
        raise RefusedError(_("Only an open dialogue can be closed."))


def close_now(dialogue: Dialogue, author: Person | None) -> bool:
    """Close, by a person or because its time is over; False if it was not open (any more)."""
    now = timezone.now()
    with transaction.atomic():
        if not Dialogue.objects.filter(pk=dialogue.pk, state=State.OPEN).update(state=State.CLOSED):
            return False
        dialogue.rounds.filter(closed_at=None).update(closed_at=now)
        want(Kind.DIALOGUE, [dialogue.pk])
        record(author, "dialogue.closed", dialogue)
    dialogue.refresh_from_db()
    return True


def reopen_dialogue(person: Visitor, dialogue: Dialogue, *, answer_due: date, closes_at: datetime | None) -> Round:
    """Ask again: a new round that carries the statements over, with a new day for the answer."""
    author = require(person, Role.SECRETARIAT)
    if dialogue.state not in {State.CLOSED, State.ANSWERED} or dialogue.is_imported:
        raise RefusedError(_("Only a closed or answered dialogue of this network can be opened again."))
    if answer_due <= timezone.localdate():
        raise RefusedError(_("The day of the answer has passed. Choose a later one."), "answer_due")
    now = timezone.now()
    if closes_at is not None and closes_at <= now:
        raise RefusedError(_("The closing time has passed. Choose a later one, or none."), "closes_at")
    if closes_at is not None and answer_due < closes_at.date():
        raise RefusedError(_("The answer cannot come before the dialogue closes. Choose a later day."), "answer_due")
    with transaction.atomic():
        # Asked again of the row: of two people who press together, one opens the round.
        if not Dialogue.objects.filter(pk=dialogue.pk, state=dialogue.state).update(state=State.OPEN):
            raise RefusedError(_("Somebody has changed this dialogue a moment ago. Load the page again."))
        dialogue.state, dialogue.answer_due, dialogue.closes_at = State.OPEN, answer_due, closes_at
        dialogue.save(update_fields=["state", "answer_due", "closes_at"])
        last = dialogue.rounds.order_by("-number")[0]
        found = Round.objects.create(dialogue=dialogue, number=last.number + 1, opened_at=now)
        want(Kind.DIALOGUE, [dialogue.pk])
        record(author, "dialogue.reopened", dialogue, round=found.number)
    return found


def add_statement(
    person: Visitor, dialogue: Dialogue, *, body: str, language: str, is_meta: bool = False
) -> Statement:
    """Give a statement to begin with, so that the first participants have something to vote on."""
    author = require(person, Role.SECRETARIAT)
    words = " ".join(body.split())
    _check_given(dialogue, words)
    with transaction.atomic():
        statement = number_statement(dialogue, words, language, is_seed=True, is_meta=is_meta, is_accepted=True)
        record(author, "statement.given", dialogue, number=statement.number)
    return statement


def add_statements(person: Visitor, dialogue: Dialogue, *, bodies: Iterable[str], language: str) -> list[Statement]:
    """Give several statements to begin with: all of them or, if one is refused, none."""
    require(person, Role.SECRETARIAT)
    with transaction.atomic():
        return [add_statement(person, dialogue, body=body, language=language) for body in bodies]


def _check_given(dialogue: Dialogue, words: str) -> None:
    if dialogue.state not in {State.DRAFT, State.OPEN}:
        raise RefusedError(_("This dialogue is closed: it takes no more statements. Open a new round first."))
    if not 1 <= len(words) <= dialogue.statement_length:
        raise RefusedError(
            _("“%(words)s” has %(number)d characters; 1 to %(longest)d are allowed. Say one idea.")
            % {"words": Truncator(words).chars(60), "number": len(words), "longest": dialogue.statement_length},
            "body",
        )
    if dialogue.statements.shown().filter(text__body=words).exists():
        raise RefusedError(
            _("“%(words)s” is there already. Take this line away.") % {"words": Truncator(words).chars(60)}, "body"
        )


def number_statement(
    dialogue: Dialogue, body: str, language: str, *, said_by: str = LanguageSaidBy.AUTHOR, **fields: Any
) -> Statement:
    """Store a statement under the next number; the dialogue's row is locked so that no number is given twice."""
    Dialogue.objects.select_for_update().get(pk=dialogue.pk)
    last = dialogue.statements.order_by("-number").values_list("number", flat=True).first()
    text = write_text(language, body, said_by=said_by)
    fields.setdefault("state", StatementState.PUBLISHED)
    statement = Statement.objects.create(dialogue=dialogue, number=(last or 0) + 1, text=text, **fields)
    want(Kind.STATEMENT, [statement.pk])
    return statement


def want_all_of(dialogue: Dialogue) -> None:
    """Everything of a dialogue is to be found anew: to be called where it becomes public, in that transaction."""
    want(Kind.DIALOGUE, [dialogue.pk])
    want(Kind.STATEMENT, dialogue.statements.values_list("pk", flat=True))
