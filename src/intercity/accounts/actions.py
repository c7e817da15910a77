"""What people do about people: add them, give and end roles, hand over, and sign in with a printed card."""

from __future__ import annotations

from datetime import timedelta

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from intercity.accounts.codes import hashed, new_code
from intercity.accounts.models import Membership, Memberships, Person, Role, SignInCard
from intercity.accounts.rights import Visitor, has_role, not_allowed, require
from intercity.audit.record import record
from intercity.core.language.names import locale_of

CARD = "sign-in card"
"""The purpose under which codes of cards are hashed."""
CARD_DAYS = 30
CITY_ROLES = (Role.OFFICER, Role.MODERATOR, Role.TRANSLATOR, Role.RESPONDER)


def may_give(person: Visitor, role: str, city: models.Model | None) -> bool:
    """Whether somebody may give and end a role: the secretariat every one, an officer those of the own city."""
    if has_role(person, Role.SECRETARIAT):
        return True
    return city is not None and role in CITY_ROLES and has_role(person, Role.OFFICER, city=city)


def add_person(
    by: Visitor,
    *,
    name: str,
    email: str = "",
    language: str = "en",
    role: str = "",
    city: models.Model | None = None,
    mailbox: str = "",
) -> Person:
    """Add somebody, with a role or, by the secretariat, without one.

    Who has an account with this address already keeps it, and gets the role: an address belongs to one person.
    """
    giver = _may_give_or_refuse(by, role, city)
    with transaction.atomic():
        person = _person_at(email) or _new_person(giver, name, email, language)
        if role:
            _give(giver, person, role, city, mailbox)
    return person


def give_role(
    by: Visitor, person: Person, role: str, city: models.Model | None = None, mailbox: str = ""
) -> Membership:
    """Give somebody a role in a city or, without one, in the whole network."""
    giver = _may_give_or_refuse(by, role, city)
    with transaction.atomic():
        return _give(giver, person, role, city, mailbox)


def end_role(by: Visitor, membership: Membership) -> None:
    """End a role now. The last one of the secretariat stays, or nobody could give roles any more."""
    giver = _may_give_or_refuse(by, membership.role, membership.city)
    with transaction.atomic():
        if membership.role == Role.SECRETARIAT:
            others = Membership.objects.select_for_update().current().filter(role=Role.SECRETARIAT)
            if not others.exclude(pk=membership.pk).exists():
                raise ValidationError(
                    _("This is the last person of the secretariat. Give the role to somebody else first.")
                )
        if _end(membership):
            record(giver, "role.ended", membership.person, role=membership.role, city=membership.city_id)


def hand_over(
    by: Visitor, *, name: str, email: str = "", city: models.Model | None = None, language: str = "en"
) -> Person:
    """Give all one's roles in a city, or in the whole network, to a successor, and end one's own.

    The mailboxes of the roles stay, so that letters go on to arrive at the office.
    """
    leaver = by if isinstance(by, Person) and by.is_active else None
    if leaver is None:
        raise not_allowed(*Role)
    with transaction.atomic():
        roles = list(Membership.objects.select_for_update().current().filter(_in(city), person=leaver))
        if not roles:
            raise not_allowed(*Role)
        successor = _person_at(email) or _new_person(leaver, name, email, language)
        if successor == leaver:
            raise ValidationError({"email": _("This is your own address. Write that of the person who follows you.")})
        for membership in roles:
            _end(membership)
            if not _held(successor, membership.role, city).exists():
                _give(leaver, successor, membership.role, city, membership.mailbox)
        record(
            leaver,
            "roles.handed_over",
            successor,
            city=city.pk if city else None,
            roles=sorted(each.role for each in roles),
        )
    return successor


def edit_own_profile(person: Visitor, *, name: str, language: str) -> None:
    """Change one's own name and language."""
    if not isinstance(person, Person) or not person.is_active:
        raise not_allowed(*Role)
    _check_name(name, language)
    with transaction.atomic():
        person.name, person.language = name.strip(), language
        person.save(update_fields=["name", "language"])
        record(person, "person.edited", person, fields=["language", "name"])


def issue_card(by: Visitor, person: Person) -> tuple[SignInCard, str]:
    """A new card and its code, which is shown once and kept nowhere; cards from before sign in no longer."""
    issuer = require(by, Role.SECRETARIAT)
    return _issue(issuer, person)


def issue_card_as_operator(person: Person) -> tuple[SignInCard, str]:
    """A card from the command line, by whoever runs the installation: the way in when nobody else has one."""
    return _issue(None, person)


def revoke_cards(by: Visitor, person: Person) -> int:
    """Make all of somebody's unused cards worthless; how many there were."""
    issuer = require(by, Role.SECRETARIAT)
    with transaction.atomic():
        count = _revoke(person)
        record(issuer, "cards.revoked", person, count=count)
    return count


