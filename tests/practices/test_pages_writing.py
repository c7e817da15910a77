"""Writing a practice on its pages: from an empty form to the public record, and nothing typed is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from intercity.accounts.models import Person
from intercity.cities.models import City
from intercity.practices import actions
from intercity.practices.models import Practice, PracticeField, PracticeState, Provenance
from intercity.practices.vocabulary import TARGETS, concepts

TOLD = {
    "title": "Market waste becomes compost",
    "summary": "The city collects what the market throws away and makes compost of it for its trees.",
    "problem": "Forty tonnes a week rotted beside the river, and people who live there complained of the smell.",
    "solution": "One lorry collects it before noon. Six people turn the heaps, and the parks take the compost.",
    "difficulties": "For a year plastic was in it, until the stalls were paid for clean baskets.",
}
CLAIM = {
    "claim-claimed_by": "Waste office of Northport",
    "claim-source": "https://example.org/report",
    "claim-claimed_on": "2024",
}
COST = {"cost-amount": "120000", "cost-currency": "KHR", "cost-kind": "capital", "cost-confidence": "budget"}
RESULT = {
    "result-indicator": "Waste dumped beside the river",
    "result-baseline": "40",
    "result-value": "5",
    "result-unit": "tonnes a week",
    "result-method": "before_after",
}
NEW = "/desk/practices/new/"


def brief(city: City | None, /, **changed: Any) -> dict[str, Any]:
    """The short description as a browser sends it."""
    where = {"city": city.pk} if city else {}
    sent = {**TOLD, **where, "language": "en", "started": "2021-05", "status": "running", **COST, **RESULT, **CLAIM}
    return {name: value for name, value in {**sent, **changed}.items() if value is not None}


@pytest.fixture
def as_bao(client: Client, bao: Person) -> Client:
    """A browser in which Bao, the officer of Northport, is signed in."""
    client.force_login(bao)
    return client


@pytest.fixture
def as_ana(client: Client, ana: Person) -> Client:
    """A browser in which Ana of the secretariat is signed in."""
    client.force_login(ana)
    return client


def words(practice: Practice) -> dict[str, str]:
    """What is told, by heading."""
    return {one.field: one.text.body for one in practice.words.select_related("text")}


def test_the_whole_way_from_an_empty_form_to_the_public_record(as_bao: Client, northport: City) -> None:
    page = as_bao.get(NEW).content.decode()
    assert f'<option value="{northport.pk}" selected>Northport' in page
    answer = as_bao.post(NEW, brief(northport, go="on"))
    assert answer["Location"] == "/practices/market-waste-becomes-compost/edit/people/"
    practice = Practice.objects.get()
    assert words(practice) == TOLD
    assert (practice.state, practice.started, practice.provenance) == ("draft", "2021-05", Provenance.CITY)
    assert practice.costs.get().source == "https://example.org/report"
    assert practice.results.get().baseline == "40"

    steps: dict[str, dict[str, Any]] = {
        "people": {
            "implementer": "Waste office", "posts": "6", "decided_by": "The mayor", "funding": ["own", "donor"],
            "staf": "Six people who were shown for two days.", "language": "en",
            "partners-TOTAL_FORMS": 2, "partners-INITIAL_FORMS": 0,
            "partners-0-name": "Market association", "partners-0-role": "community", "partners-1-role": "lead",
        },
        "claims": {"cost-currency": "KHR", "cost-kind": "capital", "cost-confidence": "reported",
                   "result-method": "told", "language": "en", "cost_note": "The land is the city's own."},
        "reach": {"scale": "district", "groups": ["small-businesses"], "language": "en", "equity": "Stalls first."},
        "transfer": {"language": "en", "must_keep": "Clean baskets."},
        "themes": {"concepts": ["market-waste"], "cofog": "05", "focus_area": "environment"},
        "contact": {
            "contact_role": "Waste office", "contact_mailbox": "waste@example.org", "licence": "CC-BY-4.0",
            "media-TOTAL_FORMS": 1, "media-INITIAL_FORMS": 0, "media-0-address": "https://example.org/a.jpg",
            "media-0-shows": "Heaps of compost", "media-0-licence": "CC BY 4.0", "media-0-kilobytes": "80",
        },
    }  # fmt: skip
    concept = next(one for one in concepts().values() if one.broader and one.targets)
    steps["themes"]["concepts"] = [concept.id]
    address = answer["Location"]
    for name, typed in steps.items():
        assert address.endswith(f"/edit/{name}/")
        assert as_bao.get(address).status_code == 200
        practice.refresh_from_db()
        answer = as_bao.post(address, {**typed, "version": practice.version, "go": "on"})
        assert answer.status_code == 302, answer.content.decode()
        address = answer["Location"]
    assert address.endswith("/edit/publish/")
    practice.refresh_from_db()
    assert practice.staff == 6
    assert (practice.scale, practice.concepts) == ("district", [concept.id])
    assert practice.targets == list(concept.targets)
    assert [one.name for one in practice.partners.all()] == ["Market association"]
    assert practice.media.get().kilobytes == 80
    page = as_bao.get(address).content.decode()
    assert "Everything that is needed is there" in page
    assert as_bao.post(address, {"note": ""}).status_code == 302
    practice.refresh_from_db()
    assert practice.state == PracticeState.PUBLISHED
    assert practice.versions.count() == 1


def test_what_is_missing_is_listed_at_once_with_where_to_say_it(as_bao: Client, draft: Practice) -> None:
    answer = as_bao.post(f"/practices/{draft.slug}/edit/publish/")
    page = answer.content.decode()
    assert answer.status_code == 422
    for field in ("summary", "problem", "solution", "difficulties", "cost-amount", "result-indicator"):
        assert f'href="/practices/{draft.slug}/edit/brief/#id_{field}"' in page
    brief_page = as_bao.get(f"/practices/{draft.slug}/edit/brief/").content.decode()
    for field in ("summary", "cost-amount", "result-indicator"):
        assert f'id="id_{field}"' in brief_page
    draft.refresh_from_db()
    assert draft.state == PracticeState.DRAFT


def test_a_draft_needs_a_title_only_and_can_be_left(as_bao: Client, northport: City) -> None:
    answer = as_bao.post(NEW, {"title": "Compost", "language": "en", "city": northport.pk, "status": "unknown",
                               "cost-currency": "KHR", "cost-kind": "capital", "cost-confidence": "reported",
                               "result-method": "told", "go": "stop"})  # fmt: skip
    assert answer["Location"] == "/desk/practices/"
    assert "Compost" in as_bao.get("/desk/practices/").content.decode()


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"claim-source": ""}, "id_claim-source"),
        ({"cost-amount": "many"}, "id_cost-amount"),
        ({"started": "last year"}, "id_started"),
        ({"unknown_costs": "on"}, "id_unknown_costs"),
        ({"title": ""}, "id_title"),
        ({"city": ""}, "id_city"),
    ],
)
def test_what_was_typed_is_shown_again_with_what_is_wrong(
    as_bao: Client, northport: City, changed: dict[str, str], field: str
) -> None:
    answer = as_bao.post(NEW, brief(northport, **changed))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert f'href="#{field}"' in page
    kept = {**TOLD, **changed}
    assert kept["difficulties"].replace("'", "&#x27;") in page
    assert kept.get("started", "2021-05") in page
    assert not Practice.objects.exists()


def test_a_number_refused_takes_the_draft_back_and_a_second_try_makes_one(as_bao: Client, northport: City) -> None:
    assert as_bao.post(NEW, brief(northport, **{"claim-claimed_on": "2999"})).status_code == 422
    assert not Practice.objects.exists()
    assert as_bao.post(NEW, brief(northport)).status_code == 302
    assert Practice.objects.count() == 1


def test_the_language_is_asked_where_it_looks_like_another(as_bao: Client, northport: City) -> None:
    lao = "ພວກເຮົາຕ້ອງການນ້ຳສະອາດສຳລັບທຸກຄົນໃນເມືອງຂອງພວກເຮົາ"
    khmer = "យើងត្រូវការទឹកស្អាតសម្រាប់មនុស្សគ្រប់គ្នានៅក្នុងទីក្រុង"
    typed = brief(northport, **dict.fromkeys(TOLD, khmer))
    answer = as_bao.post(NEW, typed)
    page = answer.content.decode()
    assert 'name="said" value="km"' in page
    assert khmer in page
    assert not Practice.objects.exists()
    assert as_bao.post(NEW, {**typed, "confirmed": "en", "said": "km"}).status_code == 302
    practice = Practice.objects.get()
    assert {one.text.language for one in practice.words.select_related("text")} == {"km"}
    assert as_bao.post(NEW, brief(northport, title=lao, confirmed="en")).status_code == 302


def test_who_saves_after_somebody_else_sees_both_and_loses_nothing(
    as_bao: Client, ana: Person, draft: Practice
) -> None:
    opened = draft.version
    actions.save(ana, draft, words={"must_keep": ("en", "What Ana wrote")}, version=opened)
    typed = {"must_keep": "What Bao wrote", "language": "en", "version": opened}
    address = f"/practices/{draft.slug}/edit/transfer/"
    answer = as_bao.post(address, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "What Ana wrote" in page
    assert "What Bao wrote" in page
    draft.refresh_from_db()
    assert f'name="version" value="{draft.version}"' in page
    assert words(draft)["must_keep"] == "What Ana wrote"
    assert as_bao.post(address, {**typed, "version": draft.version}).status_code == 302
    assert words(draft)["must_keep"] == "What Bao wrote"


def test_words_that_nobody_changed_keep_their_language(as_bao: Client, draft: Practice) -> None:
    actions.save(draft.written_by, draft, words={"must_keep": ("km", "ទឹកស្អាត")}, version=draft.version)
    draft.refresh_from_db()
    sent = {"must_keep": "ទឹកស្អាត", "may_change": "The colour of the baskets may be any other one, too.",
            "language": "en", "confirmed": "en", "version": draft.version}  # fmt: skip
    assert as_bao.post(f"/practices/{draft.slug}/edit/transfer/", sent).status_code == 302
    spoken = {one.field: one.text.language for one in draft.words.select_related("text")}
    assert spoken["may_change"] == "en"


def test_a_claim_is_added_beside_others_and_taken_back(as_bao: Client, practice: Practice) -> None:
    address = f"/practices/{practice.slug}/edit/claims/"
    one_more = {
        "cost-amount": "90000", "cost-currency": "USD", "cost-kind": "capital", "cost-confidence": "audited",
        "cost-claimed_by": "Court of auditors", "cost-source": "Report 12", "cost-claimed_on": "2022-03",
        "result-method": "told", "language": "en", "version": practice.version, "go": "again",
    }  # fmt: skip
    assert as_bao.post(address, one_more)["Location"] == address
    assert {one.claimed_by for one in practice.costs.all()} == {"Northport water office", "Court of auditors"}
    mistaken = practice.costs.get(claimed_by="Court of auditors")
    as_bao.post(address, {"remove": f"cost-{mistaken.pk}"})
    assert practice.costs.count() == 1
    answer = as_bao.post(address, {"remove": f"cost-{practice.costs.get().pk}"}, follow=True)
    assert practice.costs.count() == 1, "of what is public the last one stays"
    assert "the cost is not known" in answer.content.decode()


def test_a_claim_without_its_source_is_refused_and_the_note_is_not_lost(as_bao: Client, practice: Practice) -> None:
    sent = {"cost-amount": "90000", "cost-currency": "USD", "cost-kind": "capital", "cost-confidence": "audited",
            "result-method": "told", "language": "en", "cost_note": "Land was given.",
            "version": practice.version}  # fmt: skip
    answer = as_bao.post(f"/practices/{practice.slug}/edit/claims/", sent)
    assert answer.status_code == 422
    assert 'href="#id_cost-source"' in answer.content.decode()
    assert "Land was given." in answer.content.decode()


def test_what_is_public_is_changed_as_a_version_with_a_note(as_bao: Client, practice: Practice) -> None:
    address = f"/practices/{practice.slug}/edit/transfer/"
    assert "What you changed" in as_bao.get(address).content.decode()
    sent = {"must_keep": "The gardens.", "language": "en", "version": practice.version, "note": "What must stay"}
    assert as_bao.post(address, sent).status_code == 302
    latest = practice.versions.first()
    assert latest is not None
    assert latest.note == "What must stay"
    assert latest.document["words"][PracticeField.MUST_KEEP]["body"] == "The gardens."


def test_what_is_public_cannot_lose_what_others_need(as_bao: Client, practice: Practice) -> None:
    sent = {**TOLD, "difficulties": "", "language": "en", "city": practice.city_id, "started": "2019-03",
            "status": "running", "version": practice.version}  # fmt: skip
    answer = as_bao.post(f"/practices/{practice.slug}/edit/", sent)
    assert answer.status_code == 422
    assert 'href="#id_difficulties"' in answer.content.decode()
    assert "difficulties" in words(practice)


def test_the_secretariat_enters_one_after_a_call_and_says_so(as_ana: Client, northport: City) -> None:
    typed = brief(northport, provenance="call", source="Call with the waste office", retrieved_on="2025-03-01")
    assert as_ana.post(NEW, typed).status_code == 302
    practice = Practice.objects.get()
    assert practice.provenance == Provenance.CALL
    page = as_ana.get(f"/practices/{practice.slug}/edit/people/").content.decode()
    assert "after a call with the city" in page
    assert as_ana.post(f"/practices/{practice.slug}/edit/publish/").status_code == 302


def test_a_place_that_is_no_member_is_found_in_the_gazetteer(as_ana: Client, northport: City) -> None:
    typed = brief(None, place="Curitiba", provenance="sources", source="A book", retrieved_on="2025-03-01")
    answer = as_ana.post(NEW, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert 'value="3464975"' in page
    assert "GeoNames" in page
    assert as_ana.post(NEW, {**typed, "found": "3464975"}).status_code == 302
    practice = Practice.objects.get()
    assert (practice.place, practice.country, practice.geonames_id) == ("Curitiba", "BR", 3464975)
    sent = {**typed, "found": "3464975", "version": practice.version}
    assert as_ana.post(f"/practices/{practice.slug}/edit/", sent).status_code == 302


def test_a_place_that_nobody_knows_needs_its_country(as_ana: Client, northport: City) -> None:
    typed = brief(None, place="Qwertzuiopolis", provenance="sources", source="A book", retrieved_on="2025-03-01")
    assert 'href="#id_country"' in as_ana.post(NEW, typed).content.decode()
    assert as_ana.post(NEW, {**typed, "country": "PE"}).status_code == 302


def test_partners_are_taken_away_by_emptying_their_row(as_bao: Client, draft: Practice) -> None:
    address = f"/practices/{draft.slug}/edit/people/"
    sent = {"partners-TOTAL_FORMS": 2, "partners-INITIAL_FORMS": 0, "language": "en", "version": draft.version,
            "partners-0-name": "A union", "partners-0-role": "lead", "partners-1-role": "lead"}  # fmt: skip
    assert as_bao.post(address, sent).status_code == 302
    draft.refresh_from_db()
    assert 'value="A union"' in as_bao.get(address).content.decode()
    sent |= {"partners-TOTAL_FORMS": 3, "partners-INITIAL_FORMS": 1, "partners-0-name": "", "version": draft.version}
    assert as_bao.post(address, {**sent, "partners-2-role": "lead"}).status_code == 302
    assert not draft.partners.exists()


def test_a_picture_needs_words_and_a_licence(as_bao: Client, draft: Practice) -> None:
    sent = {"media-TOTAL_FORMS": 1, "media-INITIAL_FORMS": 0, "media-0-address": "https://example.org/a.jpg",
            "licence": "CC-BY-4.0", "version": draft.version}  # fmt: skip
    answer = as_bao.post(f"/practices/{draft.slug}/edit/contact/", sent)
    assert answer.status_code == 422
    assert 'href="#id_media-0-shows"' in answer.content.decode()


def test_concepts_are_proposed_from_the_words_and_each_is_offered_once(as_bao: Client, draft: Practice) -> None:
    actions.save(
        draft.written_by, draft, words={"problem": ("en", "The market street floods after heavy rain.")},
        version=draft.version,
    )  # fmt: skip
    page = as_bao.get(f"/practices/{draft.slug}/edit/themes/").content.decode()
    assert "Proposed from your words" in page
    ticks = [part.split('"')[0] for part in page.split('name="concepts" value="')[1:]]
    assert len(ticks) == len(set(ticks)) > 100
    assert any("flood" in one for one in ticks[:8])


def test_a_step_that_is_none_is_no_page(as_bao: Client, draft: Practice) -> None:
    assert as_bao.get(f"/practices/{draft.slug}/edit/nothing/").status_code == 404


def test_targets_follow_from_concepts_and_those_named_beside_them_stay(as_bao: Client, draft: Practice) -> None:
    first, second = [one for one in concepts().values() if one.broader and one.targets][:2]
    other = next(code for code in TARGETS if code not in {*first.targets, *second.targets})
    Practice.objects.update(concepts=[first.id], targets=[*first.targets, other])
    sent = {"concepts": [second.id], "version": draft.version}
    assert as_bao.post(f"/practices/{draft.slug}/edit/themes/", sent).status_code == 302
    draft.refresh_from_db()
    assert draft.targets == [*dict.fromkeys([*second.targets, other])]


def test_a_city_that_left_can_still_be_written_of(as_bao: Client, northport: City, practice: Practice) -> None:
    City.objects.filter(pk=northport.pk).update(left_on="2024-01-01")
    sent = {**TOLD, "language": "en", "city": northport.pk, "started": "2019-03", "status": "stopped",
            "version": practice.version}  # fmt: skip
    assert as_bao.post(f"/practices/{practice.slug}/edit/", sent).status_code == 302


def test_a_form_that_is_sent_twice_begins_one_draft(as_bao: Client, northport: City) -> None:
    mark = as_bao.get(NEW).context["told"]["begun_with"].value()
    first, second = (as_bao.post(NEW, brief(northport, begun_with=mark)) for _number in range(2))
    assert first.status_code == second.status_code == 302
    assert first["Location"] == second["Location"]
    practice = Practice.objects.get()
    assert (practice.costs.count(), practice.results.count(), practice.version) == (1, 1, 1)


def test_what_a_form_says_otherwise_the_second_time_is_saved_in_its_draft(as_bao: Client, northport: City) -> None:
    mark = str(as_bao.get(NEW).context["told"]["begun_with"].value())
    as_bao.post(NEW, brief(northport, begun_with=mark))
    again = brief(northport, begun_with=mark, summary="Now better said than before.", **{"cost-amount": "99000"})
    assert as_bao.post(NEW, again).status_code == 302
    practice = Practice.objects.get()
    assert words(practice)["summary"] == "Now better said than before."
    assert sorted(one.amount for one in practice.costs.all()) == [99000, 120000]


def test_what_somebody_saved_between_two_sendings_is_not_overwritten(
    as_bao: Client, ana: Person, northport: City
) -> None:
    mark = str(as_bao.get(NEW).context["told"]["begun_with"].value())
    as_bao.post(NEW, brief(northport, begun_with=mark))
    practice = Practice.objects.get()
    actions.save(ana, practice, words={"summary": ("en", "Ana's words.")}, version=1)
    answer = as_bao.post(NEW, brief(northport, begun_with=mark))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Ana&#x27;s words." in page
    assert TOLD["summary"] in page
    assert words(Practice.objects.get())["summary"] == "Ana's words."


def test_the_mark_of_a_form_is_of_one_person_only(as_bao: Client, ana: Person, northport: City) -> None:
    mark = as_bao.get(NEW).context["told"]["begun_with"].value()
    as_bao.post(NEW, brief(northport, begun_with=mark))
    other = actions.begin(ana, northport, {"title": ("en", "Another")}, begun_with=mark)
    assert Practice.objects.count() == 2
    with pytest.raises(actions.BegunBeforeError) as begun:
        actions.begin(ana, northport, {"title": ("en", "Another")}, begun_with=mark)
    assert begun.value.row == other
