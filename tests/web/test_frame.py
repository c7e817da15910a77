"""The frame around every page, in every language, with and without what it shows."""

from __future__ import annotations

import gzip
import re
from types import SimpleNamespace

import pytest
from django.conf import settings
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory
from django.urls import reverse
from django.utils import translation
from tests.web.addresses import NAMES

pytestmark = pytest.mark.urls("tests.web.addresses")
CODES = [code for code, _name in settings.LANGUAGES]


def frame(language: str = "en", path: str = "/dialogues/", *, signed_in: bool = False, **context: object) -> str:
    request = RequestFactory().get(path)
    request.user = SimpleNamespace(is_authenticated=signed_in)  # type: ignore[assignment]  # all that the frame asks
    shown = {"network": SimpleNamespace(name="Rivers & Roads"), "user": request.user, "messages": [], **context}
    with translation.override(language):
        return render_to_string("web/frame.html", shown, request=request)


@pytest.mark.parametrize("language", ["en", "zh-hans", "km"])
def test_the_document_says_its_language(language: str) -> None:
    page = frame(language)
    assert f'<html lang="{language}" dir="ltr">' in page
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in page


def test_text_from_right_to_left() -> None:
    assert '<html lang="ar" dir="rtl">' in frame("ar")


def test_the_name_of_the_network_leads_home_and_is_escaped() -> None:
    page = frame()
    assert re.search(r'<a class="brand" href="/">.*Rivers &amp; Roads.*</a>', page, flags=re.S)
    assert "<title> · Rivers &amp; Roads</title>" in page


def test_the_skip_link_comes_first_and_has_a_target() -> None:
    page = frame()
    assert re.findall(r"<a [^>]*>", page)[0] == '<a class="skip" href="#main">'
    assert 'id="main"' in page


def test_every_language_is_named_in_itself() -> None:
    page = frame("en", "/dialogues/?page=2")
    for code in CODES:
        assert f'name="language" value="{code}" lang="{code}"' in page
    assert "ខ្មែរ</button>" in page
    assert "ລາວ</button>" in page
    assert 'name="next" value="/dialogues/?page=2"' in page


def test_the_language_in_use_is_marked_once() -> None:
    (used,) = re.findall(r'<button[^>]*aria-current="true"[^>]*>', frame("km"))
    assert 'value="km"' in used


def test_signed_out_and_signed_in_see_their_own_ways() -> None:
    out, inside = frame(), frame(signed_in=True)
    assert "Sign in" in out
    assert "Sign out" not in out
    assert "My desk" in inside
    assert "Sign in" not in inside
    assert re.search(r'<form method="post" action="[^"]*logout/">', inside)


def test_where_one_is_is_marked() -> None:
    assert 'href="/dialogues/" aria-current="page"' in frame(path="/dialogues/")
    assert 'href="/dialogues/" aria-current="true"' in frame(path="/dialogues/roads/")
    assert "aria-current" not in re.findall(r"<nav.*?</nav>", frame(path="/"), flags=re.S)[0]


def test_messages_are_announced_by_their_weight() -> None:
    said = [SimpleNamespace(level_tag=tag, tags=tag, __str__=str) for tag in ("success", "error")]
    page = frame(messages=said)
    assert '<div class="notice success" role="status">' in page
    assert '<div class="notice error" role="alert">' in page


def test_an_empty_page_is_light() -> None:
    assert len(gzip.compress(frame("km", signed_in=True).encode(), 9)) <= 2048


def test_the_frame_needs_nothing() -> None:
    """Error pages have no request, no network and no list of languages."""
    page = render_to_string("web/frame.html")
    assert "Intercity</a>" in page
    assert "<details" not in page


def test_pages_keep_the_other_parameters() -> None:
    page = Paginator(range(30), 10).page(2)
    html = render_to_string("web/_pagination.html", {"page": page}, request=RequestFactory().get("/?city=a&page=2"))
    assert 'href="?city=a&amp;page=1"' in html
    assert 'href="?city=a&amp;page=3"' in html
    assert "Page 2 of 3" in html


def test_one_page_needs_no_ways_between_pages() -> None:
    assert not render_to_string("web/_pagination.html", {"page": Paginator([1], 10).page(1)}).strip()


@pytest.mark.parametrize(
    ("state", "current", "done"),
    [
        ("draft", "Draft", 0),
        ("open", "Open", 1),
        ("closed", "Closed", 2),
        ("overdue", "Closed", 2),
        ("answered", "Answered", 3),
    ],
)
def test_steps_show_where_a_dialogue_stands(state: str, current: str, done: int) -> None:
    html = render_to_string("web/_steps.html", {"state": state})
    assert re.findall(r'<li aria-current="step">(\w+)', html) == [current]
    assert html.count('class="done"') == done


@pytest.mark.parametrize("language", ["en", "vi", "id"])
def test_drawn_numbers_are_those_of_a_computer(language: str) -> None:
    """Vietnamese and Indonesian write 71,5, which would break the drawing."""
    with translation.override(language):
        assert "M71.5 10H90.25" in render_to_string("web/_interval.html", {"low": 71.5, "value": 82.0, "high": 90.25})
        assert "M0 10H64.5" in render_to_string("web/_shares.html", {"agree": 64.5, "disagree": 20.0})


def test_simulated_data_says_so() -> None:
    assert "SIMULATED:" in render_to_string("web/_simulated.html")
    assert "Votes by a program" in render_to_string("web/_simulated.html", {"words": "Votes by a program"})


@pytest.mark.urls(settings.ROOT_URLCONF)
@pytest.mark.parametrize("name", NAMES)
def test_every_address_exists(name: str) -> None:
    assert reverse(name).startswith("/")
