"""The weights that the package carries can be made again: pairs, batches, and a small training from end to end."""

from __future__ import annotations

import gzip
from pathlib import Path

import numpy as np
import pytest
from tools.meaning.pairs import Pairs, read
from tools.meaning.recipe import Recipe
from tools.meaning.sampling import Sampler, clustered

from intercity.core.language.meaning.contract import Vectors, to_unit
from intercity.core.language.meaning.students import prepared
from intercity.core.language.meaning.together import Together

WORDS = ["tree", "bus", "river", "school", "market", "bridge", "water", "rice", "road", "light"]
LAO = ["ຕົ້ນໄມ້", "ລົດເມ", "ແມ່ນ້ຳ", "ໂຮງຮຽນ", "ຕະຫຼາດ", "ຂົວ", "ນ້ຳ", "ເຂົ້າ", "ຖະໜົນ", "ແສງ"]


def write(path: Path, *rows: str) -> None:
    with gzip.open(path, "wt", encoding="utf-8") as file:
        file.writelines(f"{row}\n" for row in rows)


@pytest.fixture
def pairs() -> Pairs:
    """Three words in English, the same in Lao; half of them said to be of NTREX."""
    found = Pairs()
    for number, some in enumerate(np.random.default_rng(0).integers(0, len(WORDS), (400, 3))):
        english, lao = (" ".join(words[i] for i in some) for words in (WORDS, LAO))
        found.add("ntrex" if number % 2 else "laodict", "lo", ("en", english), prepared(lao))
    return found


@pytest.fixture
def goals(pairs: Pairs) -> Vectors:
    """The sum of a random vector for each word."""
    of_word = dict(zip(WORDS, np.random.default_rng(1).normal(size=(len(WORDS), 512)), strict=True))
    sums = [sum(of_word[word] for word in text.split()) for _, text in pairs.anchors]
    return to_unit(np.array(sums, dtype=np.float32))


def sampler_of(pairs: Pairs, goals: Vectors, recipe: Recipe) -> Sampler:
    return Sampler(pairs.rows, goals, clustered(goals, recipe.clusters, recipe.seed), recipe)


def test_pairs_are_read_without_sources_that_are_kept_for_measuring(tmp_path: Path) -> None:
    write(tmp_path / "ntrex.en-vi.tsv.gz", "Hello\tXin chào", "no translation", "a\tb\tc", f"{'x' * 500}\ttoo long")
    write(tmp_path / "udhr.en-vi.tsv.gz", "Rights\tQuyền")
    write(tmp_path / "thaiembassy.th-lo.tsv.gz", "สวัสดี\tສະບາຍດີ")
    found = read(tmp_path, ["udhr"])
    assert [(row.source, row.language, row.text) for row in found.rows] == [
        ("ntrex", "vi", "Xin chào"),
        ("thaiembassy", "lo", "ສະບາຍດີ"),
    ]
    assert list(found.anchors) == [("en", "Hello"), ("th", "สวัสดี")]


def test_burmese_in_zawgyi_is_learned_as_unicode(tmp_path: Path) -> None:
    write(tmp_path / "ntrex.en-my.tsv.gz", "Welsh\tကိုယ္စားလွယ္မ်ားသည္ ၾကိဳးဆြဲရာကသည့္ ရုပ္ေသးရုပ္")
    assert "ကိုယ်စားလှယ်များသည်" in read(tmp_path, []).rows[0].text


def test_a_folder_without_pairs_says_what_it_must_hold(tmp_path: Path) -> None:
    with pytest.raises(SystemExit, match=r"ntrex\.en-vi\.tsv\.gz"):
        read(tmp_path, [])


def test_a_batch_is_what_the_recipe_says(pairs: Pairs, goals: Vectors) -> None:
    goals.flags.writeable = False
    recipe = Recipe(batch=100, glued=0.3, three=0.5, hard=0.4, clusters=8, together=10)
    batch = sampler_of(pairs, goals, recipe).draw()
    assert len(batch.texts) == 100
    assert batch.targets.shape == (100, 512)
    assert np.allclose(np.linalg.norm(batch.targets, axis=1), 1, atol=1e-5)
    words = np.array([len(text.split()) for text in batch.texts])
    assert (words == 9).sum() == 15
    assert (words == 6).sum() == 15


def test_what_is_glued_aims_between_its_parts(pairs: Pairs, goals: Vectors) -> None:
    batch = sampler_of(pairs, goals, Recipe(batch=50, glued=1, clusters=8)).draw()
    of_text = {row.text: goals[row.anchor] for row in pairs.rows}
    for text, goal in zip(batch.texts, batch.targets, strict=True):
        words = text.split()
        first, second = (of_text[" ".join(part)] for part in (words[:3], words[3:]))
        assert min(goal @ first, goal @ second) > first @ second - 1e-4


def test_genuine_sentences_are_shown_more_often(pairs: Pairs, goals: Vectors) -> None:
    sampler = sampler_of(pairs, goals, Recipe(batch=2000, glued=0, clusters=8))
    genuine = {row.text for row in pairs.rows if row.source == "ntrex"}
    labels = {row.text for row in pairs.rows if row.source == "laodict"} - genuine
    shown = sampler.draw().texts
    assert sum(text in genuine for text in shown) > 4 * sum(text in labels for text in shown)


def test_hard_batches_hold_rows_of_like_meaning(pairs: Pairs, goals: Vectors) -> None:
    def likeness(hard: float) -> float:
        batch = sampler_of(pairs, goals, Recipe(batch=200, glued=0, hard=hard, clusters=20, together=20)).draw()
        return float(np.sort(batch.targets @ batch.targets.T, axis=1)[:, -20:].mean())

    assert likeness(0.9) > likeness(0) + 0.02


def test_what_is_taught_is_what_the_package_reads(tmp_path: Path, pairs: Pairs, goals: Vectors) -> None:
    pytest.importorskip("torch")
    pytest.importorskip("sentencepiece")
    from tools.meaning.exporting import export
    from tools.meaning.network import Network
    from tools.meaning.pieces import learn
    from tools.meaning.sampling import Batch
    from tools.meaning.training import train

    recipe = Recipe(taught=("lo",), pieces=60, width=32, epochs=40, batch=100, clusters=8)
    texts = [row.text for row in pairs.rows]
    network = Network({"lo": learn("lo", texts, recipe, tmp_path)}, recipe.width)
    held_out = Batch(texts[:20], goals[[row.anchor for row in pairs.rows[:20]]])
    train(network, {"lo": sampler_of(pairs, goals, recipe)}, {"lo": held_out}, recipe)
    export(network, tmp_path)
    read_back = Together(tmp_path)
    assert read_back.taught == {"lo"}
    made = read_back.encode(texts[:20], "lo")
    assert (np.einsum("ij,ij->i", made, network.encode("lo", texts[:20])) > 0.99).all()
    assert np.einsum("ij,ij->i", made, held_out.targets).mean() > 0.9
