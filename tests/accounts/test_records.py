"""The secretariat's records: all is there, nothing can be written, nothing secret is shown."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.apps import apps
from django.contrib.admin import ModelAdmin
from django.contrib.admin.checks import ModelAdminChecks
from django.core.exceptions import ImproperlyConfigured
from django.db import models
from django.test import Client
from django.urls import reverse
from tests.accounts.planting import PLANTED, planted

from intercity.accounts.models import Person, SignInCard
from intercity.accounts.records import ReadOnly, Records, site
from intercity.audit.record import record
from intercity.dialogues.models import Decision, Dialogue, Participant, Statement, StoredResult, Vote
from intercity.languages.models import Text
from intercity.urls import urlpatterns

assert urlpatterns  # subjects are found when addresses are
OURS = [model for model in apps.get_models() if apps.get_app_config(model._meta.app_label).name[:10] == "intercity."]
LISTED = sorted(site._registry, key=lambda model: model._meta.label)
every_table = pytest.mark.parametrize("model", LISTED, ids=[model._meta.label for model in LISTED])
INLINE = re.compile(
    r"<style|\sstyle=|<script(?![^>]*\ssrc=)(?![^>]*application/json)|\son[a-z]+=|(?:src|<link [^>]*href)=.https?:"
)
WRITTEN = ("add/", "{}/change/", "{}/delete/", "{}/history/", "{}/password/")


def list_of(model: type[models.Model]) -> str:
    return reverse(f"records:{model._meta.app_label}_{model._meta.model_name}_changelist")


def page_of(row: models.Model) -> str:
    return reverse(f"records:{row._meta.app_label}_{row._meta.model_name}_change", args=[row.pk])


@pytest.fixture
def as_(client: Client) -> Callable[[Person | None], Client]:
    def sign_in(person: Person | None) -> Client:
        client.logout()
        if person is not None:
            client.force_login(person)
        return client

    return sign_in


def test_every_table_is_listed_or_left_out_with_a_reason() -> None:
    assert not [model._meta.label for model in OURS if model not in site._registry and model not in site.left_out]
    assert not set(site._registry) & set(site.left_out)
    assert not set(site._registry) - set(OURS), "tables of other packages hold sessions, keys and codes"
    assert all(len(reason) > 30 for reason in site.left_out.values())


def test_what_residents_do_is_left_out() -> None:
    names = {model.__name__ for model in site.left_out}
    assert {"Vote", "Participant", "Exposure", "SentKey", "Subscription", "Attempt"} <= names


@every_table
def test_django_finds_no_fault(model: type[models.Model]) -> None:
    admin = site._registry[model]
    assert not [fault for fault in ModelAdminChecks().check(admin) if fault.id != "admin.E035"]


@every_table
def test_list_and_page_open_for_the_secretariat_alone(
    model: type[models.Model], as_: Callable[[Person | None], Client], ana: Person, bao: Person, cem: Person
) -> None:
    row = planted(model)
    for address in (list_of(model), page_of(row)):
        answer = as_(ana).get(address)
        assert answer.status_code == 200, address
        page = answer.content.decode()
        assert PLANTED not in page
        assert not INLINE.findall(page), address
        for person in (bao, cem, None):
            refused = as_(person).get(address)
            assert refused.status_code == 403
            assert "This is not open to you" in refused.content.decode()
    assert page_of(row) in as_(ana).get(list_of(model)).content.decode()


@every_table
def test_nobody_writes(
    model: type[models.Model], as_: Callable[[Person | None], Client], ana: Person, bao: Person
) -> None:
    row, number = planted(model), model._default_manager.count()
    for who, refusals in ((ana, {404, 405}), (bao, {403, 404}), (None, {403, 404})):
        client = as_(who)
        for address in (list_of(model), page_of(row), *(list_of(model) + one.format(row.pk) for one in WRITTEN)):
            for method in (client.post, client.put, client.patch, client.delete):
                assert method(address, {"action": "delete_selected", "_save": "1"}).status_code in refusals, address
        for one in WRITTEN:
            assert client.get(list_of(model) + one.format(row.pk)).status_code in {403, 404}
    assert model._default_manager.count() == number


def test_the_operator_has_no_other_key(as_: Callable[[Person | None], Client], network: object) -> None:
    """A person made by `createsuperuser` has no role, and so no right."""
    root = Person.objects.create_superuser("root@example.org", "a long password", name="Root")
    assert as_(root).get(reverse("records:index")).status_code == 403


def test_the_right_ends_with_the_role(as_: Callable[[Person | None], Client], ana: Person) -> None:
    assert as_(ana).get(reverse("records:index")).status_code == 200
    Person.objects.filter(pk=ana.pk).update(is_active=False)
    assert as_(ana).get(reverse("records:index")).status_code == 403


@pytest.mark.parametrize("language", ["en", "zh-hans", "km", "lo", "fil", "ta"])
def test_the_front_page_names_every_table_in_the_readers_language(client: Client, ana: Person, language: str) -> None:
    client.force_login(ana)
    client.cookies["django_language"] = language
    page = client.get(reverse("records:index")).content.decode()
    assert f'lang="{language}"' in page
    assert all(f'href="{list_of(model)}"' in page for model in LISTED)
    assert reverse("desk") in page
    assert ("Dialogues" in page) == (language in {"en"})
    assert client.get(reverse("records:app_list", args=["dialogues"])).status_code == 200


def test_signing_out_and_passwords_are_not_offered_here(client: Client, ana: Person) -> None:
    client.force_login(ana)
    for name in (
        "login/",
        "logout/",
        "password_change/",
        "r/1/1/",
        "autocomplete/",
        "auth/group/",
        "mfa/authenticator/",
    ):
        assert client.get(reverse("records:index") + name).status_code == 404


@pytest.mark.parametrize(
    ("model", "asked"),
    [
        (Person, "password__startswith=a"),
        (Person, "last_login__gte=2020-01-01"),
        (Person, "memberships__role=officer"),
        (SignInCard, "code_hash__startswith=a"),
        (SignInCard, "person__password__startswith=a"),
        (Statement, "author__isnull=True"),
        (Statement, "author__id__exact=1"),
        (Statement, "votes__value=1"),
        (Decision, "participant__isnull=False"),
        (Dialogue, "participants__gender=female"),
    ],
)
def test_what_is_not_shown_cannot_be_asked_for(
    client: Client, ana: Person, model: type[models.Model], asked: str
) -> None:
    client.force_login(ana)
    assert client.get(f"{list_of(model)}?{asked}").status_code == 400


def test_what_is_shown_can_be_asked_for(client: Client, ana: Person, dialogue: Dialogue) -> None:
    client.force_login(ana)
    page = client.get(f"{list_of(Statement)}?dialogue__id__exact={dialogue.pk}&state__exact=published&q=Idea+number+7")
    assert page.status_code == 200
    assert [one.number for one in page.context["cl"].result_list] == [7]
    assert client.get(f"{list_of(Statement)}?state__exact=waiting").context["cl"].result_count == 0


def test_no_statement_leads_to_its_author(client: Client, ana: Person, participant: Participant) -> None:
    dialogue = participant.dialogue
    statement = dialogue.statements.get(number=1)
    Statement.objects.filter(pk=statement.pk).update(author=participant)
    client.force_login(ana)
    page = client.get(page_of(statement)).content.decode()
    assert "Idea number 1" in page
    assert "author" not in page.lower()
    assert str(participant) not in page
    shown = {field.related_model for admin in site._registry.values() for field in _shown(admin)}
    assert not shown & {Vote, Participant}


def _shown(admin: ModelAdmin[Any]) -> list[models.Field[Any, Any]]:
    assert isinstance(admin, ReadOnly)
    return admin.shown()


def test_secrets_do_not_leave_the_database(client: Client, ana: Person, dialogue: Dialogue) -> None:
    """Not shown is not enough: what is never read cannot be shown by a later mistake."""
    StoredResult.objects.get_or_create(round=dialogue.round)
    client.force_login(ana)
    (seen,) = client.get(f"{list_of(Person)}?q=Ana").context["cl"].result_list
    assert "password" in seen.get_deferred_fields()
    (stored,) = client.get(list_of(StoredResult)).context["cl"].result_list
    assert {"model", "document"} <= stored.get_deferred_fields()
    assert ana.password not in client.get(page_of(ana)).content.decode()


def test_a_record_leads_to_its_page_its_entries_and_what_belongs_to_it(
    client: Client, ana: Person, dialogue: Dialogue
) -> None:
    client.force_login(ana)
    page = client.get(page_of(dialogue))
    text = page.content.decode()
    assert f'href="{reverse("dialogue", args=[dialogue.slug])}"' in text
    assert f"?dialogue__id__exact={dialogue.pk}" in text
    entries = client.get(page.context["entries_address"]).context["cl"]
    assert entries.result_count == page.context["entries"] > 0
    assert {entry.subject for entry in entries.result_list} == {f"dialogue:{dialogue.pk}"}
    leading = {address: number for _what, number, address in page.context["leading_here"]}
    assert leading[f"{list_of(Statement)}?dialogue__id__exact={dialogue.pk}"] == 12
    assert all(client.get(address).context["cl"].result_count == number for address, number in leading.items())


def test_words_carry_their_language(client: Client, ana: Person) -> None:
    text = Text.objects.create(language="km", body="ទឹក <b>\nស្អាត")
    client.force_login(ana)
    assert '<span lang="km" dir="auto">ទឹក &lt;b&gt;<br>ស្អាត</span>' in client.get(page_of(text)).content.decode()


def test_looking_up_writes_nothing_and_asks_little(
    client: Client, ana: Person, dialogue: Dialogue, django_assert_max_num_queries: Any
) -> None:
    record(ana, "looked.at", dialogue)
    client.force_login(ana)
    with django_assert_max_num_queries(14) as asked:
        client.get(list_of(Statement))
    assert not [one["sql"] for one in asked.captured_queries if re.match(r"INSERT|UPDATE|DELETE", one["sql"])]


def test_what_could_write_is_not_taken() -> None:
    with pytest.raises(ImproperlyConfigured):
        Records().register(Dialogue, ModelAdmin)


def test_the_desk_leads_to_the_records(client: Client, ana: Person, bao: Person) -> None:
    for person, leads in ((ana, True), (bao, False)):
        client.force_login(person)
        assert (reverse("records:index") in client.get(reverse("desk")).content.decode()) == leads
