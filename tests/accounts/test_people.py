"""Adding people, giving and ending roles, handing over, and the pages for it."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from tests import cast

from intercity.accounts import actions
from intercity.accounts.models import Membership, Person, Role, SignInCard
from intercity.accounts.rights import NotAllowedError, has_role
from intercity.cities.models import City


def roles_of(person: Person) -> set[tuple[str, str | None, str]]:
    """Current roles as role, city and mailbox."""
    held = Membership.objects.current().filter(person=person).select_related("city")
    return {(one.role, one.city.name if one.city else None, one.mailbox) for one in held}


def test_hand_over_moves_roles_and_keeps_the_mailbox(bao: Person, northport: City, eastbay: City) -> None:
    Membership.objects.filter(person=bao, role=Role.OFFICER).update(mailbox="office@northport.example")
    Membership.objects.create(person=bao, role=Role.TRANSLATOR, city=eastbay)
    successor = actions.hand_over(bao, name="Dao", email="dao@example.org", city=northport)
    assert roles_of(successor) == {
        ("moderator", "Northport", ""),
        ("officer", "Northport", "office@northport.example"),
        ("responder", "Northport", ""),
    }
    assert roles_of(bao) == {("translator", "Eastbay", "")}, "other places stay as they are"
    assert bao.memberships.exclude(ended_at=None).count() == 3, "the past is kept"


def test_hand_over_to_somebody_known_who_has_one_of_the_roles(bao: Person, cem: Person, northport: City) -> None:
    Membership.objects.create(person=cem, role=Role.MODERATOR, city=northport)
    assert actions.hand_over(bao, name="whatever", email="CEM@example.org", city=northport) == cem
    assert {role for role, _city, _mailbox in roles_of(cem)} == {"moderator", "officer", "responder"}
    cem.refresh_from_db()
    assert cem.name == "Cem"


def test_nobody_hands_over_to_themselves_or_what_they_have_not(bao: Person, northport: City, eastbay: City) -> None:
    with pytest.raises(ValidationError):
        actions.hand_over(bao, name="Bao", email="bao@example.org", city=northport)
    assert len(roles_of(bao)) == 3
    with pytest.raises(NotAllowedError):
        actions.hand_over(bao, name="Dao", city=eastbay)
    with pytest.raises(NotAllowedError):
        actions.hand_over(bao, name="Dao")


def test_the_last_of_the_secretariat_stays(ana: Person, cem: Person) -> None:
    with pytest.raises(ValidationError):
        actions.end_role(ana, ana.memberships.get())
    actions.give_role(ana, cem, Role.SECRETARIAT)
    actions.end_role(cem, ana.memberships.get())
    assert not has_role(ana, Role.SECRETARIAT)


def test_a_role_is_given_once(ana: Person, cem: Person, northport: City) -> None:
    actions.give_role(ana, cem, Role.OFFICER, northport)
    with pytest.raises(ValidationError):
        actions.give_role(ana, cem, Role.OFFICER, northport)
    actions.end_role(ana, cem.memberships.get())
    actions.give_role(ana, cem, Role.OFFICER, northport)


@pytest.mark.parametrize(("role", "city"), [("king", False), ("secretariat", True)])
def test_roles_that_are_none_are_refused(ana: Person, cem: Person, northport: City, role: str, city: bool) -> None:
    with pytest.raises(ValidationError):
        actions.give_role(ana, cem, role, northport if city else None)


def test_who_is_known_by_the_address_gets_the_role(ana: Person, cem: Person, northport: City) -> None:
    assert actions.add_person(ana, name="X", email="Cem@Example.org", role=Role.OFFICER, city=northport) == cem
    assert roles_of(cem) == {("officer", "Northport", "")}


@pytest.mark.parametrize("field", ["name", "language", "email"])
def test_what_cannot_be_is_refused(ana: Person, field: str) -> None:
    wrong = {"name": " ", "language": "??", "email": "kim"}[field]
    given: dict[str, Any] = {"name": "Kim", "language": "en", "email": "kim@example.org", field: wrong}
    with pytest.raises(ValidationError):
        actions.add_person(ana, **given)
    assert not Person.objects.filter(name="Kim").exists()


PAGES = {
    "/people/": {"ana", "bao"},
    "/people/add/": {"ana", "bao"},
    "/hand-over/": {"ana", "bao", "cem"},
    "/me/": {"ana", "bao", "cem"},
    "/accounts/email/": {"ana", "bao", "cem"},
    "/accounts/password/change/": {"ana", "bao", "cem"},
    "/accounts/2fa/": {"ana", "bao", "cem"},
    "/accounts/2fa/webauthn/": {"ana", "bao", "cem"},
}


def test_pages_are_for_who_may(client: Client, ana: Person, bao: Person, cem: Person) -> None:
    for page, allowed in PAGES.items():
        assert Client().get(page).status_code == 302, f"{page} asks to sign in"
        for name, person in (("ana", ana), ("bao", bao), ("cem", cem)):
            client.force_login(person)
            assert client.get(page).status_code == (200 if name in allowed else 403), (page, name)


def test_a_passkey_can_be_added(client: Client, cem: Person) -> None:
    client.post("/accounts/login/", {"login": "cem@example.org", "password": "long enough, Cem"})
    client.get("/accounts/email/")  # from now on allauth knows the address, as one that was never verified
    asked = client.get("/accounts/2fa/webauthn/add/", follow=True)
    assert asked.redirect_chain, "the password is asked for again, before a key is added"
    page = client.post(asked.redirect_chain[-1][0], {"password": "long enough, Cem"}, follow=True)
    assert "creation_options" in page.content.decode()
    assert 'class="top"' in page.content.decode(), "in our own frame"


def test_an_officer_sees_the_people_of_the_own_city(client: Client, ana: Person, bao: Person, eastbay: City) -> None:
    eve = cast.person("Eve", Role.MODERATOR, city=eastbay)
    client.force_login(bao)
    page = client.get("/people/").content.decode()
    assert "bao@example.org" in page
    assert "eve@example.org" not in page
    assert "ana@example.org" not in page
    assert client.get(f"/people/{eve.pk}/").status_code == 404
    assert client.get(f"/people/{bao.pk}/").status_code == 200
    assert client.post(f"/people/{bao.pk}/card/").status_code == 403
    assert client.post(f"/roles/{eve.memberships.get().pk}/end/").status_code == 403


def test_people_are_found_without_accents(client: Client, ana: Person) -> None:
    Person.objects.create(name="Nguyễn Thị Ánh")
    client.force_login(ana)
    assert "Nguyễn Thị Ánh" in client.get("/people/", {"q": "nguyen thi anh"}).content.decode()
    assert "Nguyễn" not in client.get("/people/", {"q": "zzz"}).content.decode()


def test_the_secretariat_adds_somebody_and_prints_a_card(client: Client, ana: Person, northport: City) -> None:
    client.force_login(ana)
    form = {"name": "Kim", "language": "km", "role": "officer", "city": northport.pk}
    assert client.post("/people/add/", form).status_code == 302
    kim = Person.objects.get(name="Kim")
    assert client.get(f"/people/{kim.pk}/card/").status_code == 200
    assert not SignInCard.objects.exists(), "looking issues nothing"
    page = client.post(f"/people/{kim.pk}/card/")
    assert "no-store" in page.headers["Cache-Control"]
    letters = page.context["letters"]
    assert f">{letters}<" in page.content.decode()
    assert actions.use_card(letters) == kim


def test_what_was_typed_is_not_lost(client: Client, bao: Person) -> None:
    client.force_login(bao)
    page = client.post("/people/add/", {"name": "Kim", "email": "not an address", "language": "km"})
    assert page.status_code == 422
    assert "not an address" in page.content.decode()
    assert "Kim" in page.content.decode()


def test_an_officer_cannot_give_by_the_form_what_is_not_theirs(client: Client, bao: Person, eastbay: City) -> None:
    client.force_login(bao)
    for wrong in ({"role": "secretariat"}, {"role": "officer", "city": eastbay.pk}, {"role": "officer"}):
        page = client.post("/people/add/", {"name": "Kim", "language": "en", **wrong})
        assert page.status_code == 422, wrong
    assert not Person.objects.filter(name="Kim").exists()


def test_an_officer_hands_over_by_the_page(client: Client, bao: Person, northport: City) -> None:
    client.force_login(bao)
    form = {"place": northport.pk, "name": "Dao", "email": "dao@example.org", "language": "en"}
    assert client.post("/hand-over/", form).status_code == 302
    assert not roles_of(bao)
    assert "no role to hand over" in client.get("/hand-over/").content.decode()


def test_the_profile_is_saved(client: Client, cem: Person) -> None:
    client.force_login(cem)
    assert client.post("/me/", {"name": "Cem Two", "language": "km"}).status_code == 302
    cem.refresh_from_db()
    assert (cem.name, cem.language) == ("Cem Two", "km")
    assert client.post("/me/", {"name": "Cem", "language": "xx"}).status_code == 422
