"""Whoever wanted to be told of the answer is told once, and then nothing is known of them."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core import mail
from django.utils import timezone
from tests.letters.sink import running

from intercity.audit.models import Entry
from intercity.cities.models import Network
from intercity.dialogues import actions, duties
from intercity.dialogues.duties import tell_subscribers
from intercity.dialogues.models import Dialogue, Subscription
from intercity.letters import sending, writing
from intercity.letters.actions import silence
from intercity.letters.marks import token_for
from intercity.letters.models import Bounce, Letter


class KilledError(BaseException):
    """As if the process ended here: no `except Exception` sees it."""


@pytest.fixture
def answered(dialogue: Dialogue) -> Dialogue:
    """A dialogue of which two want to hear, one by telephone; it is answered now."""
    actions.subscribe(dialogue, email="resident@example.org", language="km")
    actions.subscribe(dialogue, phone="+855 12 345 678")
    Dialogue.objects.update(state="answered")
    return dialogue


def _claims_run_out() -> None:
    Letter.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))


def test_nobody_is_told_before_there_is_an_answer(dialogue: Dialogue) -> None:
    actions.subscribe(dialogue, email="resident@example.org")
    assert tell_subscribers() == 0
    assert mail.outbox == []


def test_they_are_told_once_in_their_language_and_forgotten(answered: Dialogue) -> None:
    assert [tell_subscribers() for _turn in range(2)] == [1, 0]
    (letter,) = mail.outbox
    assert letter.to == ["resident@example.org"]
    assert letter.extra_headers["Content-Language"] == "km"
    assert "List-Unsubscribe-Post" in letter.extra_headers
    assert "How do we keep water clean?" in letter.body
    assert "http://localhost:8000/dialogues/water/results/" in letter.body
    assert list(Subscription.objects.values_list("email", flat=True)) == [""], "a number waits for a person"
    assert not Letter.objects.exists()
    assert "resident" not in str(list(Entry.objects.values()))


@pytest.mark.parametrize(("point", "times"), [("hand_over", 1), ("_send", 1), ("_forget", 1), ("after", 2)])
def test_killed_at_any_point_they_are_told_and_forgotten(
    answered: Dialogue, monkeypatch: pytest.MonkeyPatch, point: str, times: int
) -> None:
    def killed(*arguments: object) -> None:
        if point == "after":
            writing.hand_over(*arguments)  # type: ignore[arg-type]
        raise KilledError

    with monkeypatch.context() as patched:
        where = duties if point == "_forget" else sending
        patched.setattr(where, "hand_over" if point == "after" else point, killed)
        with pytest.raises(KilledError):
            tell_subscribers()
    assert tell_subscribers() == 0
    _claims_run_out()
    assert tell_subscribers() == 1
    assert len(mail.outbox) == times
    assert len({letter.extra_headers["Message-ID"] for letter in mail.outbox}) == 1
    assert not Letter.objects.exists()
    assert not Subscription.objects.exclude(email="").exists()


def test_a_worker_that_read_the_list_before_begins_nothing_anew(answered: Dialogue) -> None:
    read_before = Subscription.objects.exclude(email="").select_related("dialogue__question").get()
    assert tell_subscribers() == 1
    assert not duties._tell(read_before)
    assert len(mail.outbox) == 1
    assert not Letter.objects.exists()


def test_a_mailbox_that_refuses_for_good_is_forgotten(answered: Dialogue, settings: pytest.FixtureRequest) -> None:
    with running() as (sink, port):
        sink.refused["resident@example.org"] = "550 5.1.1 unknown"
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"  # type: ignore[attr-defined]
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port  # type: ignore[attr-defined]
        assert tell_subscribers() == 1
        assert sink.kept == []
    assert not Letter.objects.exists()
    assert not Bounce.objects.exists()


def test_a_mail_server_that_is_away_is_asked_again(answered: Dialogue, monkeypatch: pytest.MonkeyPatch) -> None:
    def away(*_arguments: object) -> None:
        raise OSError

    with monkeypatch.context() as patched:
        patched.setattr(sending, "hand_over", away)
        assert [tell_subscribers() for _turn in range(2)] == [0, 0]
    _claims_run_out()
    assert tell_subscribers() == 1


def test_whoever_wants_no_such_letters_gets_none_and_is_forgotten(answered: Dialogue) -> None:
    silence(token_for("resident@example.org", "dialogues"))
    assert tell_subscribers() == 1
    assert mail.outbox == []
    assert not Subscription.objects.exclude(email="").exists()


def test_a_demonstration_writes_to_nobody(answered: Dialogue) -> None:
    Network.objects.update(is_demonstration=True)
    assert tell_subscribers() == 0
    assert mail.outbox == []
