"""``kb updates`` and looking after lists."""

from collections.abc import Iterator
from pathlib import Path

import pymupdf
import pytest

from kb.config import Home
from tests.cli.conftest import Kb
from tests.support.arxiv_feed import Listed
from tests.support.arxiv_stand_in import ArxivStandIn
from tests.support.web_stand_in import Answer

SENTENCE = "Debate between two agents helps a weak judge to find the truth about a hard question"
CHANGED = "Debate between three agents helps a weak judge to find the truth about one hard question"
KEPT = "Every claim of this paper was tested on a small game with pictures of digits"


def version(*sentences: str) -> bytes:
    """A PDF that says these sentences."""
    with pymupdf.open() as document:
        page = document.new_page()
        page.insert_text((72, 72), "AI safety via debate", fontsize=18)
        for number, sentence in enumerate(sentences):
            page.insert_text((72, 130 + 40 * number), f"{sentence}.", fontsize=10)
        data: bytes = document.tobytes()
        return data


@pytest.fixture
def arxiv(monkeypatch: pytest.MonkeyPatch) -> Iterator[ArxivStandIn]:
    stand_in = ArxivStandIn()
    stand_in.add(Listed("1805.00899", 1, title="AI safety via debate"), version(SENTENCE, KEPT))
    with stand_in:
        monkeypatch.setenv("KB_ARXIV_URL", stand_in.url)
        monkeypatch.setenv("KB_ARXIV_DELAY", "0")
        yield stand_in


def test_a_newer_version_comes_beside_and_says_which_notes_it_touches(kb: Kb, arxiv: ArxivStandIn, home: Home) -> None:
    kb("fetch", "1805.00899")
    touched = kb("note", "add", "debate", "--kind", "highlight", "--quote", SENTENCE, "--json").data["note"]
    kb("note", "add", "debate", "--kind", "highlight", "--quote", KEPT)
    arxiv.add(Listed("1805.00899", 2, title="AI safety via debate", doi="10.1234/debate"), version(CHANGED, KEPT))
    result = kb("updates", "--json")
    assert result.code == 0, result.err
    by_what = {one["what"]: one for one in result.data["updates"]}
    assert (by_what["version"]["before"], by_what["version"]["after"]) == ("v1", "v2")
    (note,) = by_what["version"]["touched"]
    assert (note["note"], note["state"], note["quote"]) == (touched, "changed", SENTENCE)
    assert "three agents" in note["found"]
    shown = kb("show", "1805.00899", "--json").data
    assert [one["label"] for one in shown["versions"]] == ["v2", "v1"]
    assert shown["doi"] == "10.1234/debate"
    assert kb("updates", "--json").data["updates"] == []


def test_what_a_new_version_does_to_notes_is_said_in_a_sentence_with_both_texts(kb: Kb, arxiv: ArxivStandIn) -> None:
    kb("fetch", "1805.00899")
    for _ in range(2):
        kb("note", "add", "debate", "--kind", "highlight", "--quote", SENTENCE)
    kb("note", "add", "debate", "--kind", "highlight", "--quote", KEPT)
    arxiv.add(Listed("1805.00899", 2, title="AI safety via debate"), version(CHANGED))
    result = kb("updates")
    told = " ".join(result.out.split())
    assert "v2 changed the sentence that 2 of your notes quote; what 1 of them quotes is not there any more." in told
    assert f"your quote: “{SENTENCE}" in told
    assert f"it says now: “{CHANGED}" in told


def test_without_fetching_nothing_is_brought_in(kb: Kb, arxiv: ArxivStandIn) -> None:
    kb("fetch", "1805.00899")
    arxiv.add(Listed("1805.00899", 2, title="AI safety via debate"), version(KEPT))
    assert [one["what"] for one in kb("updates", "--no-fetch", "--json").data["updates"]] == ["version"]
    assert len(kb("show", "1805.00899", "--json").data["versions"]) == 1


def test_an_empty_library_asks_nobody(kb: Kb, arxiv: ArxivStandIn) -> None:
    assert kb("updates", "--json").data == {"updates": [], "failed": []}
    assert arxiv.requests("") == []


