"""Stories that residents tell: written down by an office, or sent in; shown by the city; taken back by who told them.

Whoever told a story holds a code and can take it back at any time. Then its words are deleted, with translations.
"""

from __future__ import annotations

import hashlib
import hmac
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from intercity.accounts import limits
from intercity.accounts.codes import ALPHABET, LENGTH, hashed, new_code, tidy
from intercity.accounts.models import Person
from intercity.accounts.rights import Visitor
from intercity.audit.record import record
from intercity.cities.actions.checking import Faults, Said, cleaned, language_of, refuse, words_of
from intercity.cities.models import City, Story, StoryState
from intercity.cities.rights import check_simulated, require_writer
from intercity.languages.actions import rewrite_text, write_text
from intercity.languages.models import Kind, Text
from intercity.languages.wanting import want
from intercity.refusals import RefusedError

SEND, CODE = "story", "code"
"""The purposes under which sending in and typing codes that are not known are counted; see accounts.limits."""
LONGEST_TITLE, LONGEST = 150, 10_000
SHORTEST_KEY = 20
FACTS = ("community", "teller", "audio", "audio_language", "audio_kilobytes", "licence")


class TooOftenError(RefusedError):
    """So much came from one connection that no more is taken for a while; `purpose` names the limit."""

    def __init__(self, purpose: str) -> None:
        """The sentence says what to do."""
        self.purpose = purpose
        super().__init__(
            _("This was tried too often from your connection. Nothing was saved. Wait a little, and send it again.")
        )


def write_story(
    person: Visitor,
    *,
    city: City,
    title: Said,
    text: Said,
    consent: str,
    consent_language: str = "",
    is_simulated: bool = False,
    key: str = "",
    **facts: Any,
) -> tuple[Story, str]:
    """Write down what a resident tells, with how consent was given; shown at once. The code is for the teller.

    `facts` are community, teller, audio, audio_language, audio_kilobytes and licence. The same `key` again, a secret
    of whoever sends, gives the same story and the same code: a form that is sent twice makes one story.
    """
    author = require_writer(person, city)
    check_simulated(is_simulated)
    said = {"consent": consent, "consent_language": consent_language or title[0], **facts}
    return _keep(author, city, title, text, said, key, state=StoryState.SHOWN, is_simulated=is_simulated)


def send_story(
    *, city: City, title: Said, text: Said, has_consent: bool, address: str, key: str = "", **facts: Any
) -> tuple[Story, str]:
    """Send in a story without an account; it waits until the city shows it. `key` and `facts` as in `write_story`.

    `address` is where the request comes from (accounts.limits.address): it is counted, and not kept.
    """
    if not has_consent:
        refuse([("has_consent", _("Without this the story cannot be shown to anybody. Tick it, or keep the story."))])
    consent = consent_sentence(timezone.localdate().isoformat())
    said = {"consent": consent, "consent_language": get_language() or "en", **facts}
    return _keep(None, city, title, text, said, key, state=StoryState.WAITING, address=address)


def consent_sentence(day: str) -> str:
    """To what somebody says yes who sends a story in, as it is kept with the story."""
    return _(
        "I tell this story myself, or with the yes of whoever told it, and my community may be named. The city may "
        "show it to everybody, have it translated, and let others use it under the licence I chose, until I "
        "take it back (%(day)s)."
    ) % {"day": day}


def show_story(person: Visitor, story: Story) -> Story:
    """Let everybody read a story that waits; only with consent."""
    author = require_writer(person, story.city)
    with transaction.atomic():
        found = _locked(story)
        if not found.consent or not found.community:
            raise RefusedError(_("It is not said how consent was given, or whose story it is. It cannot be shown."))
        if found.state == StoryState.WAITING:
            _move(found, StoryState.SHOWN)
            record(author, "story.shown", found, city=found.city.slug)
    return found


def hide_story(person: Visitor, story: Story) -> Story:
    """Show a story no more for now; it waits again, with its words."""
    author = require_writer(person, story.city)
    with transaction.atomic():
        found = _locked(story)
        if found.state == StoryState.SHOWN:
            _move(found, StoryState.WAITING)
            record(author, "story.hidden", found, city=found.city.slug)
    return found


def renew_story_code(person: Visitor, story: Story) -> tuple[Story, str]:
    """A new code for a teller who lost theirs; the old one is worth nothing from then on."""
    author = require_writer(person, story.city)
    with transaction.atomic():
        found = _locked(story)
        code = new_code()
        found.code_hash = hashed(code, SEND)
        found.save(update_fields=["code_hash"])
        record(author, "story.code_renewed", found, city=found.city.slug)
    return found, code


def withdraw_story(person: Visitor, story: Story) -> Story:
    """Take a story back for whoever told it, or since it cannot be shown: its words are deleted for good."""
    author = require_writer(person, story.city)
    with transaction.atomic():
        return _erase(author, _locked(story))


