"""Keeping what was written: how it stands, who checked it, withdrawing; and the challenges of a city."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import Challenge, ChallengeState, Practice, PracticeState, Verification


@pytest.fixture
def public(bao: Person, practice: Practice) -> Practice:
    """A practice that everybody reads in a version of its own."""
    return actions.save(bao, practice, facts={"implementer": "Water office"}, version=practice.version)


def test_how_it_stands_is_confirmed_with_one_press(client: Client, bao: Person, practice: Practice) -> None:
    Practice.objects.update(status_confirmed_on=timezone.localdate() - timedelta(days=900))
    client.force_login(bao)
    assert "18 months" in client.get(reverse("my_practices")).content.decode()
    address = reverse("confirm_status", args=[practice.slug])
    page = client.get(address).content.decode()
    assert 'value="running" required id="id_status_2" checked' in page.replace(
        '" aria-describedby="id_status_error', ""
    )
    assert client.post(address, {"status": "running"}).status_code == 302
    practice.refresh_from_db()
    assert practice.status_confirmed_on == timezone.localdate()
    assert "18 months" not in client.get(reverse("my_practices")).content.decode()


def test_that_nobody_knows_how_it_stands_is_no_confirmation(client: Client, bao: Person, practice: Practice) -> None:
    client.force_login(bao)
    answer = client.post(reverse("confirm_status", args=[practice.slug]), {"status": "unknown"})
    assert answer.status_code == 422
    assert "Choose how it stands" in answer.content.decode()


def test_it_is_withdrawn_and_restored(client: Client, bao: Person, practice: Practice) -> None:
    client.force_login(bao)
    address = reverse("withdraw_practice", args=[practice.slug])
    assert client.post(address, {"note": "A mistake"}).status_code == 302
    practice.refresh_from_db()
    assert practice.state == PracticeState.WITHDRAWN
    assert "Restore" in client.get(address).content.decode()
    client.post(address, {})
    practice.refresh_from_db()
    assert practice.state == PracticeState.PUBLISHED


def test_a_draft_is_deleted_and_what_was_public_is_not(client: Client, bao: Person, draft: Practice) -> None:
    client.force_login(bao)
    client.post(reverse("discard_practice", args=[draft.slug]))
    assert not Practice.objects.exists()


def test_what_was_public_is_not_deleted(client: Client, bao: Person, public: Practice) -> None:
    client.force_login(bao)
    assert client.post(reverse("discard_practice", args=[public.slug])).status_code == 422
    assert Practice.objects.exists()


def test_another_city_says_that_it_is_so(client: Client, dia: Person, public: Practice) -> None:
    client.force_login(dia)
    address = reverse("verify_practice", args=[public.slug])
    assert client.post(address, {"verification": "secretariat"}).status_code == 422
    assert client.post(address, {"verification": "peer"})["Location"] == reverse("practice", args=[public.slug])
    public.refresh_from_db()
    assert (public.verification, public.verified_by) == (Verification.PEER, "Eastbay")


def test_who_is_independent_has_a_name(client: Client, ana: Person, public: Practice) -> None:
    client.force_login(ana)
    address = reverse("verify_practice", args=[public.slug])
    answer = client.post(address, {"verification": "independent"})
    assert answer.status_code == 422
    assert 'href="#id_by"' in answer.content.decode()
    assert client.post(address, {"verification": "independent", "by": "A university"}).status_code == 302


def test_a_challenge_is_written_and_its_concepts_are_proposed(client: Client, dia: Person, eastbay: City) -> None:
    client.force_login(dia)
    sent = {
        "city": eastbay.pk, "title": "Our market floods", "language": "en",
        "description": "Every month heavy rain puts the market street under water.",
    }  # fmt: skip
    answer = client.post(reverse("write_challenge"), sent)
    challenge = Challenge.objects.get()
    assert answer["Location"] == reverse("edit_challenge", args=[challenge.slug])
    page = client.get(answer["Location"]).content.decode()
    assert "Proposed from your words" in page
    proposed = page.split('name="concepts" value="')[1].split('"')[0]
    again = {**sent, "concepts": [proposed], "state": "open", "title": "Our market floods often"}
    assert client.post(answer["Location"], again).status_code == 302
    challenge.refresh_from_db()
    assert challenge.concepts == [proposed]
    assert challenge.title.body == "Our market floods often"


def test_a_challenge_refused_loses_nothing(client: Client, dia: Person, eastbay: City) -> None:
    client.force_login(dia)
    sent = {"city": eastbay.pk, "title": "", "language": "en", "description": "Long words about water."}
    answer = client.post(reverse("write_challenge"), sent)
    assert answer.status_code == 422
    assert "Long words about water." in answer.content.decode()
    assert not Challenge.objects.exists()


def test_a_challenge_in_another_language_is_asked_about(client: Client, dia: Person, eastbay: City) -> None:
    client.force_login(dia)
    khmer = "យើងត្រូវការទឹកស្អាតសម្រាប់មនុស្សគ្រប់គ្នានៅក្នុងទីក្រុង"
    sent = {"city": eastbay.pk, "title": khmer, "language": "en"}
    page = client.post(reverse("write_challenge"), sent).content.decode()
    assert 'name="said" value="km"' in page
    client.post(reverse("write_challenge"), {**sent, "confirmed": "en", "said": "km"})
    assert Challenge.objects.get().title.language == "km"


def test_a_challenge_is_closed_and_says_how(client: Client, dia: Person, challenge: Challenge) -> None:
    client.force_login(dia)
    assert client.post(reverse("close_challenge", args=[challenge.slug]), {"state": "open"}).status_code == 422
    assert client.post(reverse("close_challenge", args=[challenge.slug]), {"state": "answered"}).status_code == 302
    challenge.refresh_from_db()
    assert challenge.state == ChallengeState.ANSWERED


def typed(challenge: Challenge, **changed: object) -> dict[str, object]:
    """A challenge as the form for changing it sends it."""
    assert challenge.description
    sent = {
        "title": challenge.title.body, "description": challenge.description.body, "language": "en",
        "state": challenge.state, "version": challenge.version, "source": challenge.source,
    }  # fmt: skip
    return sent | changed


def test_two_who_change_one_challenge_see_what_the_other_wrote(
    client: Client, ana: Person, dia: Person, challenge: Challenge
) -> None:
    client.force_login(dia)
    address = reverse("edit_challenge", args=[challenge.slug])
    assert client.get(address).context["form"]["version"].value() == 1
    old = typed(challenge, title="Dia's title", state="answered")
    actions.edit_challenge(ana, challenge, title=("en", "Ana's title"), concepts=["flooding"], version=1)
    answer = client.post(address, {**old, "concepts": ["landfills"]})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What somebody else saved meanwhile" in page
    assert '<dd lang="en" dir="auto">Ana&#x27;s title</dd>' in page
    assert '<dd dir="auto">Flooding' in page
    assert 'value="Dia&#x27;s title"' in page
    challenge.refresh_from_db()
    assert (challenge.title.body, challenge.state) == ("Ana's title", ChallengeState.OPEN)
    again = client.post(
        address, {**old, "concepts": ["landfills"], "version": answer.context["form"]["version"].value()}
    )
    assert again.status_code == 302
    challenge.refresh_from_db()
    assert (challenge.title.body, challenge.state) == ("Dia's title", ChallengeState.ANSWERED)


def test_two_who_change_different_things_of_a_challenge_do_not_stop_each_other(
    client: Client, ana: Person, dia: Person, challenge: Challenge
) -> None:
    old = typed(challenge, source="https://example.org/floods")
    actions.edit_challenge(ana, challenge, state="answered", version=1)
    client.force_login(dia)
    assert (
        client.post(reverse("edit_challenge", args=[challenge.slug]), {**old, "state": "answered"}).status_code == 302
    )
    challenge.refresh_from_db()
    assert (challenge.source, challenge.state, challenge.version) == (
        "https://example.org/floods", ChallengeState.ANSWERED, 3,
    )  # fmt: skip
    assert challenge.title.version == 1


def test_a_challenge_that_is_sent_twice_is_one(client: Client, dia: Person, eastbay: City) -> None:
    client.force_login(dia)
    mark = client.get(reverse("write_challenge")).context["form"]["begun_with"].value()
    sent = {"city": eastbay.pk, "title": "Our market floods", "language": "en", "begun_with": mark}
    places = {client.post(reverse("write_challenge"), sent)["Location"] for _number in range(2)}
    assert len(places) == Challenge.objects.count() == 1
    client.post(reverse("write_challenge"), {**sent, "title": "Our market floods often"})
    assert Challenge.objects.get().title.body == "Our market floods often"


def test_words_that_nobody_changed_keep_their_language(client: Client, dia: Person, challenge: Challenge) -> None:
    actions.edit_challenge(dia, challenge, description=("vi", "Mỗi tháng chợ ngập."))
    client.force_login(dia)
    client.post(reverse("edit_challenge", args=[challenge.slug]), typed(challenge, title="Our market floods often"))
    challenge.refresh_from_db()
    assert challenge.description
    assert challenge.description.language == "vi"
    assert challenge.title.body == "Our market floods often"
