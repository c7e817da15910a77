"""Webhooks: told in the action's transaction, signed, retried, logged; never into the operator's own network."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.accounts.rights import NotAllowedError
from intercity.partnerships import delivering
from intercity.partnerships.actions import commitments, webhooks
from intercity.partnerships.addresses import reachable
from intercity.partnerships.delivering import AFTER, deliver
from intercity.partnerships.models import Commitment, Delivery, Webhook, WebhookEvent
from intercity.refusals import RefusedError

MADE, CHANGED = WebhookEvent.COMMITMENT_MADE, WebhookEvent.COMMITMENT_CHANGED


class Receiver:
    """A server that is told, on a port of its own."""

    def __init__(self) -> None:
        self.came: list[tuple[dict[str, str], bytes]] = []
        self.answers = 204
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.came.append(({name.lower(): value for name, value in self.headers.items()}, body))
                self.send_response(receiver.answers)
                self.send_header("Location", "http://127.0.0.1:9/elsewhere")
                self.end_headers()

            def log_message(self, *_arguments: Any) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/told"
        Thread(target=self.server.serve_forever, daemon=True).start()


@pytest.fixture
def receiver(settings: Any) -> Iterator[Receiver]:
    settings.WEBHOOKS_ANYWHERE = True
    found = Receiver()
    yield found
    found.server.shutdown()
    found.server.server_close()


@pytest.fixture
def webhook(ana: Person, receiver: Receiver) -> Webhook:
    return webhooks.add_webhook(ana, receiver.address, [MADE, CHANGED], "our screen")[0]


def test_a_new_commitment_is_told_signed(webhook: Webhook, receiver: Receiver, commitment: Commitment) -> None:
    assert deliver() == 1
    headers, body = receiver.came[0]
    told = json.loads(body)
    assert told["type"] == "commitment.made"
    assert told["data"]["text"]["body"] == "We open four wells beside the market."
    secret = base64.b64decode(webhook.secret.removeprefix("whsec_"))
    signed = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    expected = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    assert headers["webhook-signature"] == f"v1,{expected}"
    assert deliver() == 0
    assert len(receiver.came) == 1


def test_no_mailbox_leaves_the_house(
    webhook: Webhook, receiver: Receiver, commitment: Commitment, ana: Person
) -> None:
    commitments.change(ana, commitment, version=commitment.version, mailbox="wells@example.org")
    deliver()
    assert all(b"@" not in body for _headers, body in receiver.came)


def test_what_did_not_happen_is_not_told(webhook: Webhook, commitment: Commitment, bao: Person) -> None:
    before = Delivery.objects.count()
    with transaction.atomic():
        commitments.report(bao, commitment, ("en", "It goes well."))
        assert Delivery.objects.count() == before + 1
        transaction.set_rollback(True)
    assert Delivery.objects.count() == before


def test_what_fails_is_tried_again_and_at_last_given_up(
    webhook: Webhook, receiver: Receiver, commitment: Commitment
) -> None:
    receiver.answers = 500
    for number in range(len(AFTER) + 1):
        assert deliver() == 0
        delivery = Delivery.objects.get()
        assert delivery.tries == number + 1
        assert (delivery.given_up_at is not None) == (number == len(AFTER))
        assert delivery.due_at > timezone.now() or delivery.given_up_at
        Delivery.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert deliver() == 0
    assert {headers["webhook-id"] for headers, _body in receiver.came} == {f"msg_{Delivery.objects.get().pk}"}


def test_given_up_can_be_tried_again_by_hand(
    ana: Person, webhook: Webhook, receiver: Receiver, commitment: Commitment
) -> None:
    Delivery.objects.update(tries=8, given_up_at=timezone.now())
    webhooks.try_again(ana, Delivery.objects.get())
    assert deliver() == 1
    with pytest.raises(RefusedError):
        webhooks.try_again(ana, Delivery.objects.get())


def test_a_killed_worker_leaves_a_claim_that_runs_out(
    webhook: Webhook, receiver: Receiver, commitment: Commitment, monkeypatch: pytest.MonkeyPatch
) -> None:
    def die(_delivery: Delivery) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(delivering, "_post", die)
        with pytest.raises(SystemExit):
            deliver()
    assert deliver() == 0
    Delivery.objects.update(claimed_until=timezone.now() - timedelta(seconds=1))
    assert deliver() == 1


def test_a_redirection_is_not_followed(webhook: Webhook, receiver: Receiver, commitment: Commitment) -> None:
    receiver.answers = 302
    assert deliver() == 0
    assert Delivery.objects.get().error == "HTTP 302"


def test_a_paused_one_hears_nothing(ana: Person, webhook: Webhook, bao: Person, commitment: Commitment) -> None:
    webhooks.pause_webhook(ana, webhook, is_active=False)
    before = Delivery.objects.count()
    commitments.report(bao, commitment, ("en", "It goes well."))
    assert Delivery.objects.count() == before
    assert deliver() == 0


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org/",
        "https://",
        "ftp://example.org/",
        "https://a:b@example.org/",
        "",
        "https://x/" + "y" * 500,
    ],
)
def test_addresses_that_are_refused(ana: Person, address: str) -> None:
    with pytest.raises(RefusedError):
        webhooks.add_webhook(ana, address, [MADE])
    assert not Webhook.objects.exists()


@pytest.mark.parametrize(
    "address", ["https://127.0.0.1/", "https://[::1]/", "https://10.1.2.3/", "https://169.254.169.254/latest/",
                "https://[::ffff:127.0.0.1]/", "https://localhost/"]
)  # fmt: skip
def test_nothing_leads_into_the_operators_network(address: str) -> None:
    with pytest.raises(OSError, match="inside"):
        reachable(address)


def test_only_the_secretariat_keeps_webhooks(ana: Person, bao: Person, cem: Person, webhook: Webhook) -> None:
    for person in (bao, cem, None):
        with pytest.raises(NotAllowedError):
            webhooks.add_webhook(person, "https://example.org/", [MADE])
        with pytest.raises(NotAllowedError):
            webhooks.pause_webhook(person, webhook, is_active=False)
        with pytest.raises(NotAllowedError):
            webhooks.remove_webhook(person, webhook)
    webhooks.remove_webhook(ana, webhook)
    assert not Webhook.objects.exists()


def test_at_most_so_many(ana: Person, receiver: Receiver) -> None:
    for _number in range(webhooks.MOST):
        webhooks.add_webhook(ana, receiver.address, [MADE])
    with pytest.raises(RefusedError):
        webhooks.add_webhook(ana, receiver.address, [MADE])


def test_the_secret_is_shown_once(ana: Person, bao: Person, receiver: Receiver) -> None:
    client = Client()
    client.force_login(ana)
    page = client.post("/manage/webhooks/", {"address": receiver.address, "events": [MADE.value], "note": "screen"})
    secret = Webhook.objects.get().secret
    assert secret in page.content.decode()
    assert secret not in client.get("/manage/webhooks/").content.decode()
    client.force_login(bao)
    assert client.get("/manage/webhooks/").status_code == 403
