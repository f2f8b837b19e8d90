"""A vault in step with the library, whatever a hand does to its files."""

import random
import re
from pathlib import Path

import pytest
import yaml

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.export.vault import regions
from kb.export.vault.reading import read_vault
from kb.export.vault.writing import export_vault
from kb.models.note import Note, NoteContent
from kb.models.paper import PaperDraft
from kb.models.reading_state import ReadingState
from tests.export.library import DEBATE, OVERSIGHT, Shelf, studied

LINK = re.compile(r"\[\[([^\]|#]+)(?:#\^(\w+))?(?:\|([^\]]*))?\]\]")


def content_of(note: Note, **changes: object) -> NoteContent:
    """A note's content with some of it changed."""
    values = {name: getattr(note, name) for name in NoteContent.model_fields}
    return NoteContent.model_validate({**values, **changes})


def texts(folder: Path) -> dict[str, str]:
    """Every file by its path in the vault."""
    return {path.relative_to(folder).as_posix(): path.read_bytes().decode() for path in sorted(folder.rglob("*.md"))}


def page(folder: Path) -> Path:
    """The file of the studied paper."""
    return folder / "papers" / "christiano2017deep.md"


def outside(text: str) -> list[str]:
    """The lines that belong to the reader."""
    lines = text.split("\n")
    inside = {at for region in regions.find(text) for at in range(region.first, region.last + 1)}
    return [line for at, line in enumerate(lines) if at not in inside]


def is_subsequence(few: list[str], many: list[str]) -> bool:
    """Whether all lines are still there, in their order."""
    rest = iter(many)
    return all(line in rest for line in few if line.strip())


