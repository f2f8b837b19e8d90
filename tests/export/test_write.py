"""Files written whole or not at all; what a hand has written is never lost."""

import os
import stat
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kb.errors import ItemFailedError, UsageError
from kb.export import seal
from kb.export.write import write_file

KINDS: tuple[seal.Kind, ...] = ("markdown", "html", "text", "bibtex", "json")
JSON = '{\n  "a": 1\n}\n'


def text_for(kind: seal.Kind, body: str = "text") -> str:
    """A text that the kind of file can hold."""
    return '{\n  "a": "%s"\n}\n' % body if kind == "json" else f"{body}\n"  # noqa: UP031 - braces


@pytest.mark.parametrize("kind", KINDS)
def test_a_file_is_made_then_replaced_and_says_so(tmp_path: Path, kind: seal.Kind) -> None:
    path = tmp_path / "out"
    assert write_file(path, text_for(kind), kind).outcome == "created"
    assert write_file(path, text_for(kind), kind).outcome == "unchanged"
    assert write_file(path, text_for(kind, "other"), kind).outcome == "updated"
    assert "other" in path.read_text()
    assert os.listdir(tmp_path) == ["out"]


def test_the_seal_is_a_comment_in_the_format_itself(tmp_path: Path) -> None:
    import json

    write_file(tmp_path / "a.md", "# Title\n", "markdown")
    assert (tmp_path / "a.md").read_text().splitlines()[-1].startswith("<!-- written by kb export, sha256 ")
    write_file(tmp_path / "a.json", JSON, "json")
    assert json.loads((tmp_path / "a.json").read_text())["a"] == 1


@pytest.mark.parametrize("kind", KINDS)
def test_an_edited_file_is_refused_and_kept_beside_when_told_to_overwrite(tmp_path: Path, kind: seal.Kind) -> None:
    path = tmp_path / "out"
    write_file(path, text_for(kind), kind)
    edited = path.read_text().replace("text", "my own words")
    path.write_text(edited)
    with pytest.raises(ItemFailedError) as refused:
        write_file(path, text_for(kind, "new"), kind)
    assert refused.value.why == "it has been edited since it was exported"
    assert refused.value.next
    assert path.read_text() == edited
    written = write_file(path, text_for(kind, "new"), kind, overwrite=True)
    assert written.kept is not None
    assert written.kept.read_text() == edited
    assert "new" in path.read_text()


def test_a_file_from_elsewhere_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.md"
    path.write_text("mine")
    with pytest.raises(ItemFailedError, match="left as it is") as refused:
        write_file(path, "text\n", "markdown")
    assert refused.value.why == "it was not written by kb export"
    path.write_bytes(b"\xff\xfe not text")
    with pytest.raises(ItemFailedError):
        write_file(path, "text\n", "markdown")
    assert path.read_bytes() == b"\xff\xfe not text"


def test_each_overwriting_keeps_what_was_there(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    for number in range(3):
        path.write_text(f"mine {number}")
        write_file(path, "text\n", "markdown", overwrite=True)
    kept = sorted(file.read_text() for file in tmp_path.glob("*.kept"))
    assert kept == ["mine 0", "mine 1", "mine 2"]


def test_a_format_that_carries_no_seal_is_replaced_only_when_told(tmp_path: Path) -> None:
    path = tmp_path / "out.ris"
    write_file(path, "TY  - GEN\n", "none")
    assert path.read_text() == "TY  - GEN\n"
    assert write_file(path, "TY  - GEN\n", "none").outcome == "unchanged"
    with pytest.raises(ItemFailedError):
        write_file(path, "TY  - BOOK\n", "none")


@settings(max_examples=1000, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    inserted=st.text(st.characters(exclude_categories=["Cs"]), max_size=30),
    at=st.floats(0, 1),
    removed=st.integers(0, 20),
    overwrite=st.booleans(),
    kind=st.sampled_from(KINDS),
)
def test_no_hand_edit_is_ever_lost(
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    inserted: str,
    at: float,
    removed: int,
    overwrite: bool,
    kind: seal.Kind,
) -> None:
    monkeypatch.setattr(os, "fsync", lambda _: None)
    for old in tmp_path.iterdir():
        old.unlink()
    path = tmp_path / "out"
    write_file(path, text_for(kind, "first"), kind)
    before = path.read_text()
    cut = round(at * len(before))
    edited = before[:cut] + inserted + before[cut + removed :]
    path.write_bytes(edited.encode())
    try:
        write_file(path, text_for(kind, "second"), kind, overwrite=overwrite)
    except ItemFailedError:
        assert not overwrite
    texts = {file.read_bytes() for file in tmp_path.iterdir()}
    assert edited == before or edited.encode() in texts


def test_a_link_keeps_pointing_to_its_file(tmp_path: Path) -> None:
    real = tmp_path / "real.md"
    link = tmp_path / "link.md"
    link.symlink_to(real)
    write_file(link, "text\n", "markdown")
    write_file(link, "more\n", "markdown")
    assert link.is_symlink()
    assert real.read_text().startswith("more\n")


def test_permissions_are_those_of_a_usual_file_and_then_the_readers(tmp_path: Path) -> None:
    path = tmp_path / "out.md"
    usual = tmp_path / "usual"
    usual.touch()
    write_file(path, "text\n", "markdown")
    assert stat.S_IMODE(path.stat().st_mode) == stat.S_IMODE(usual.stat().st_mode)
    path.chmod(0o600)
    write_file(path, "more\n", "markdown")
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_places_that_cannot_be_written_to_are_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="is a folder"):
        write_file(tmp_path, "text\n", "markdown")
    with pytest.raises(UsageError, match="does not exist") as missing:
        write_file(tmp_path / "no" / "out.md", "text\n", "markdown")
    assert missing.value.next.startswith("mkdir -p ")
    with pytest.raises(UsageError, match="not a plain file"):
        write_file(Path("/dev/null"), "text\n", "markdown")


def test_a_write_that_fails_half_way_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.md"
    write_file(path, "text\n", "markdown")
    before = path.read_bytes()

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("kb.export.write._flush", full)
    with pytest.raises(UsageError, match="cannot be written") as error:
        write_file(path, "more\n", "markdown")
    assert error.value.why == "No space left on device"
    assert path.read_bytes() == before
    assert os.listdir(tmp_path) == ["out.md"]


def test_a_file_that_changes_meanwhile_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "out.md"
    write_file(path, "text\n", "markdown")

    def saved_by_an_editor(_: int) -> None:
        path.write_text("mine")

    monkeypatch.setattr("kb.export.write._flush", saved_by_an_editor)
    with pytest.raises(ItemFailedError, match="left as it is"):
        write_file(path, "more\n", "markdown")
    assert path.read_text() == "mine"
