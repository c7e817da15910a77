"""A worker that is killed at any point: no letter is lost, and one comes twice in a single gap, recognisably."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.core import mail
from tests import cast
from tests.letters.conftest import fill, later, send

from intercity.accounts.models import Person, Role
from intercity.letters import sending, writing
from intercity.letters.kinds import LetterKind
from intercity.letters.models import Letter
from intercity.letters.recipients import Recipient, of_secretariat


class KilledError(BaseException):
    """As if the process ended here: no `except Exception` sees it."""


def _killed(*_arguments: object, **_named: object) -> None:
    raise KilledError


def _after(done: Callable[..., Any]) -> Callable[..., None]:
    """Do it, and be killed then."""

    def last(*arguments: object, **named: object) -> None:
        done(*arguments, **named)
        raise KilledError

    return last


def _post_and_be_killed(kind: LetterKind, *to: Recipient) -> None:
    with pytest.raises(KilledError):
        send(kind, *to)
    assert send(kind, *to) is None, "another worker may still have it in hand"
    later(minutes=11)


@pytest.mark.parametrize("point", ["_send", "_turn", "_wanting", "written", "hand_over"])
def test_before_the_mail_server_took_it_it_is_sent_later_and_once(
    kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch, point: str
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sending, point, _killed)
        _post_and_be_killed(kind, office)
    assert mail.outbox == []
    assert send(kind, office)
    assert send(kind, office) is None
    assert len(mail.outbox) == 1


def test_between_the_mail_server_and_the_note_it_comes_twice_and_can_be_recognised(
    kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", _after(writing.hand_over))
        _post_and_be_killed(kind, office)
    assert send(kind, office)
    assert len(mail.outbox) == 2
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1


def test_after_the_note_it_is_only_marked(
    kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(sending, "mark", _killed)
        _post_and_be_killed(kind, office)
    assert send(kind, office), "what follows from it is still done"
    assert len(mail.outbox) == 1
    kept = Letter.objects.get()
    assert kept.sent_at
    assert (kept.to, kept.city) == ("city", office.city)


def test_after_the_note_it_stays_with_its_recipient_however_often_it_is_killed(
    kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = Recipient("secretariat", ("secretariat@network.example",), ())
    with monkeypatch.context() as patched:
        patched.setattr(sending, "mark", _killed)
        for _time in range(5):
            _post_and_be_killed(kind, office, other)
    assert send(kind, office, other)
    assert [letter.to for letter in mail.outbox] == [["office@northport.example"]]


def test_among_several_mailboxes_those_that_have_it_get_it_once(
    kind: LetterKind, ana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("Eve", "Fay"):
        cast.person(name, Role.SECRETARIAT)
    hand_over = writing.hand_over

    def killed_at_the_second(key: str, address: str, *rest: Any) -> None:
        if address == "eve@example.org":
            raise KilledError
        hand_over(key, address, *rest)

    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", killed_at_the_second)
        _post_and_be_killed(kind, of_secretariat())
    assert send(kind, of_secretariat())
    assert [letter.to[0] for letter in mail.outbox] == ["ana@example.org", "eve@example.org", "fay@example.org"]


def test_of_two_workers_one_sends(kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch) -> None:
    """The second comes while the first talks to the mail server."""
    hand_over = writing.hand_over
    seen: list[object] = []

    def slowly(*arguments: Any) -> None:
        seen.append(send(kind, office))
        hand_over(*arguments)

    monkeypatch.setattr(sending, "hand_over", slowly)
    assert send(kind, office)
    assert seen == [None]
    assert len(mail.outbox) == 1


def test_one_that_fails_leaves_its_words_nowhere(
    kind: LetterKind, office: Recipient, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def refuses(*_arguments: object) -> None:
        raise OSError("550 office@northport.example is unknown")

    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", refuses)
        assert send(kind, office) is None
    assert "northport" not in caplog.text
    assert Letter.objects.get().error == "OS"
    assert send(kind, office) is None, "it rests"
    later(minutes=21)
    assert send(kind, office)


def test_a_fill_that_fails_stops_only_its_letter(kind: LetterKind, office: Recipient) -> None:
    def broken(_language: str) -> dict[str, str]:
        raise KeyError("gone")

    assert sending.post("tried-1", kind, [office], broken) is None
    assert sending.post("tried-2", kind, [office], fill)
