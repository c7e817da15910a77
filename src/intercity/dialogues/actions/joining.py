"""Coming in, coming back, and saying a little about oneself."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.codes import hashed, new_code
from intercity.accounts.models import Role
from intercity.accounts.rights import NotAllowedError, Visitor, has_any_role, has_role
from intercity.audit.record import record
from intercity.cities.models import City
from intercity.dialogues.models import (
    Admission,
    AgeBand,
    Channel,
    Dialogue,
    Gender,
    Invitation,
    Participant,
    Subscription,
)
from intercity.refusals import RefusedError

MOST_CODES = 500
INVITATION, RETURN, LETTERS = "invitation", "participant", "subscription"


def join(
    dialogue: Dialogue,
    *,
    visitor: Visitor = None,
    invitation_code: str = "",
    channel: str = Channel.WEB,
    **about: Any,
) -> tuple[Participant, str]:
    """Become a participant; returns them and the code to come back by, which is shown once and kept as a hash."""
    check_open(dialogue)
    wanted = _about(dialogue, about)
    with transaction.atomic():
        invitation = _admit(dialogue, visitor, invitation_code)
        if invitation is not None and invitation.city_id is not None:
            wanted["city_id"] = invitation.city_id
        code = new_code()
        participant = Participant.objects.create(
            dialogue=dialogue, code_hash=hashed(code, RETURN), channel=channel, invitation=invitation, **wanted
        )
    return participant, code


def check_open(dialogue: Dialogue) -> None:
    """Refuse where a dialogue takes no votes and no statements (any more)."""
    if not dialogue.is_open:
        raise RefusedError(_("This dialogue is closed: it takes no more votes. You can read what came of it."))


def _about(dialogue: Dialogue, given: dict[str, Any]) -> dict[str, Any]:
    """City, age, gender and language, all voluntary; only what the dialogue asks for is kept."""
    city: City | None = given.get("city")
    age, gender = given.get("age_band", ""), given.get("gender", "")
    if city is not None and not dialogue.cities.filter(pk=city.pk).exists():
        raise RefusedError(_("This city is not part of the dialogue. Choose one from the list, or none."), "city")
    if age and age not in AgeBand.values:
        raise RefusedError(_("This is no age band of the list. Choose one, or rather not say."), "age_band")
    if gender and gender not in Gender.values:
        raise RefusedError(_("This answer is not in the list. Choose one, or rather not say."), "gender")
    return {
        "city_id": None if city is None else city.pk,
        "age_band": age if dialogue.asks_age else "",
        "gender": gender if dialogue.asks_gender else "",
        "language": given.get("language", ""),
    }


def _admit(dialogue: Dialogue, visitor: Visitor, code: str) -> Invitation | None:
    if dialogue.admission == Admission.MEMBERS and not has_any_role(visitor):
        raise NotAllowedError(_("Only people with a role in the network take part in this dialogue. Sign in first."))
    if not code:
        if dialogue.admission == Admission.INVITATION:
            raise RefusedError(_("Type the code from your invitation. Whoever invited you has it."), "invitation")
        return None
    found = Invitation.objects.filter(dialogue=dialogue, code_hash=hashed(code, INVITATION)).first()
    # Counted by the condition of the update, so that two people who type one code together are not both let in.
    if found is None or not Invitation.objects.usable().filter(pk=found.pk).update(uses=F("uses") + 1):
        raise RefusedError(
            _("This code is not known here, or has been used up. Check each letter, or ask for another code."),
            "invitation",
        )
    return found


def return_by(dialogue: Dialogue, code: str) -> Participant:
    """Come back by the code that was shown when joining."""
    found = Participant.objects.filter(dialogue=dialogue, code_hash=hashed(code, RETURN)).first()
    if found is None:
        raise RefusedError(_("This code is not known here. Check each letter; letters may be small or large."), "code")
    return found


def describe_participant(participant: Participant, **about: Any) -> None:
    """Say something about oneself later, change it, or take it back."""
    check_open(participant.dialogue)
    wanted = _about(participant.dialogue, about)
    if participant.invitation_id is not None and participant.invitation and participant.invitation.city_id:
        wanted["city_id"] = participant.invitation.city_id
    with transaction.atomic():
        for name, value in wanted.items():
            setattr(participant, name, value)
        participant.save(update_fields=["city", "age_band", "gender", "language"])
        participant.dialogue.round.next_version()


def invite(
    person: Visitor, dialogue: Dialogue, *, city: City | None, number: int, most_uses: int | None, sheet: str = ""
) -> list[str]:
    """Make invitation codes, for printing; they are shown now and never again."""
    author = _inviter(person, dialogue, city)
    if not 1 <= number <= MOST_CODES:
        raise RefusedError(
            _("%(number)d codes were asked for. 1 to %(most)d can be made at a time.")
            % {"number": number, "most": MOST_CODES},
            "number",
        )
    if most_uses is not None and most_uses < 1:
        raise RefusedError(_("Each code must be for one person or more."), "most_uses")
    if city is not None and not dialogue.cities.filter(pk=city.pk).exists():
        raise RefusedError(_("This city is not part of the dialogue. Choose one from the list, or none."), "city")
    codes = [new_code() for _n in range(number)]
    with transaction.atomic():
        Invitation.objects.bulk_create(
            Invitation(
                dialogue=dialogue, city=city, code_hash=hashed(code, INVITATION), most_uses=most_uses, sheet=sheet
            )
            for code in codes
        )
        record(author, "invitations.made", dialogue, number=number, city=city and city.slug, sheet=sheet)
    return codes


def _inviter(person: Visitor, dialogue: Dialogue, city: City | None) -> Any:
    """The secretariat invites everybody, an officer the people of their city."""
    if has_role(person, Role.SECRETARIAT) or (city is not None and has_role(person, Role.OFFICER, city=city)):
        return person
    raise NotAllowedError(_("The secretariat invites, and a city's officer invites the people of that city."))


def revoke_invitations(person: Visitor, dialogue: Dialogue, *, city: City | None, sheet: str) -> int:
    """Make the codes of a sheet useless; whoever came in by them stays. Returns how many."""
    author = _inviter(person, dialogue, city)
    with transaction.atomic():
        found = dialogue.invitations.filter(sheet=sheet, revoked_at=None)
        if city is not None:
            found = found.filter(city=city)
        number = found.update(revoked_at=timezone.now())
        record(author, "invitations.revoked", dialogue, number=number, sheet=sheet)
    return number


def subscribe(dialogue: Dialogue, *, email: str = "", phone: str = "", language: str = "") -> str:
    """Ask to be told of the answer; returns a code by which to end it. Nothing leads from it to a participant."""
    if not email and not phone:
        raise RefusedError(_("Give an e-mail address or a phone number, or leave this page."), "email")
    code = new_code(20)
    Subscription.objects.create(
        dialogue=dialogue, email=email, phone=phone, language=language, code_hash=hashed(code, LETTERS)
    )
    return code


def unsubscribe(code: str) -> bool:
    """Delete the address; True if there was one."""
    return Subscription.objects.filter(code_hash=hashed(code, LETTERS)).delete()[0] > 0
