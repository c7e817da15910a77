"""Every variant of a Polis export, flipped signs, and rows that cannot be read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from intercity.dialogues.imports import Conversation, UnreadableExportError, read_polis_export

COMMENTS_1 = "timestamp,datetime,comment-id,author-id,agrees,disagrees,moderated,comment-body"
COMMENTS_2 = (
    "timestamp,comment-id,author-id,agrees,disagrees,moderated,is-meta,is-seed,group-informed-consensus,comment-body"
)
LOG = "timestamp,datetime,comment-id,voter-id,vote"


def _folder(path: Path, **files: str) -> Path:
    for name, text in files.items():
        (path / f"{name.replace('_', '-')}.csv").write_text(text, encoding="utf-8")
    return path


def _votes(conversation: Conversation) -> dict[tuple[str, str], int]:
    votes = conversation.votes
    rows = zip(votes.participant().tolist(), votes.statement.tolist(), votes.value.tolist(), strict=True)
    return {(conversation.participants[i], conversation.statements[j].id): value for i, j, value in rows}


def _said(conversation: Conversation) -> str:
    return "\n".join(note.text for note in conversation.notes)


def test_a_log_with_comments_of_the_first_kind(tmp_path: Path) -> None:
    folder = _folder(
        tmp_path,
        comments=f'{COMMENTS_1}\n1500000000000,Fri,0,7,1,1,1,Trees\n1500000001000,Fri,1,8,0,0,-1,"Cars, many"\n',
        votes=f"{LOG}\n1500000000500,Fri,0,7,1\n1500000000600,Fri,0,8,-1\n1500000000700,Fri,1,8,0\n",
        summary="topic,Our street\nurl,https://example.org/1\nconversation-description,What now?\n",
    )
    found = read_polis_export(folder)
    assert (found.topic, found.url, found.description) == ("Our street", "https://example.org/1", "What now?")
    assert _votes(found) == {("7", "0"): 1, ("8", "0"): -1, ("8", "1"): 0}
    assert [one.text for one in found.statements] == ["Trees", "Cars, many"]
    assert found.statements[0].time == 1_500_000_000
    assert found.time.tolist() == [1_500_000_000.5, 1_500_000_000.6, 1_500_000_000.7]
    assert found.removed.tolist() == [False, True]
    assert not found.unreadable


def test_comments_of_the_second_kind_say_what_is_meta_and_seed(tmp_path: Path) -> None:
    text = (
        f"{COMMENTS_2}\n1500000000,0,7,1,0,0,true,false,0.5,I live here\n1500000000,1,7,0,0,1,false,true,0.5,Trees\n"
    )
    found = read_polis_export(_folder(tmp_path, comments=text, votes=f"{LOG}\n1500000000,x,0,7,1\n"))
    assert [(one.is_meta, one.is_seed) for one in found.statements] == [(True, False), (False, True)]
    assert found.removed.tolist() == [True, False]


@pytest.mark.parametrize(("stamp", "seconds"), [("1738713600", 1738713600.0), ("1738713600000", 1738713600.0)])
def test_times_in_seconds_and_in_milliseconds(tmp_path: Path, stamp: str, seconds: float) -> None:
    found = read_polis_export(_folder(tmp_path, votes=f"{LOG}\n{stamp},x,0,7,1\n"))
    assert found.time.tolist() == [seconds]


@pytest.mark.parametrize("name", ["participants_votes", "participant_votes", "x_participants_votes"])
def test_the_table_of_participants_alone(tmp_path: Path, name: str) -> None:
    text = "participant,group-id,n-votes,city,0,1,10\na,0,2,Hue,1,,-1\nb,,1,Vinh,,0,\n"
    found = read_polis_export(_folder(tmp_path, **{name: text}))
    assert _votes(found) == {("a", "0"): 1, ("a", "10"): -1, ("b", "1"): 0}
    assert found.cities == ("Hue", "Vinh")
    assert found.city is not None
    assert found.city.tolist() == [0, 1]
    assert found.reported_group is not None
    assert found.reported_group.tolist() == [0, -1]
    assert not found.has_times
    assert "no comments.csv" in _said(found)


def test_a_city_column_may_have_any_name(tmp_path: Path) -> None:
    folder = _folder(tmp_path, participants_votes="participant,district,0\na,North,1\nb,,1\n")
    assert read_polis_export(folder).city is None
    found = read_polis_export(folder, city_column="district")
    assert found.city is not None
    assert found.city.tolist() == [0, -1]
    with pytest.raises(UnreadableExportError, match="no column town about participants; found: district"):
        read_polis_export(folder, city_column="town")


def test_the_last_vote_of_a_person_counts_by_its_time(tmp_path: Path) -> None:
    log = f"{LOG}\n30,x,0,7,1\n10,x,0,7,-1\n20,x,0,7,0\n"
    found = read_polis_export(_folder(tmp_path, votes=log))
    assert _votes(found) == {("7", "0"): 1}
    assert "2 votes were replaced" in _said(found)


def test_the_log_counts_where_the_table_of_participants_differs(tmp_path: Path) -> None:
    found = read_polis_export(
        _folder(tmp_path, votes=f"{LOG}\n1,x,0,7,1\n", participants_votes="participant,0\n7,-1\n9,\n")
    )
    assert _votes(found) == {("7", "0"): 1}
    assert found.participants == ("7", "9")
    assert "differ in 1 votes; the log counts" in _said(found)


def _with_totals(path: Path, agrees: int, disagrees: int, votes: list[int]) -> Conversation:
    comments = f"{COMMENTS_1}\n1,x,0,7,{agrees},{disagrees},1,Trees\n"
    log = "\n".join([LOG, *(f"{number},x,0,{number},{value}" for number, value in enumerate(votes))])
    return read_polis_export(_folder(path, comments=comments, votes=log + "\n"))


def test_flipped_signs_are_turned_round_and_said(tmp_path: Path) -> None:
    found = _with_totals(tmp_path, 9, 2, [-1] * 9 + [1] * 2)
    assert int(found.votes.value.sum()) == 7
    assert "turned round" in _said(found)


def test_right_signs_are_left_alone(tmp_path: Path) -> None:
    found = _with_totals(tmp_path, 9, 2, [1] * 9 + [-1] * 2)
    assert int(found.votes.value.sum()) == 7
    assert not found.notes


def test_signs_that_cannot_be_told_are_said_to_be_a_guess(tmp_path: Path) -> None:
    found = _with_totals(tmp_path, 30, 30, [1] * 9 + [-1] * 2)
    assert int(found.votes.value.sum()) == 7
    assert "cannot be told" in _said(found)


def test_rows_that_cannot_be_read_are_listed_with_their_lines(tmp_path: Path) -> None:
    log = f"{LOG}\n1,x,0,7,1\n1,x,0,8,5\n1,x,0\n1,x,0,,1\n1,x,0,9,nan\nnever,x,0,9,1\n1,x,0,10,-1\n"
    found = read_polis_export(_folder(tmp_path, votes=log))
    assert _votes(found) == {("7", "0"): 1, ("10", "0"): -1}
    assert [row.line for row in found.unreadable] == [3, 4, 5, 6, 7]
    assert "has 3 fields where the first line names 5" in found.unreadable[1].reason
    assert found.unreadable[0].text == "1,x,0,8,5"


def test_cells_that_cannot_be_read_are_listed_alone(tmp_path: Path) -> None:
    found = read_polis_export(_folder(tmp_path, participants_votes="participant,0,1\na,1,maybe\n,1,1\n"))
    assert _votes(found) == {("a", "0"): 1}
    assert [(row.line, row.text) for row in found.unreadable] == [(2, "maybe"), (3, ",1,1")]


def test_a_comment_that_cannot_be_read_is_listed_and_its_votes_stay(tmp_path: Path) -> None:
    comments = f"{COMMENTS_1}\n1,x,0,7,many,0,1,Trees\n1,x,1,7,0,0,3,Cars\n1,x,2,7,0,0,0,Bikes\n"
    found = read_polis_export(_folder(tmp_path, comments=comments, votes=f"{LOG}\n1,x,0,7,1\n"))
    assert [row.line for row in found.unreadable] == [2, 3]
    assert "moderated is 3; -1, 0 and 1 are allowed" in found.unreadable[1].reason
    assert _votes(found) == {("7", "0"): 1}
    assert "1 statements have votes but no words" in _said(found)


def test_text_over_several_lines_and_in_any_script_is_kept(tmp_path: Path) -> None:
    comments = f'{COMMENTS_1}\n1,x,0,7,1,0,1,"ທຸກບ້ານ\nຄວນມີ ""ນ້ຳ"""\n'
    found = read_polis_export(_folder(tmp_path, comments="\ufeff" + comments, votes=f"{LOG}\n1,x,0,7,1\n"))
    assert found.statements[0].text == 'ທຸກບ້ານ\nຄວນມີ "ນ້ຳ"'


