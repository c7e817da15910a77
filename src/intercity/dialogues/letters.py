"""The letter to those who wanted to be told of the answer."""

from __future__ import annotations

from collections.abc import Mapping

from django.conf import settings
from django.urls import reverse
from django.utils.functional import lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from intercity.cities.models import Network
from intercity.dialogues.models import Dialogue, Subscription
from intercity.letters.kinds import DIALOGUES, LetterKind, register
from intercity.letters.recipients import Recipient

NAMES = {
    "question": gettext_lazy("the question of the dialogue"),
    "address": gettext_lazy("the address of the answer"),
}


def _body() -> str:
    """The sentence as it stands in the catalogues, with names in braces in its places."""
    return _(
        "You asked to be told. The answer to “%(question)s” is here:\n%(address)s\n\nYour address is now deleted."
    ) % {name: f"{{{name}}}" for name in NAMES}


ANSWERED = register(
    LetterKind(
        "dialogue-answered",
        DIALOGUES,
        gettext_lazy("A dialogue is answered, to those who wanted to be told"),
        gettext_lazy("Your cities have answered"),
        lazy(_body, str)(),
        NAMES,
        needed=("address",),
    )
)


def of_subscriber(one: Subscription) -> Recipient:
    """Whoever left an address to be told."""
    return Recipient("subscriber", (one.email,), (one.language,))


def of_dialogue(dialogue: Dialogue, language: str) -> Mapping[str, str]:
    """What the letter is filled with."""
    network = Network.current()
    question = dialogue.question.words(language, tuple(network.languages) if network else ()).body
    return {
        "question": " ".join(question.split()),
        "address": f"{settings.ADDRESS}{reverse('results', args=[dialogue.slug])}",
    }
