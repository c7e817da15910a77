"""A question to the library is an address: it can be bookmarked, and every filter turned on and off by a link."""

from __future__ import annotations

from dataclasses import replace

import pytest
from django.http import QueryDict
from hypothesis import given
from hypothesis import strategies as st

from intercity.practices.search.asked import FILTERS, Asked, parse

asked_things = st.builds(
    Asked,
    q=st.text(st.characters(blacklist_categories=["Cs"], blacklist_characters="\0"), max_size=60).map(
        lambda said: " ".join(said.split())
    ),
    theme=st.sampled_from(["", "flooding", "water"]),
    target=st.sampled_from(["", "11.5"]),
    country=st.sampled_from(["", "LA"]),
    income=st.sampled_from(["", "upper-middle"]),
    size=st.sampled_from(["", "1m-5m"]),
    evidence=st.sampled_from(["", "3"]),
    status=st.sampled_from(["", "stopped"]),
    failed=st.sampled_from(["", "yes"]),
    like=st.sampled_from(["", "northport"]),
    sort=st.sampled_from(["", "newest"]),
    page=st.integers(1, 900),
)


@given(asked_things)
def test_what_was_asked_is_read_again_from_its_address(asked: Asked) -> None:
    address = asked.address(with_={"page": str(asked.page)})
    assert parse(QueryDict(address.removeprefix("?"))) == asked


@given(asked_things, st.sampled_from(FILTERS))
def test_a_filter_is_turned_off_by_a_link_that_begins_at_the_first_page(asked: Asked, name: str) -> None:
    found = parse(QueryDict(asked.address(without=[name]).removeprefix("?")))
    assert found == replace(asked, page=1, **{name: ""})  # type: ignore[arg-type]


@given(st.dictionaries(st.sampled_from([*FILTERS, "q", "like", "sort", "page", "other"]), st.text(max_size=30)))
def test_any_address_can_be_read(query: dict[str, str]) -> None:
    found = parse(query)
    assert found.page >= 1
    assert set(found.ignored).isdisjoint(found.filters)


@pytest.mark.parametrize(
    ("name", "value"),
    [("theme", "no-such-theme"), ("evidence", "9"), ("status", "great"), ("country", "XX"), ("target", "99.1"),
     ("city", "a b"), ("sort", "worst"), ("income", "rich")],
)  # fmt: skip
def test_values_that_nobody_knows_are_left_out_and_named(name: str, value: str) -> None:
    found = parse({name: value})
    assert found.ignored == (name,)
    assert found.is_empty


def test_long_words_are_cut_and_pages_are_limited() -> None:
    assert len(parse({"q": "a" * 5_000}).q) == 200
    assert [parse({"page": page}).page for page in ("", "0", "-1", "x", "7", "99999", "²")] == [1, 1, 1, 1, 7, 1000, 1]


def test_nothing_asked_is_an_address_without_parameters() -> None:
    assert Asked().address() == "?"
    assert Asked(page=3).address() == "?"