def withdraw_story_by_code(code: str, *, address: str) -> Story:
    """Take back one's own story by the code that came with it: its words are deleted for good.

    `address` is where the request comes from; codes that are not known are counted by it.
    """
    if limits.is_used_up(CODE, address):
        raise TooOftenError(CODE)
    with transaction.atomic():
        known = Story.objects.filter(code_hash=hashed(code, SEND)).first() if tidy(code) else None
        if known is not None:
            return _erase(None, _locked(known))
    limits.allow(CODE, address)
    raise RefusedError(
        _("No story has this code. It has ten letters and digits. Look at it again, or ask the city."), "code"
    )


def _keep(
    author: Person | None,
    city: City,
    title: Said,
    text: Said,
    facts: dict[str, Any],
    key: str,
    *,
    state: StoryState,
    is_simulated: bool = False,
    address: str = "",
) -> tuple[Story, str]:
    if city.left_on is not None:
        raise RefusedError(_("%(name)s is a member no longer. Choose a member.") % {"name": city.name}, "city")
    heading, body, kept = _checked(title, text, facts)
    code = _code_from(key)
    there = Story.objects.filter(code_hash=hashed(code, SEND), city=city).first()
    if there is not None:
        return there, code
    if author is None and not limits.allow(SEND, address):
        raise TooOftenError(SEND)
    try:
        with transaction.atomic():
            story = Story.objects.create(
                city=city,
                title=write_text(*heading),
                text=write_text(*body),
                state=state,
                code_hash=hashed(code, SEND),
                is_simulated=is_simulated,
                written_by=author,
                **kept,
            )
            want(Kind.STORY, [story.pk])
            record(author, "story.written" if author else "story.sent", story, city=city.slug)
    except IntegrityError:  # the same form, at the same moment
        return Story.objects.get(code_hash=hashed(code, SEND)), code
    return story, code


def _checked(title: Said, text: Said, facts: dict[str, Any]) -> tuple[Said, Said, dict[str, Any]]:
    """Title, words and facts as they are kept; everything that is wrong is said at once."""
    unknown = sorted(set(facts) - {*FACTS, "consent", "consent_language"})
    if unknown:
        raise TypeError(f"no facts of a story: {unknown}")
    heading, faults = words_of("title", title, LONGEST_TITLE, _("Write in one line what the story is called."))
    body, wrong = words_of("text", text, LONGEST, _("Write the story."))
    needed = {
        "community": _("Write whose story it is: a village, a people, a guild, a family. It is shown with the story."),
        "consent": _("Write how consent was given, and when. Without it nothing can be shown."),
    }
    kept, missing = cleaned(Story, {"licence": "CC-BY-4.0", "community": "", **facts}, needed)
    found = [*faults, *wrong, *missing, *_faults_of_recording(kept)]
    refuse(list(dict.fromkeys(found)))
    return heading, body, kept


def _faults_of_recording(kept: dict[str, Any]) -> Faults:
    """A recording is told with its language, and what is told of a recording needs one."""
    audio, spoken = kept.get("audio", ""), kept.get("audio_language", "")
    if audio and not audio.startswith(("https://", "http://")):
        return [("audio", _("Write an address that begins with https://."))]
    if audio and not spoken:
        return [("audio_language", _("Say in which language it is spoken."))]
    if (spoken or kept.get("audio_kilobytes")) and not audio:
        return [("audio", _("Write the address of the recording, or leave its language and size empty."))]
    return language_of(spoken, "audio_language")[1] if spoken else []


def _code_from(key: str) -> str:
    """The code that belongs to a key which a form was given, or a new one: nobody can guess a code from outside."""
    if len(key) < SHORTEST_KEY:
        return new_code()
    secret = f"story code\x00{settings.SECRET_KEY}".encode()
    number = int.from_bytes(hmac.new(secret, key.encode(), hashlib.sha256).digest(), "big")
    signs = []
    for _place in range(LENGTH):
        number, place = divmod(number, len(ALPHABET))
        signs.append(ALPHABET[place])
    return "".join(signs)


def _locked(story: Story) -> Story:
    found = Story.objects.select_for_update(of=("self",)).select_related("city", "title", "text").get(pk=story.pk)
    if found.state == StoryState.WITHDRAWN:
        raise RefusedError(_("This story was taken back. Its words are no longer here."))
    return found


def _move(story: Story, state: StoryState) -> None:
    story.state = state
    story.save(update_fields=["state"])
    want(Kind.STORY, [story.pk])


def _erase(author: Person | None, story: Story) -> Story:
    """Leave nothing but that there was a story: neither words nor translations, neither names nor a recording."""
    for text in (story.title, story.text):
        _empty(text)
    for name in ("community", "teller", "consent", "consent_language", "audio", "audio_language"):
        setattr(story, name, "")
    story.audio_kilobytes, story.code_hash, story.state = None, "", StoryState.WITHDRAWN
    story.save()
    want(Kind.STORY, [story.pk])
    record(author, "story.withdrawn", story, city=story.city.slug)
    return story


def _empty(text: Text) -> None:
    rewrite_text(text, "")
    text.translations.all().delete()
