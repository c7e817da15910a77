"""Passages are built from what changed, once, whatever fails or is interrupted between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import pytest
from django.db.models import F
from django.utils import timezone
from tests.languages import corpus

from intercity.core.language import cutting, meaning
from intercity.languages import indexing, vectors, word_index
from intercity.languages.indexing import Described, Piece
from intercity.languages.models import Beside, Findable, Kind, Passage, Text, Translation, WordCount
from intercity.languages.wanting import want

TREES = {"1": ("en", "More trees"), "2": ("en", "Fewer cars"), "3": ("vi", "Nhiều cây hơn")}


@pytest.fixture(autouse=True)
def _anew() -> None:
    vectors.forget()
    indexing._looked_at.clear()


def test_what_is_wanted_is_built_and_then_not_again(db: None) -> None:
    assert corpus.index(TREES) == 3
    assert indexing.build(["statement"], corpus.describe(TREES)) == 0
    assert corpus.bodies() == ["Fewer cars", "More trees", "Nhiều cây hơn"]
    assert not Findable.objects.filter(wanted__gt=F("indexed")).exists()
    assert Findable.objects.get(key="1").address == "/s/1/"


def test_a_passage_carries_words_and_meaning_and_who_made_them(db: None) -> None:
    corpus.index(TREES)
    one = Passage.objects.get(language="vi")
    assert one.words == "nhiều cây hơn"
    assert one.plain == "nhieu cay hon"
    assert one.words_by == cutting.CUT
    assert one.vector_by == meaning.NAME
    assert len(one.vector or b"") == 512


def test_a_language_that_nothing_speaks_has_words_alone(db: None) -> None:
    corpus.index({"1": ("tet", "Bee moos")})
    assert list(Passage.objects.values_list("words", "vector", "vector_by")) == [("bee moos", None, "")]


def test_other_kinds_are_left_alone(db: None) -> None:
    want(Kind.CITY, ["x"])
    corpus.index(TREES)
    assert Findable.objects.get(kind="city").indexed == 0


def test_what_is_not_described_is_found_no_more(db: None) -> None:
    corpus.index(TREES)
    want("statement", ["1"])
    indexing.build(["statement"], lambda keys: {})
    assert corpus.bodies() == ["Fewer cars", "Nhiều cây hơn"]
    assert Findable.objects.get(key="1").indexed == 2


def test_passages_that_stay_are_not_made_again(db: None) -> None:
    corpus.index(TREES)
    before = set(Passage.objects.values_list("pk", "change"))
    corpus.index(TREES)
    assert set(Passage.objects.values_list("pk", "change")) == before


def test_one_that_fails_does_not_keep_the_others(db: None) -> None:
    def describe(keys: Sequence[str]) -> Mapping[str, Described | None]:
        if "2" in keys:
            raise KeyError("2")
        return corpus.describe(TREES)(keys)

    want("statement", TREES)
    assert indexing.build(["statement"], describe) == 2
    bad = Findable.objects.get(key="2")
    assert bad.error == "KeyError"
    assert bad.due_at > timezone.now()
    Findable.objects.update(due_at=timezone.now() - timedelta(seconds=1))
    assert indexing.build(["statement"], corpus.describe(TREES)) == 1
    assert Findable.objects.get(key="2").error == ""


def test_a_worker_that_dies_between_leaves_nothing_behind(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.index(TREES)
    changed = TREES | {"1": ("en", "Many more trees")}
    want("statement", ["1"])

    def die(*_: Any) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr(word_index, "add_to_counts", die)
        with pytest.raises(SystemExit):
            indexing.build(["statement"], corpus.describe(changed))
    assert "More trees" in corpus.bodies()
    assert indexing.build(["statement"], corpus.describe(changed)) == 1
    assert corpus.bodies() == ["Fewer cars", "Many more trees", "Nhiều cây hơn"]
    assert not word_index.counts_are_off()


def test_what_changes_while_it_is_built_is_built_again(db: None) -> None:
    said = dict(TREES)

    def describe(keys: Sequence[str]) -> Mapping[str, Described | None]:
        found = corpus.describe(dict(said))(keys)
        if said["1"][1] == "More trees":
            said["1"] = ("en", "Other trees")
            want("statement", ["1"])
        return found

    want("statement", said)
    assert indexing.build(["statement"], describe) == 4
    assert "Other trees" in corpus.bodies()
    assert "More trees" not in corpus.bodies()


def test_a_slower_worker_does_not_overwrite(db: None) -> None:
    def describe(keys: Sequence[str]) -> Mapping[str, Described | None]:
        if list(keys) == ["1"]:
            want("statement", ["1"])
            indexing.build(["statement"], corpus.describe({"1": ("en", "Newer")}))
        return corpus.describe({"1": ("en", "Older")})(keys)

    want("statement", ["1"])
    nested = {"is": False}

    def once(keys: Sequence[str]) -> Mapping[str, Described | None]:
        if nested["is"]:
            return corpus.describe({"1": ("en", "Newer")})(keys)
        nested["is"] = True
        return describe(keys)

    indexing.build(["statement"], once)
    assert corpus.bodies() == ["Newer"]


def test_long_words_are_found_in_pieces(db: None) -> None:
    corpus.index({"1": ("en", "A sentence about drains. " * 100)})
    assert all(len(body) <= 600 for body in corpus.bodies())
    assert Passage.objects.count() >= 1


def test_the_original_and_fresh_translations_are_pieces(db: None) -> None:
    text = Text.objects.create(language="en", body="Trees", version=2)
    Translation.objects.create(text=text, text_version=2, language="vi", body="Cây")
    Translation.objects.create(text=text, text_version=1, language="lo", body="ຕົ້ນໄມ້")
    assert indexing.pieces_of(text) == [Piece("en", "Trees", text), Piece("vi", "Cây", text, is_translation=True)]


def test_older_versions_are_made_again(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    corpus.index(TREES)
    Passage.objects.filter(findable__key="1").update(words_by="icu-1", words="mor etrees")
    word_index.count_again()
    Passage.objects.filter(findable__key="2").update(vector_by="older")
    assert indexing.renew_passages() == 2
    assert indexing.renew_passages() == 0
    assert Passage.objects.get(findable__key="1").words == "more trees"
    assert set(Passage.objects.values_list("vector_by", flat=True)) == {meaning.NAME}
    assert WordCount.objects.get(language="en", word="trees").passages == 1
    assert not WordCount.objects.filter(word="etrees").exists()


def test_counts_heal_after_passages_went_with_their_texts(db: None) -> None:
    corpus.index(TREES)
    Findable.objects.get(key="1").delete()
    assert word_index.counts_are_off()
    indexing.renew_passages()
    assert not word_index.counts_are_off()
    assert not WordCount.objects.filter(word="trees").exists()


def test_what_stands_beside_is_kept_by_its_version_and_goes_with_the_thing(db: None) -> None:
    helped, asked = (Text.objects.create(language="en", body=body) for body in ("What helped", "Who did it?"))
    pieces = [Piece("en", "More trees")]

    def build(*texts: Text, public: bool = True) -> dict[int, tuple[int, int]]:
        want("statement", ["1"])
        indexing.build(["statement"], lambda _keys: {"1": Described("/s/1/", pieces, texts) if public else None})
        return {one.text_id: (one.pk, one.text_version) for one in Beside.objects.all()}

    first = build(helped, asked)
    assert set(first) == {helped.pk, asked.pk}
    assert build(helped, asked) == first
    helped.version = 2
    second = build(helped, asked)
    assert second[asked.pk] == first[asked.pk]
    assert second[helped.pk][0] > max(pk for pk, _version in first.values())
    assert list(build(asked)) == [asked.pk]
    assert build(asked, public=False) == {}