def test_a_paper_has_a_page_with_its_notes(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    report = export_vault(shelf.record, tmp_path)
    assert [path.relative_to(tmp_path).as_posix() for path in report.created] == [
        "papers/christiano2017deep.md",
        "agendas/scalable-oversight.md",
    ]
    text = page(tmp_path).read_text()
    properties = yaml.safe_load(text.split("---")[1])
    assert properties["kb"] == f"paper {paper.id}"
    assert properties["title"] == paper.title
    assert properties["authors"] == list(paper.authors)
    names = [region.name for region in regions.find(text)]
    assert names[0] == ("paper", paper.id)
    assert {name for kind, name in names if kind == "note"} == {note.id for note in shelf.notes.all()}


def test_exporting_again_changes_nothing(home: Home, tmp_path: Path) -> None:
    shelf, _ = studied(home)
    export_vault(shelf.record, tmp_path)
    before = texts(tmp_path)
    report = export_vault(shelf.record, tmp_path)
    assert (report.created, report.updated, report.unchanged, report.held) == ((), (), 2, ())
    assert texts(tmp_path) == before


def test_every_link_leads_to_a_file_and_a_note_in_it(home: Home, tmp_path: Path) -> None:
    shelf, _ = studied(home)
    other = shelf.paper(DEBATE)
    claim = shelf.note("claim", other, statement="A [[b]] | c", agendas=(OVERSIGHT,))
    idea = shelf.note("idea", direction="Mine")
    shelf.links.add(idea.id, claim.id, "informs")  # type: ignore[arg-type]  # as text, like the command line
    export_vault(shelf.record, tmp_path)
    files = texts(tmp_path)
    links = [link for text in files.values() for link in LINK.findall(text)]
    assert len(links) >= 8
    for target, block, _ in links:
        assert f"{target}.md" in files
        assert not block or re.search(rf"\^{block}$", files[f"{target}.md"], re.MULTILINE)


def test_what_is_written_around_the_regions_stays_and_new_notes_join(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    export_vault(shelf.record, tmp_path)
    text = page(tmp_path).read_text()
    mine = text.replace("tags: [", "rating: 5 # mine\ntags: [").replace("## Claims\n", "## Claims\n\nMy own words.\n")
    page(tmp_path).write_text(mine + "\nMore at the end.\n")
    added = shelf.note("claim", paper, statement="A later claim")
    shelf.papers.set_state(paper.id, ReadingState.STUDIED)
    report = export_vault(shelf.record, tmp_path)
    after = page(tmp_path).read_text()
    assert report.held == ()
    assert is_subsequence(outside(mine + "\nMore at the end.\n"), outside(after))
    assert "rating: 5 # mine" in after
    assert "studied" in after
    assert after.index("My own words") < after.index(f"^{added.id}") < after.index("## Evidence")


def test_an_edited_region_is_kept_and_told(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    note = shelf.note("lesson", paper, fact="A fact")
    export_vault(shelf.record, tmp_path)
    page(tmp_path).write_text(page(tmp_path).read_text().replace("A fact", "A finer fact"))
    report = export_vault(shelf.record, tmp_path)
    assert [(held.name, held.why) for held in report.held] == [(("note", note.id), "edited")]
    shelf.notes.edit(note.id, content_of(note, body="changed in the library"))
    report = export_vault(shelf.record, tmp_path)
    assert [(held.name, held.why) for held in report.held] == [(("note", note.id), "conflict")]
    shelf.notes.trash(note.id)
    report = export_vault(shelf.record, tmp_path)
    assert [(held.name, held.why) for held in report.held] == [(("note", note.id), "gone")]
    assert "A finer fact" in page(tmp_path).read_text()


def test_a_trashed_note_leaves_its_page(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    note = shelf.note("lesson", paper, fact="A fact")
    export_vault(shelf.record, tmp_path)
    shelf.notes.trash(note.id)
    export_vault(shelf.record, tmp_path)
    assert note.id not in page(tmp_path).read_text()


def test_renamed_and_moved_files_keep_what_they_are_about(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    export_vault(shelf.record, tmp_path)
    moved = tmp_path / "read" / "Preferences.md"
    moved.parent.mkdir()
    page(tmp_path).rename(moved)
    shelf.note("lesson", paper, fact="A later fact", agendas=(OVERSIGHT,))
    report = export_vault(shelf.record, tmp_path)
    assert report.created == ()
    assert "A later fact" in moved.read_text()
    assert "[[read/Preferences#^" in texts(tmp_path)["agendas/scalable-oversight.md"]


def test_a_region_moved_to_another_file_is_kept_in_step_there(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    note = shelf.note("lesson", paper, fact="A fact")
    export_vault(shelf.record, tmp_path)
    text = page(tmp_path).read_text()
    region = next(region for region in regions.find(text) if region.name == ("note", note.id))
    (tmp_path / "mine.md").write_text("Own page\n\n" + "\n".join(text.split("\n")[region.first : region.last + 1]))
    page(tmp_path).write_text(regions.replace(text, region, None))
    shelf.notes.edit(note.id, content_of(note, body="More."))
    export_vault(shelf.record, tmp_path)
    assert "More." in (tmp_path / "mine.md").read_text()
    assert note.id not in page(tmp_path).read_text()


def test_files_of_the_readers_own_are_never_touched(home: Home, tmp_path: Path) -> None:
    shelf, _ = studied(home)
    (tmp_path / "papers").mkdir()
    page(tmp_path).write_text("---\ntitle: mine\n---\nMy file by the same name\n")
    (tmp_path / "latin.md").write_bytes(b"caf\xe9")
    hidden = tmp_path / ".obsidian" / "x.md"
    hidden.parent.mkdir()
    hidden.write_text(regions.write(("note", "n1"), "x"))
    before = {path: path.read_bytes() for path in tmp_path.rglob("*.md")}
    report = export_vault(shelf.record, tmp_path)
    assert {path: path.read_bytes() for path in before} == before
    assert tmp_path / "papers" / "christiano2017deep-2.md" in report.created
    assert report.unreadable == (tmp_path / "latin.md",)


def test_the_vault_of_another_library_keeps_its_regions(tmp_path: Path) -> None:
    shelf, _ = studied(Home(tmp_path / "one"))
    export_vault(shelf.record, tmp_path / "vault")
    before = texts(tmp_path / "vault")["papers/christiano2017deep.md"]
    export_vault(Shelf(Home(tmp_path / "two")).record, tmp_path / "vault")
    assert texts(tmp_path / "vault")["papers/christiano2017deep.md"] == before


def test_names_from_outside_cannot_leave_the_vault(home: Home, tmp_path: Path) -> None:
    shelf = Shelf(home)
    agenda = OVERSIGHT.model_copy(update={"agenda": "../../x y"})
    shelf.note("idea", direction="../../../etc", agendas=(agenda,))
    report = export_vault(shelf.record, tmp_path / "vault")
    assert all(path.resolve().is_relative_to(tmp_path / "vault") for path in report.created)
    assert export_vault(shelf.record, tmp_path / "vault").unchanged == 2


def test_places_that_cannot_be_used_are_named(home: Home, tmp_path: Path) -> None:
    shelf, _ = studied(home)
    (tmp_path / "file").write_text("x")
    with pytest.raises(UsageError, match="cannot be made"):
        export_vault(shelf.record, tmp_path / "file")
    with pytest.raises(NotFoundError, match="does not exist"):
        read_vault(shelf.record, tmp_path / "nowhere")


def words(files: dict[str, str]) -> set[str]:
    """What was written by hand and is still there."""
    return set(re.findall(r"handwritten\d+", "".join(files.values())))


def broken_links(files: dict[str, str], held: set[str]) -> list[str]:
    """Links in regions that no hand has changed that lead to no file, or to no note in it, as Obsidian follows them.

    A note that is ``held``, since a hand has changed it, may have lost the mark that links lead to.
    """
    broken = []
    for text in files.values():
        for region in regions.find(text):
            for target, block, _ in () if region.is_edited else LINK.findall(region.content):
                there = files.get(f"{target}.md", "")
                if not there or (block and block not in held and not re.search(rf"\^{block}\s*$", there, re.MULTILINE)):
                    broken.append(f"{target}#{block}")
    return broken


def scribble(folder: Path, dice: random.Random, number: int) -> None:
    """Write, cut and move the way that people and editors do."""
    path = dice.choice(sorted(folder.rglob("*.md")))
    text = path.read_bytes().decode()
    at = dice.randrange(len(text) + 1)
    if dice.random() < 0.4:
        at = text.rfind("\n", 0, at) + 1
    cut = dice.choice([0, 0, 0, 1, 40])
    piece = dice.choice(["{}", "{}\n", "\n## Claims\n{}\n", " # {}"]).format(f"handwritten{number}")
    text = text[:at] + piece + text[at + cut :]
    if dice.random() < 0.1:
        text = text.replace("\n", "\r\n").replace("\r\r\n", "\r\n")
    path.write_bytes(text.encode())
    if dice.random() < 0.1:
        path.rename(path.with_name(f"moved{number}.md"))


def use(shelf: Shelf, dice: random.Random, number: int) -> None:
    """Change something in the library."""
    notes = shelf.notes.all()
    note = dice.choice(notes)
    what = dice.choice(["edit", "add", "trash", "paper", "state"])
    if what == "edit":
        shelf.notes.edit(note.id, content_of(note, body=f"{note.body}\nlibrary {number}"))
    elif what == "trash" and len(notes) > 3:
        shelf.notes.trash(note.id)
    elif what == "paper":
        shelf.paper(PaperDraft(title=f"Paper {number}"))
    elif what == "state":
        shelf.papers.set_state(dice.choice(shelf.papers.all()).id, dice.choice(list(ReadingState)))
    else:
        shelf.note(dice.choice(["claim", "lesson"]), dice.choice(shelf.papers.all()), body=f"note {number}")


@pytest.mark.parametrize("seed", [*range(8), *(pytest.param(seed, marks=pytest.mark.long) for seed in range(8, 40))])
def test_no_hand_written_word_is_lost_however_often_one_exports(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, seed: int
) -> None:
    monkeypatch.setattr("os.fsync", lambda _: None)
    dice = random.Random(seed)
    shelf, _ = studied(home)
    vault = tmp_path / "vault"
    export_vault(shelf.record, vault)
    for number in range(25):
        scribble(vault, dice, number)
        if dice.random() < 0.5:
            use(shelf, dice, number)
        before = texts(vault)
        report = export_vault(shelf.record, vault)
        after = texts(vault)
        assert words(before) <= words(after)
        for name, text in before.items():
            assert is_subsequence(outside(text), after[name].split("\n"))
        assert broken_links(after, {held.name[1] for held in report.held}) == []
        assert not report.created or len(after) > len(before)
