"""Primers are a source like any other: recognised by their prefix, known by their title, laid out and forgotten."""

from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import NotFoundError, UsageError
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import PaperKind
from kb.models.progress import Progress
from kb.sources.fetch_queue import FetchQueue
from kb.sources.identify import identify
from kb.sources.providers.primer import SOURCE, way_to_primer
from kb.sources.source import Arrived, FetchItem, PaperSource

ITEM = "primer:control-as-inference"


@pytest.mark.parametrize("text", [ITEM, "Primer:control-as-inference", "primer: control-as-inference"])
def test_a_primer_is_named_by_its_id_and_read_back(text: str) -> None:
    found = identify(text)
    assert found == PaperSource(kind="primer", value="control-as-inference")
    assert SOURCE.item(found) == ITEM
    assert way_to_primer("control-as-inference").value == ITEM


@pytest.mark.parametrize("text", ["primer:", "primer:../secrets", "primer:Two Words", "primer:a--b"])
def test_what_only_claims_to_be_a_primer_is_said(text: str) -> None:
    with pytest.raises(UsageError, match="not the id of a primer"):
        identify(text)


def test_a_primer_is_known_in_the_library_by_its_title_and_kind(home: Home) -> None:
    sought = SOURCE.sought(ITEM)
    assert sought
    with Record.open(home) as record:
        papers = Papers(record)
        papers.add(sought.draft.model_copy(update={"kind": PaperKind.POST, "url": "https://example.org/same-title"}))
        assert papers.match(sought.draft) is None
        added = papers.add(sought.draft)
        assert papers.match(sought.draft) == added
    assert SOURCE.sought("primer:nothing") is None


def test_a_primer_is_laid_out_and_an_unknown_one_fails_alone(home: Home) -> None:
    queue = FetchQueue(home)
    events = list(queue.run([FetchItem(way=way_to_primer(name)) for name in ("nothing", "control-as-inference")]))
    failed = [one for one in events if isinstance(one, Progress) and one.failure]
    (arrived,) = [one for one in events if isinstance(one, Arrived)]
    assert [one.source for one in failed] == ["primer:nothing"]
    assert arrived.path.read_bytes().startswith(b"%PDF")
    assert arrived.draft
    assert arrived.draft.title == "Control as inference"
    queue.done(ITEM, "slug")
    assert not arrived.path.exists()
    assert {item: line.state for item, line in queue.journal.items().items()} == {
        "primer:nothing": "failed", ITEM: "done",
    }  # fmt: skip


def test_only_its_own_file_is_forgotten(tmp_path: Path) -> None:
    kept = tmp_path / "control-as-inference.pdf"
    kept.write_bytes(b"%PDF")
    folder = tmp_path / "incoming"
    folder.mkdir()
    SOURCE.forget(folder, "primer:../control-as-inference")
    SOURCE.forget(folder, "https://example.org/control-as-inference")
    assert kept.exists()


def test_an_unknown_primer_names_those_there_are(tmp_path: Path) -> None:
    from kb.reading.primer_pdf import lay_out_primer

    with pytest.raises(NotFoundError) as caught:
        lay_out_primer("nothing", tmp_path)
    assert "control-as-inference" in str(caught.value)
