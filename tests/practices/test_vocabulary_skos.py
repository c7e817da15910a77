"""The vocabulary as SKOS says what the vocabulary says, and no text can break out of it."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intercity.practices.vocabulary import concepts, languages, skos, tops, under
from intercity.practices.vocabulary.thesaurus import Concept

BASE = "https://network.example/vocabulary/"
LITERAL = re.compile(
    r'"((?:[^"\\\n\r]|\\[tbnrf"\'\\]|\\u[0-9A-F]{4}|\\U[0-9A-F]{8})*)"(?:@([a-zA-Z]+(?:-[a-zA-Z0-9]+)*))?'
)
ADDRESS = re.compile(r'<[^\x00-\x20<>"{}|^`\\]*>')
BACK = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f", '"': '"', "'": "'", "\\": "\\"}
TEXTS = st.text(st.characters(exclude_categories=["Cs"]))


def read(literal: str) -> tuple[str, str]:
    """What a Turtle literal says, by the grammar of Turtle, and its language."""
    found = LITERAL.fullmatch(literal)
    assert found, literal
    text = re.sub(
        r"\\(u[0-9A-F]{4}|U[0-9A-F]{8}|.)",
        lambda one: BACK[one[1]] if len(one[1]) == 1 else chr(int(one[1][1:], 16)),
        found[1],
    )
    return text, found[2] or ""


@given(TEXTS)
def test_every_text_comes_back_from_turtle(text: str) -> None:
    assert read(skos.quoted(text, "zh-hans")) == (text, "zh-Hans")
    assert read(skos.quoted(text)) == (text, "")


@given(TEXTS)
def test_no_address_can_be_broken_out_of(text: str) -> None:
    assert ADDRESS.fullmatch(skos.addressed("https://network.example/" + text))


@given(TEXTS)
def test_a_concept_with_any_label_stays_one_statement(text: str) -> None:
    concept = Concept("water", "", ("6",), {"en": text}, {"en": (text + "x",)})
    lines = skos._turtle_of(concept, BASE)
    assert f"skos:prefLabel {skos.quoted(text, 'en')}" in lines
    rest = ADDRESS.sub("", LITERAL.sub("", " ; ".join(lines)))
    assert not set(rest) & set('"<>\\\n')
    again = json.loads(json.dumps(skos._document_of(concept, BASE)))
    assert again["prefLabel"] == {"en": text}


def test_half_a_character_is_refused() -> None:
    with pytest.raises(UnicodeEncodeError):
        skos.quoted("\ud800")


@pytest.mark.parametrize(
    ("code", "tag"), [("zh-hans", "zh-Hans"), ("pt_br", "pt-BR"), ("EN", "en"), ("zh-hans-sg", "zh-Hans-SG")]
)
def test_languages_are_written_as_bcp_47_does(code: str, tag: str) -> None:
    assert skos.tag(code) == tag


def test_turtle_has_every_concept_label_target_and_the_licence() -> None:
    said = skos.turtle(BASE)
    assert said.count("a skos:Concept ;") == len(concepts())
    assert said.count("skos:topConceptOf") == said.count("skos:hasTopConcept") == len(tops())
    assert said.count("skos:broader") == said.count("skos:narrower") == len(concepts()) - len(tops())
    assert said.count("    skos:relatedMatch <http://metadata.un.org/sdg/") == sum(
        len(one.targets) for one in concepts().values()
    )
    assert f"dcterms:license <{skos.LICENCE}>" in said
    for concept in concepts().values():
        for language, label in concept.labels.items():
            assert f"    skos:prefLabel {skos.quoted(label, language)}" in said


def test_statements_end_and_nothing_stands_outside_of_them() -> None:
    rest = ADDRESS.sub("I", LITERAL.sub("L", skos.turtle(BASE)))
    for block in rest.split("\n\n")[1:]:
        assert re.fullmatch(r"I\n( {4}\S.*( ;|)\n?)+", block.rstrip(" .\n") + "\n")
        assert block.rstrip().endswith(" .")
    assert '"' not in rest


def test_every_prefix_in_use_is_declared() -> None:
    said = LITERAL.sub("L", ADDRESS.sub("I", skos.turtle(BASE)))
    assert set(re.findall(r"\b([a-z]+):\w", said)) <= set(skos.PREFIXES)


def test_each_translation_says_whether_a_person_has_checked_it() -> None:
    notes = skos.status_notes()
    assert notes["en"] == "human"
    assert set(notes) == {skos.tag(code) for code in languages()}
    said = skos.document(BASE)
    flooding = next(one for one in said["concepts"] if one["id"] == BASE + "flooding")
    statuses = {one["literalForm"]["@language"]: one["note"] for one in flooding["labels"]}
    assert statuses == notes
    assert {one["@value"] for one in said["note"]} == {f"labels in {code}: {state}" for code, state in notes.items()}
    for status in set(notes.values()):
        assert f'skos:editorialNote "{status}"' in skos.turtle(BASE)


def test_json_ld_points_only_at_what_is_there() -> None:
    said = json.loads(skos.json_ld(BASE))
    ids = {one["id"] for one in said["concepts"]}
    assert len(ids) == len(concepts())
    assert set(said["hasTopConcept"]) == {BASE + top.id for top in tops()}
    for one in said["concepts"]:
        concept = concepts()[one["id"].removeprefix(BASE)]
        assert set(one.get("narrower", [])) == {BASE + narrower.id for narrower in under(concept.id)} <= ids
        assert one.get("broader", next(iter(ids))) in ids
        assert one.get("topConceptOf", BASE) == said["id"] == BASE
        assert one["relatedMatch"] == [f"http://metadata.un.org/sdg/{code}" for code in concept.targets]
        assert one["prefLabel"]["en"] == concept.label("en")


def test_every_name_of_the_json_ld_is_in_its_context() -> None:
    names = set(skos.context())
    said = skos.document(BASE)
    assert set(said) - {"@context"} <= names
    assert all(set(one) <= names for one in said["concepts"])
    assert all(set(label) <= names for one in said["concepts"] for label in one["labels"])


def test_no_other_word_repeats_a_label() -> None:
    for concept in concepts().values():
        said = [(text, language) for _, text, language in skos._labels(concept)]
        assert len(said) == len(set(said))


def test_the_base_may_end_with_a_stroke_or_not() -> None:
    assert skos.turtle(BASE) == skos.turtle(BASE.rstrip("/"))
