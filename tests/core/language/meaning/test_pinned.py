"""Other weights than the measured ones are refused before they are read."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from intercity.core.language.meaning import WeightsError, native
from intercity.core.language.meaning.pinned import checked, pins, weights
from intercity.core.language.meaning.together import Together


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    for name in ("students.npz", "vi.model", "lo.model", "sha256sums.txt"):
        shutil.copy(weights() / name, tmp_path)
    return tmp_path


def test_every_file_of_weights_is_pinned_and_as_pinned() -> None:
    listed = pins(weights() / "sha256sums.txt")
    there = {path.name for path in weights().iterdir() if path.suffix in {".npz", ".model"}}
    assert there == set(listed)
    for name, digest in listed.items():
        assert checked(weights() / name, digest).name == name


@pytest.mark.parametrize("name", ["students.npz", "lo.model"])
def test_a_changed_file_is_refused_with_what_to_do(name: str, folder: Path) -> None:
    with (folder / name).open("ab") as file:
        file.write(b"!")
    with pytest.raises(WeightsError, match=rf"{name} is not the file that was measured.*Install"):
        Together(folder).encode(["ສະບາຍດີ"], "lo")


def test_a_missing_file_is_refused_by_name(folder: Path) -> None:
    encoder = Together(folder)
    with pytest.raises(WeightsError, match=r"my\.model is missing"):
        encoder.encode(["က"], "my")
    assert encoder.encode(["ສະບາຍດີ"], "lo").any()


def test_changed_native_weights_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(native.PINS, "sp.model", "0" * 64)
    with pytest.raises(WeightsError, match=r"sp\.model is not the file"):
        native.Native().encode(["hello"])


def test_other_weights_have_another_name(folder: Path) -> None:
    listing = folder / "sha256sums.txt"
    listing.write_text(listing.read_text().replace("a", "b", 1))
    assert Together(folder).name != Together(weights()).name
