"""The words of a letter, and the message that carries them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from django.conf import settings
from django.core.mail import EmailMessage
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from intercity.cities.models import Network
from intercity.letters.kinds import LetterKind, filled, one_line, paragraphs
from intercity.letters.marks import message_id, token_for
from intercity.letters.models import Wording
from intercity.letters.recipients import Recipient, language_for


def words_of(kind: LetterKind, language: str) -> tuple[str, str]:
    """Subject and body of a kind in a language, not filled in: the network's own, else ours."""
    own = Wording.objects.own().filter(kind=kind.name, language=language).first()
    return (own.subject, own.body) if own else our_words(kind, language)


def our_words(kind: LetterKind, language: str) -> tuple[str, str]:
    """Subject and body as they came with Intercity, in a language; English where they are not translated."""
    with translation.override(language):
        return str(kind.subject), str(kind.body)


def written(
    kind: LetterKind,
    recipient: Recipient,
    recipients: Sequence[Recipient],
    fill: Callable[[str], Mapping[str, str]],
) -> tuple[str, str]:
    """Subject and body of a letter, filled in, in the language of who gets it."""
    language = language_for(recipient)
    subject, body = words_of(kind, language)
    network = Network.current()
    with translation.override(language):
        values = {"network": network.name if network else "Intercity", **fill(language)}
        parts = (filled(body, values), passed_on(recipient, recipients, language))
        return one_line(filled(subject, values)), paragraphs("\n\n".join(parts))


def previewed(kind: LetterKind, language: str, subject: str, body: str) -> tuple[str, str]:
    """A letter with such words, as it would come: instead of values stands what they are, between angle quotes."""
    with translation.override(language):
        values = {name: f"‹{meaning}›" for name, meaning in kind.all_names.items()}
        whole = signed(paragraphs(filled(body, values)), "", kind.topic)
    return one_line(filled(subject, values)), whole


def passed_on(recipient: Recipient, recipients: Sequence[Recipient], language: str) -> str:
    """A word to the secretariat where it gets a letter that was meant for somebody else."""
    if recipient.who != "secretariat" or recipients[0].who == "secretariat":
        return ""
    city = recipients[0].city
    if city is None:
        return _(
            "This letter is meant for others. We know no mailbox of theirs that takes letters, so it comes to the "
            "secretariat. Please pass it on, or answer for them."
        )
    return _(
        "This letter is meant for %(city)s. We know no mailbox of theirs that takes letters, so it comes to the "
        "secretariat. Please pass it on, or answer for them."
    ) % {"city": city.named(language)}


def stop_address(address: str, topic: str) -> str:
    """Where a mailbox has itself left out of a topic, without signing in; of no mailbox, how it begins."""
    if not address:
        return f"{settings.ADDRESS}/letters/stop/…/"
    return f"{settings.ADDRESS}{reverse('silence', args=[token_for(address, topic)])}"


def signed(body: str, address: str, topic: str) -> str:
    """A letter's words with what stands below each: who sends it, who reads a reply, how to get no more."""
    network = Network.current()
    lines = [body, "", "-- ", network.name if network else "Intercity", settings.ADDRESS]
    if network and network.contact:
        lines.append(_("A program sent this letter. If you reply to it, the secretariat reads it."))
    else:
        lines.append(_("A program sent this letter. Nobody reads replies to it."))
    if topic:
        lines += [_("To get no more letters of this kind:"), stop_address(address, topic)]
    return "\n".join(lines) + "\n"


def hand_over(key: str, address: str, recipient: Recipient, subject: str, body: str, topic: str) -> None:
    """Give a letter for one mailbox to the mail server; raises what the mail server says."""
    network = Network.current()
    language = language_for(recipient)
    headers = {
        "Message-ID": message_id(key, address),
        "Auto-Submitted": "auto-generated",
        "Content-Language": language,
    }
    if topic:  # RFC 8058: mail programs offer a button, and press it for their reader
        headers["List-Unsubscribe"] = f"<{stop_address(address, topic)}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    with translation.override(language):
        words = signed(body, address, topic)
    reply_to = [network.contact] if network and network.contact else None
    EmailMessage(subject, words, None, [address], reply_to=reply_to, headers=headers).send()
