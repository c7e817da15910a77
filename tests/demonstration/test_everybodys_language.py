"""In the demonstration a Lao statement is found, compared and read in other languages, all on this machine."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from tests.demonstration.conftest import Building

from intercity.accounts.models import Role
from intercity.demonstration import build_demonstration
from intercity.demonstration.people import account_of
from intercity.dialogues import duties, likeness
from intercity.dialogues.models import Statement
from intercity.languages.network import network_languages
from intercity.languages.searching import find
from intercity.languages.wanting import want_whatever_shows

PAGE = "/dialogues/what-first-together/"


@pytest.fixture(scope="module")
def indexed(for_all_tests: Building) -> Iterator[None]:
    """The demonstration, indexed as the worker does it."""
    with for_all_tests():
        build_demonstration(people=50)
        while duties.index_dialogues():
            pass
        while duties.propose_similar():
            pass
        yield


@pytest.fixture
def lao(indexed: None, db: None) -> Statement:
    """Its Lao statement on warnings of floods."""
    return Statement.objects.with_words().get(text__body__startswith="ຄຳເຕືອນໄພນ້ຳຖ້ວມ")


@pytest.fixture
def burmese(lao: Statement) -> Statement:
    """The Burmese statement that says nearly the same."""
    return Statement.objects.with_words().get(text__body__startswith="ရေကြီးတော့မည်")


@pytest.mark.parametrize("query", ["洪水预警", "用每个人的语言发出洪水警告"])
def test_a_chinese_query_finds_the_lao_statement(lao: Statement, query: str) -> None:
    found = find(query, reader="zh-hans", languages=network_languages())
    assert found.understood_as.language == "zh-hans"
    assert lao.text_id in [hit.text_id for hit in found.hits[:3]]


def test_it_is_found_by_meaning_where_no_translation_is(lao: Statement) -> None:
    lao.text.translations.exclude(language="en").delete()
    lao.text.translations.update(language="tet")  # nothing that the query's words or its language could meet
    want_whatever_shows(lao.text)
    while duties.index_dialogues():
        pass
    hits = find("洪水预警应该用每个人的语言发布", reader="zh-hans", languages=network_languages()).hits
    assert any(hit.text_id == lao.text_id and hit.language == "lo" and hit.meaning for hit in hits)


def test_it_is_proposed_to_moderators_as_similar_to_the_burmese(lao: Statement, burmese: Statement) -> None:
    hints = likeness.hints_for([lao, burmese])
    assert burmese.pk in [hint.other.pk for hint in hints[lao.pk]]
    assert lao.pk in [hint.other.pk for hint in hints[burmese.pk]]


def test_moderators_see_it_and_nothing_is_merged(lao: Statement, burmese: Statement, client: Any) -> None:
    client.force_login(account_of(Role.MODERATOR))
    page = client.get(f"{PAGE}moderate/?state=published").content.decode()
    assert "Similar in meaning, written in Burmese." in page
    lao.refresh_from_db()
    assert lao.merged_into_id is None


def test_it_is_shown_by_a_checked_translation_and_by_a_machine_that_says_so(lao: Statement, client: Any) -> None:
    vietnamese = lao.text.words("vi")
    assert (vietnamese.state, vietnamese.awaits_review) == ("checked", False)
    page = client.get(f"{PAGE}statements/{lao.number}/", HTTP_ACCEPT_LANGUAGE="pt").content.decode()
    portuguese = lao.text.words("pt")
    assert portuguese.body in page
    assert portuguese.engine in page