def use_card(typed: str) -> Person:
    """Whose card this is; from now on the card is worthless. ValidationError if it does not sign in."""
    now = timezone.now()
    with transaction.atomic():
        same = SignInCard.objects.filter(code_hash=hashed(typed, CARD), person__is_active=True)
        card = same.select_related("person").first()
        # A conditional update, so that of two who type the same code together one gets in.
        valid = same.filter(used_at=None, revoked_at=None, expires_at__gt=now)
        if card is None or not valid.update(used_at=now):
            raise ValidationError(
                {
                    "code": _(
                        "This code does not sign in. It may be mistyped, used before, replaced by a newer card, or "
                        "older than %(days)s days. Compare it sign by sign, or ask the secretariat for a new card."
                    )
                    % {"days": CARD_DAYS}
                }
            )
        record(card.person, "card.used", card.person)
    return card.person


def appoint_as_operator(*, name: str, email: str = "", language: str = "en") -> Person:
    """Somebody of the secretariat, appointed from the command line by whoever runs the installation."""
    with transaction.atomic():
        person = _person_at(email) or _new_person(None, name, email, language)
        if not _held(person, Role.SECRETARIAT, None).exists():
            _give(None, person, Role.SECRETARIAT, None, "")
    return person


def _may_give_or_refuse(by: Visitor, role: str, city: models.Model | None) -> Person:
    if isinstance(by, Person) and may_give(by, role, city):
        return by
    raise not_allowed(*((Role.SECRETARIAT, Role.OFFICER) if city is not None else (Role.SECRETARIAT,)))


def _person_at(email: str) -> Person | None:
    """Whoever has this address; nobody has none. Somebody switched off gets no role."""
    found = Person.objects.filter(email__iexact=email.strip()).first() if email.strip() else None
    if found and not found.is_active:
        raise ValidationError({"email": _("The account with this address is switched off. Ask the secretariat.")})
    return found


def _new_person(by: Person | None, name: str, email: str, language: str) -> Person:
    _check_name(name, language)
    if email.strip():
        validate_email(email.strip())
    person = Person.objects.create_user(email.strip() or None, name=name.strip(), language=language)
    record(by, "person.added", person)
    return person


def _check_name(name: str, language: str) -> None:
    if not 0 < len(name.strip()) <= 150:
        raise ValidationError({"name": _("Write a name of 1 to 150 characters.")})
    if locale_of(language) is None or len(language) > 20:
        raise ValidationError({"language": _("This is not the code of a language. Examples: en, zh-hans, km.")})


def _held(person: Person, role: str, city: models.Model | None) -> Memberships:
    return Membership.objects.current().filter(_in(city), person=person, role=role)


def _in(city: models.Model | None) -> Q:
    return Q(city=None) if city is None else Q(city_id=city.pk)


def _give(by: Person | None, person: Person, role: str, city: models.Model | None, mailbox: str) -> Membership:
    if role not in Role.values:
        raise ValidationError(
            {"role": _("There is no such role. These are: %(roles)s.") % {"roles": ", ".join(Role.values)}}
        )
    if role == Role.SECRETARIAT and city is not None:
        raise ValidationError({"city": _("The secretariat is of the whole network. Leave the city empty.")})
    if not person.is_active:
        raise ValidationError(_("This account is switched off, so it cannot get a role."))
    if _held(person, role, city).exists():
        raise ValidationError({"role": _("%(name)s has this role already.") % {"name": person.name}})
    membership = Membership.objects.create(
        person=person, role=role, city_id=city.pk if city else None, mailbox=mailbox, given_by=by
    )
    record(by, "role.given", person, role=role, city=city.pk if city else None)
    return membership


def _end(membership: Membership) -> bool:
    """Whether it was current until now."""
    membership.ended_at = timezone.now()
    current = Membership.objects.filter(pk=membership.pk, ended_at=None)
    return bool(current.update(ended_at=membership.ended_at))


def _revoke(person: Person) -> int:
    return SignInCard.objects.filter(person=person, used_at=None, revoked_at=None).update(revoked_at=timezone.now())


def _issue(issuer: Person | None, person: Person) -> tuple[SignInCard, str]:
    if not person.is_active:
        raise ValidationError(_("This account is switched off, so it cannot get a card."))
    code = new_code()
    with transaction.atomic():
        _revoke(person)
        card = SignInCard.objects.create(
            person=person,
            code_hash=hashed(code, CARD),
            issued_by=issuer,
            expires_at=timezone.now() + timedelta(days=CARD_DAYS),
        )
        record(issuer, "card.issued", person, days=CARD_DAYS)
    return card, code
