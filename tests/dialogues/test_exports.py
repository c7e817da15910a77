"""Out as a Polis export, and in again: the same."""

from __future__ import annotations

import csv
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from intercity.dialogues.exports import write_polis_export
from intercity.dialogues.imports import read_polis_export
from intercity.dialogues.simulation import simulated_dialogue


def _table(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_a_dialogue_comes_back_as_it_went_out(tmp_path: Path) -> None:
    dialogue = simulated_dialogue(people=200)
    written = write_polis_export(dialogue, tmp_path)
    assert sorted(path.name for path in written) == [
        "comment-groups.csv",
        "comments.csv",
        "participants-votes.csv",
        "summary.csv",
        "votes.csv",
    ]
    back = read_polis_export(tmp_path)
    assert back.digest == dialogue.digest
    assert back.simulated
    assert back.topic == dialogue.topic
    assert not back.notes


def test_totals_are_those_of_the_votes(tmp_path: Path) -> None:
    dialogue = simulated_dialogue(people=50)
    group = np.arange(50) % 3 - 1
    write_polis_export(dialogue, tmp_path, group=group, groups=2)
    rows = _table(tmp_path / "comment-groups.csv")
    assert sum(int(row["total-votes"]) for row in rows) == len(dialogue.votes)
    for row in rows:
        parts = [int(row[f"total-{kind}"]) for kind in ("agrees", "disagrees", "passes")]
        assert sum(parts) == int(row["total-votes"])
    in_groups = sum(int(row[f"group-{name}-votes"]) for row in rows for name in "ab")
    assert in_groups == int(dialogue.votes.per_participant[group >= 0].sum())


def test_participants_carry_group_city_and_numbers(tmp_path: Path) -> None:
    dialogue = simulated_dialogue(people=20)
    write_polis_export(dialogue, tmp_path, group=np.r_[-1, np.ones(19, dtype=int)], groups=2)
    first, second, *_ = _table(tmp_path / "participants-votes.csv")
    assert (first["group-id"], second["group-id"]) == ("", "1")
    assert second["city"].startswith("Simulated city")
    assert int(second["n-votes"]) == sum(second[one.id] != "" for one in dialogue.statements)


@pytest.mark.parametrize("name", ["bg2050", "brexit", "football"])
def test_real_votes_come_back_as_they_went_out(name: str, tmp_path: Path, shared_data: Callable[[str], Path]) -> None:
    folder = next(path for path in sorted(shared_data("polis").iterdir()) if path.name.startswith(name))
    conversation = read_polis_export(folder)
    write_polis_export(conversation, tmp_path)
    assert read_polis_export(tmp_path).digest == conversation.digest


def test_a_simulation_of_nobody_or_of_too_many_is_refused() -> None:
    with pytest.raises(ValueError, match="people is 0; 1 to 1,000,000 are allowed"):
        simulated_dialogue(people=0)
