"""Files that are there whole or not at all."""

import os
from pathlib import Path

import pytest

from kb.storage.whole_file import write_whole


@pytest.mark.parametrize("data", ["новое\n", b"\x89PNG\0"])
def test_a_file_is_made_with_its_folder_or_put_in_place_of_the_old_one(data: str | bytes, tmp_path: Path) -> None:
    file = tmp_path / "folder" / "file"
    write_whole(file, "old and longer than what comes")
    write_whole(file, data)
    assert file.read_bytes() == (data.encode() if isinstance(data, str) else data)
    assert list(file.parent.iterdir()) == [file]


def test_a_failure_leaves_what_was_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "file"
    write_whole(file, "old")

    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_whole(file, "new")
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]