def test_a_folder_without_votes_says_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UnreadableExportError, match=r"holds no votes.*found: comments.csv.*Unpack a Polis export"):
        read_polis_export(_folder(tmp_path, comments=COMMENTS_1))
    with pytest.raises(UnreadableExportError, match="is not a folder"):
        read_polis_export(tmp_path / "nowhere")


def test_an_empty_log_is_a_conversation_without_votes(tmp_path: Path) -> None:
    found = read_polis_export(_folder(tmp_path, votes=LOG + "\n"))
    assert len(found.votes) == 0
    assert "no votes" in _said(found)


def test_every_real_export_is_read_without_a_loss(shared_data: Callable[[str], Path]) -> None:
    for folder in sorted(shared_data("polis").iterdir()):
        found = read_polis_export(folder)
        assert not found.unreadable, folder.name
        assert len(found.votes) > 1_000, folder.name
        assert np.isin(found.votes.value, (-1, 0, 1)).all()


def test_the_fingerprint_depends_on_everything_that_counts(tmp_path: Path) -> None:
    def digest(name: str, log: str, comment: str = "Trees") -> str:
        (tmp_path / name).mkdir()
        comments = f"{COMMENTS_1}\n1,x,0,7,0,0,1,{comment}\n"
        return read_polis_export(_folder(tmp_path / name, votes=f"{LOG}\n{log}\n", comments=comments)).digest

    first = digest("a", "5,x,0,7,1")
    others = {digest("b", "5,x,0,7,-1"), digest("c", "6,x,0,7,1"), digest("d", "5,x,0,7,1", "Cars")}
    assert first == digest("e", "5,x,0,7,1")
    assert len({first, *others}) == 4