def test_an_older_version_never_becomes_the_current_one(kb: Kb, arxiv: ArxivStandIn) -> None:
    arxiv.add(Listed("1805.00899", 2, title="AI safety via debate"), version(CHANGED))
    kb("fetch", "1805.00899")
    kb("add", "1805.00899v1")
    assert [one["label"] for one in kb("show", "1805.00899", "--json").data["versions"]] == ["v2", "v1"]
    assert kb("search", "three agents", "--mode", "words").code == 0


def test_what_failed_is_told_and_tried_again(kb: Kb, arxiv: ArxivStandIn) -> None:
    assert kb("fetch", "2001.00001").code == 1
    status = kb("fetch", "--status", "--json").data["items"]
    assert [(item["item"], item["state"]) for item in status] == [("2001.00001", "failed")]
    arxiv.add(Listed("2001.00001", 1, title="A paper that came late"), version(KEPT, SENTENCE))
    assert kb("fetch", "--retry-failed").code == 0
    assert kb("fetch", "--retry-failed").code == 3
    assert kb("fetch").code == 2


def test_a_title_that_is_surely_one_paper_is_fetched(kb: Kb, arxiv: ArxivStandIn) -> None:
    assert kb("add", "AI safety via debate", "--json").data["added"][0]["title"] == "AI safety via debate"


def test_a_title_that_several_papers_nearly_have_is_asked_about(
    kb: Kb, arxiv: ArxivStandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    title = "safety debate"
    unsure = kb("add", title, "--json")
    assert unsure.code == 3
    assert "AI safety via debate" in unsure.data["failed"][0]["message"]
    monkeypatch.setattr("kb.cli.console.on_terminal", lambda: True)
    monkeypatch.setattr("typer.prompt", lambda *_, **__: 1)
    assert kb("add", title).code == 0
    assert [paper["title"] for paper in kb("papers", "--json").data["papers"]] == ["AI safety via debate"]


def test_bibtex_names_a_paper(kb: Kb, arxiv: ArxivStandIn) -> None:
    entry = "@misc{x, title={AI safety via debate}, eprint={1805.00899}, archivePrefix={arXiv}}"
    assert len(kb("add", entry, "--json").data["added"]) == 1


def test_the_packaged_lists_have_no_errors(kb: Kb) -> None:
    result = kb("lists", "lint", "--json")
    assert [finding for finding in result.data["findings"] if finding["level"] == "error"] == []
    assert result.code == 0


def test_a_list_of_the_readers_own_is_looked_at(kb: Kb, home: Home) -> None:
    home.lists.mkdir(parents=True)
    (home.lists / "mine.yaml").write_text(
        "id: mine\ntitle: Mine\nedition: '1'\nsource: me\nentries:\n"
        "- {id: one, order: 1, title: A, arxiv_id: '1805.00899', agendas: [no-such-agenda]}\n"
        "- {id: two, order: 2, title: B, arxiv_id: '1805.00899'}\n"
    )
    found = kb("lists", "lint", "mine", "--json").data["findings"]
    assert {finding["field"] for finding in found} >= {"agendas", "arxiv_id"}


def test_two_editions_are_compared(kb: Kb) -> None:
    changes = kb("lists", "diff", "mlss@mlss-2022", "mlss@site-2024", "--json").data["changes"]
    assert sum(change["what"] == "added" for change in changes) == 56
    assert kb("lists", "diff", "mlss@1900", "mlss").code == 3


def test_a_page_on_this_machine_is_fetched_only_when_allowed(kb: Kb, arxiv: ArxivStandIn, tmp_path: Path) -> None:
    page = f"{arxiv.url}/post"
    further = "A judge who cannot answer alone may still see which of two short arguments is the better one"
    text = "".join(f"<p>{sentence}.</p>" for sentence in (SENTENCE, KEPT, further))
    arxiv.pages["/post"] = Answer(
        f"<html><head><title>A post</title></head><body><article><h1>A post</h1><h2>Why</h2>{text}"
        "</article></body></html>".encode(),
        type="text/html; charset=utf-8",
    )
    refused = kb("add", page, "--json")
    assert refused.code == 1
    assert "--allow-private" in refused.data["failed"][0]["next"]
    allowed = kb("add", page, "--allow-private", "--json")
    assert allowed.code == 0, allowed.err
    assert allowed.data["added"][0]["title"] == "A post"
    note = kb("note", "add", "A post", "--kind", "highlight", "--quote", KEPT, "--json").data
    assert note["anchor"]["state"] == "exact"
