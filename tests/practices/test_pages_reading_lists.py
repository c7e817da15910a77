"""The reading list, comparing, the two pages of paper, challenges, the vocabulary and versions."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from tests import cast

from intercity.cities.models import City
from intercity.languages.actions import write_text
from intercity.practices.models import Challenge, Practice, PracticeState, PracticeVersion, PracticeWords
from intercity.practices.models.versions import document_of
from intercity.practices.views.printing import fair, room, shorten
from intercity.practices.views.saving import MOST

LIST = "/practices/reading-list/"


def another(number: int, city: City, **fields: object) -> Practice:
    """A further published practice with a title."""
    found = Practice.objects.create(slug=f"idea-{number}", city=city, state=PracticeState.PUBLISHED, **fields)
    PracticeWords.objects.create(practice=found, field="title", text=write_text("en", f"Idea number {number}"))
    return found


def save(client: Client, practice: Practice, do: str = "save", **more: str) -> str:
    """Put a practice on the list of this device, or take it off; where one is led then."""
    answer = client.post(LIST, {"practice": practice.slug, "do": do, **more})
    assert answer.status_code == 302
    return str(answer.url)  # type: ignore[attr-defined]


def test_a_practice_is_saved_on_the_device_without_an_account(client: Client, practice: Practice) -> None:
    assert "Nothing is on your list yet" in client.get(LIST).content.decode()
    assert save(client, practice) == f"/practices/{practice.slug}/"
    said = client.get(LIST).content.decode()
    assert "Half of the first plants died" in said
    assert "Take off the reading list" in client.get(f"/practices/{practice.slug}/").content.decode()
    assert Client().get(LIST).content.decode().count(practice.slug) == 0
    assert save(client, practice, "remove", next=LIST) == LIST
    assert "Nothing is on your list yet" in client.get(LIST).content.decode()


def test_the_cookie_is_signed_and_only_for_practices(client: Client, practice: Practice) -> None:
    save(client, practice)
    cookie = client.cookies["reading-list"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/practices/", True, "Lax")
    client.cookies["reading-list"] = practice.slug
    assert practice.slug not in client.get(LIST).content.decode()


def test_nobody_is_led_to_strangers(client: Client, practice: Practice) -> None:
    assert save(client, practice, next="https://example.org/") == f"/practices/{practice.slug}/"


def test_a_full_list_says_so_and_keeps_what_it_has(client: Client, practice: Practice, northport: City) -> None:
    for number in range(MOST):
        save(client, another(number, northport))
    assert save(client, practice) == LIST
    said = client.get(LIST).content.decode()
    assert f"has {MOST} practices, and no more fit" in said
    assert "Idea number 0" in said
    assert practice.slug not in said
    assert len(client.cookies["reading-list"].value) < 4000


@pytest.mark.parametrize("state", [PracticeState.DRAFT, PracticeState.WITHDRAWN])
def test_only_what_is_published_can_be_saved_and_read(client: Client, practice: Practice, state: str) -> None:
    save(client, practice)
    Practice.objects.update(state=state)
    assert "Half of the first plants" not in client.get(LIST).content.decode()
    assert client.post(LIST, {"practice": practice.slug}).status_code == 404


def test_the_file_needs_no_connection(client: Client, practice: Practice) -> None:
    save(client, practice)
    answer = client.get(LIST + "file/")
    said = answer.content.decode()
    assert answer["Content-Disposition"].startswith("attachment;")
    assert "Half of the first plants died" in said
    assert "<style>" in said
    assert not re.findall(r"<(?:link|script|img|form)\b", said)
    assert not re.findall(r'href="/', said)


def compare(client: Client, *slugs: str) -> str:
    """The page that compares."""
    return str(client.get("/practices/compare/", {"p": list(slugs)}).content.decode())


def test_what_differs_stands_before_what_is_the_same(client: Client, practice: Practice, eastbay: City) -> None:
    other = another(1, eastbay, staff=3)
    said = compare(client, practice.slug, other.slug)
    differing, same = said.index("What differs"), said.index("What is the same")
    assert differing < said.index("Full-time posts") < same
    assert same < said.index("Done for")
    assert said.index("Not known of any of them") < said.index("Whose decision it is")


def test_results_of_the_same_indicator_stand_in_one_row(client: Client, practice: Practice, eastbay: City) -> None:
    other = another(1, eastbay)
    result = practice.results.get()
    result.pk, result.practice, result.value = None, other, "4"
    result.save()
    said = compare(client, practice.slug, other.slug)
    row = said[said.index("Floods a year") :].partition("</section>")[0]
    assert "8 → 2" in row
    assert "8 → 4" in row


def test_at_most_three_are_compared_and_absent_ones_are_named(
    client: Client, practice: Practice, eastbay: City
) -> None:
    more = [another(number, eastbay).slug for number in range(3)]
    assert "More were chosen than fit" in compare(client, practice.slug, *more)
    assert "is not here, or is not published" in compare(client, practice.slug, "nowhere")
    assert "Choose what to compare" in compare(client)


def test_what_can_be_compared_comes_from_the_reading_list(client: Client, practice: Practice, eastbay: City) -> None:
    save(client, another(1, eastbay))
    said = compare(client, practice.slug)
    assert 'name="p" value="idea-1"' in said
    assert f'type="hidden" name="p" value="{practice.slug}"' in said


def test_long_words_are_shortened_for_paper_and_say_where_the_rest_is(client: Client, practice: Practice) -> None:
    said = client.get(f"/practices/{practice.slug}/print/").content.decode()
    assert "Shortened" not in said
    text = practice.text("solution")
    assert text
    text.body = "The city dug a garden. " * 800
    text.save()
    said = client.get(f"/practices/{practice.slug}/print/").content.decode()
    assert "Shortened to fit on two pages." in said
    assert "garden. […]" in said
    assert "Half of the first plants died, since nobody was told to water them." in said


def test_short_texts_leave_their_room_to_long_ones() -> None:
    assert fair([10, 20, 300], 130) == 100
    assert fair([10, 20], 130) == 20
    assert fair([100, 100], 100) == 50
    assert fair([], 100) == 0


def test_shortening_ends_behind_a_sentence_or_a_word() -> None:
    assert shorten("One sentence. Another sentence.", 0.6) == "One sentence. […]"
    assert shorten("many words without an end", 0.5) == "many words […]"
    assert shorten("Short.", 1) == "Short."


def test_a_sign_of_another_script_needs_other_room() -> None:
    assert room("a", "en") == 1
    assert room("ນ້", "lo") == room("ນ", "lo") > 1
    assert room("நீ", "ta") > room("ນ", "lo")
    assert room("水", "zh-hans") > 3


def test_versions_can_be_compared(client: Client, practice: Practice) -> None:
    Practice.objects.update(decided_by="the council", concepts=["flooding"], funding=["own"])
    practice.refresh_from_db()
    PracticeVersion.objects.create(practice=practice, number=2, document=document_of(practice), note="Who decides")
    address = f"/practices/{practice.slug}/versions/"
    assert "Who decides" in client.get(address).content.decode()
    said = client.get(f"{address}2/").content.decode()
    assert "What differs from version 1" in said
    assert said.index("whose decision it is") < said.index("This version, whole")
    assert "Flooding after heavy rain" in said
    assert "the city&#x27;s own money" in said
    assert "the council" not in client.get(f"{address}1/").content.decode()
    assert "the council" in client.get(f"{address}1/", {"from": "2"}).content.decode()
    assert client.get(f"{address}3/").status_code == 404


def test_challenges_are_listed_by_theme_and_state(client: Client, challenge: Challenge) -> None:
    Challenge.objects.update(concepts=["flooding"])
    assert "Our market floods" in client.get("/challenges/", {"theme": "flooding"}).content.decode()
    assert "Our market floods" not in client.get("/challenges/", {"theme": "drought"}).content.decode()
    assert "Our market floods" not in client.get("/challenges/", {"state": "closed"}).content.decode()


def test_a_challenge_names_other_cities_with_the_same(client: Client, challenge: Challenge, northport: City) -> None:
    Challenge.objects.update(concepts=["flooding"])
    Challenge.objects.create(
        slug="wet-feet", city=northport, title=write_text("en", "Wet feet"), concepts=["flooding", "drought"]
    )
    said = client.get(f"/challenges/{challenge.slug}/").content.decode()
    assert "Wet feet" in said
    assert "/search/?kind=dialogue" in said


def test_the_vocabulary_counts_what_is_published(client: Client, practice: Practice, draft: Practice) -> None:
    Practice.objects.update(concepts=["flooding"])
    said = client.get("/vocabulary/").content.decode()
    assert "Flooding after heavy rain" in said
    assert "1 practice<" in said


def test_the_pages_stand_without_any_practice(client: Client, network: object) -> None:
    cast.member("Westhill")
    for address in ("/challenges/", "/vocabulary/", "/practices/failed/", "/practices/compare/", LIST, LIST + "file/"):
        assert client.get(address).status_code == 200
