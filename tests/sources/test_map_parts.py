"""A map in several files is read as one, and says where two of them do not fit together."""

import os
from pathlib import Path

import pytest

from kb.errors import UsageError
from kb.sources.map_parts import map_data, parts, stamp


def test_files_of_a_folder_are_joined_in_the_order_of_their_names(tmp_path: Path) -> None:
    (tmp_path / "2.yaml").write_text("concepts: [b]\nsources: {y: 2}\n", "utf-8")
    (tmp_path / "1.yaml").write_text("concepts: [a]\nsources: {x: 1}\nlessons: [l]\n", "utf-8")
    (tmp_path / "notes.txt").write_text("not read", "utf-8")
    assert map_data(tmp_path, "mend it") == {"concepts": ["a", "b"], "sources": {"x": 1, "y": 2}, "lessons": ["l"]}
    assert [part.name for part in parts(tmp_path)] == ["1.yaml", "2.yaml"]


def test_one_file_is_read_alone(tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text("concepts: [a]\n", "utf-8")
    assert map_data(file, "mend it") == {"concepts": ["a"]}


def test_a_change_of_any_file_is_seen(tmp_path: Path) -> None:
    for name in ("1.yaml", "2.yaml"):
        (tmp_path / name).write_text("a: []\n", "utf-8")
        os.utime(tmp_path / name, ns=(1, 1))
    before = stamp(tmp_path)
    os.utime(tmp_path / "1.yaml", ns=(2, 2))
    assert stamp(tmp_path) != before


@pytest.mark.parametrize(
    ("first", "second", "says"),
    [
        ("sources: {x: 1}\n", "sources: {x: 2}\n", "named in two files: x"),
        ("sources: {x: 1}\n", "sources: [x]\n", "another shape"),
        ("sources: {x: 1}\n", "- x\n", "no fields"),
    ],
)
def test_files_that_do_not_fit_together_are_named(tmp_path: Path, first: str, second: str, says: str) -> None:
    (tmp_path / "1.yaml").write_text(first, "utf-8")
    (tmp_path / "2.yaml").write_text(second, "utf-8")
    with pytest.raises(UsageError) as caught:
        map_data(tmp_path, "mend it")
    assert "2.yaml" in str(caught.value)
    assert says in str(caught.value)
