"""``kb search``: filters as options, more like this, kept searches, and how hits look in a terminal."""

import json

import pytest

from kb.cli.search_results import heading, looking, print_hits
from kb.config import Home
from kb.insight.keep_evidence import claimed, keep_as_evidence
from kb.library.papers import Papers
from kb.library.record import Record
from kb.library.saved_searches import FILE
from kb.library.search_history import MOST, recent_queries, remember_query
from kb.models.paper import PaperDraft
from kb.models.search import Hit
from kb.workspace import Workspace
from tests.cli.conftest import Kb


@pytest.fixture
def known(library: Home) -> Home:
    """The paper is one that stands on reading lists."""
    with Record.open(library) as record:
        papers = Papers(record)
        draft = PaperDraft(
            title="Learning from Human Comparisons", authors=("Paul F. Christiano",), year=2017, arxiv_id="1706.03741"
        )
        papers.update(papers.all()[0].id, draft)
    return library


def ids(kb: Kb, *arguments: object) -> list[str]:
    """Ids of what a search finds."""
    return [hit["id"] for hit in kb("search", *arguments, "--flat", "--json").data["hits"]]


def test_options_are_words_of_the_query(known: Home, kb: Kb) -> None:
    both = kb("search", "comparisons", "--year", "2017..", "--author", "paul f", "--json").data
    assert both["query"] == 'comparisons year:2017.. author:"paul f"'
    assert both["hits"]
    assert {each["name"]: each["reading"] for each in both["filters"]}["year"] == "2017 and later"
    assert kb("search", "comparisons", "--year", "..2016", "--json").code == 3


@pytest.mark.parametrize(
    ("arguments", "code", "near"),
    [
        (("--kind", "claims"), 2, "claim"),
        (("--author", "cristiano"), 3, "Christiano"),
        (("--agenda", "debat-"), 3, "debate"),
        (("--list", "agsf-2022"), 3, "agisf-2022"),
        (("--concept", "kl-diverg-ence"), 3, "kl-divergence"),
        (("--year", "soon"), 2, "2018.."),
        (("--state", "readd"), 2, "read"),
    ],
)
def test_wrong_values_are_answered_with_the_nearest_right_ones(
    known: Home, kb: Kb, arguments: tuple[str, str], code: int, near: str
) -> None:
    said = kb("search", "comparisons", *arguments, "--json")
    assert said.code == code
    assert near in said.data["error"]["why"]


def test_papers_are_narrowed_by_the_same_filters_and_wrong_ones_are_the_same_errors(known: Home, kb: Kb) -> None:
    listed = [paper["paper"] for paper in kb("papers", "--year", "2016-2018", "--has", "text", "--json").data["papers"]]
    found = kb("search", "--year", "2016-2018", "--has", "text", "--in", "papers", "--json").data["hits"]
    assert listed
    assert set(listed) == {hit["paper"] for hit in found}
    assert kb("papers", "--state", "queued", "--state", "unread", "--json").data["papers"]
    assert kb("papers", "--year=-2016", "--json").data["papers"] == []
    for arguments in (("--state", "readd"), ("--list", "agsf-2022"), ("--agenda", "debat-"), ("--year", "soon")):
        said, asked = kb("papers", *arguments, "--json"), kb("search", "x", *arguments, "--json")
        assert (said.code, said.data["error"]) == (asked.code, asked.data["error"])
    assert "author: has nothing behind it" in kb("papers", "--author", "").err


def test_a_misspelt_filter_is_remarked_on_and_read_as_a_word(library: Home, kb: Kb) -> None:
    said = kb("search", "comparisons", "authr:christiano")
    assert said.code == 0
    assert "the nearest is author:" in said.err
    assert "is no filter" not in kb("search", "comparisons", "https://a.b/c").err


def test_lists_are_known_to_filters_before_anything_else_has_read_them(known: Home, kb: Kb) -> None:
    on_list = kb("search", "comparisons", "list:agisf", "--json").data["hits"]
    assert [hit["paper"] for hit in on_list] == [kb("search", "comparisons", "--json").data["hits"][0]["paper"]]
    assert kb("search", "comparisons", "agenda:rlhf", "--json").data["hits"]
    assert kb("search", "comparisons", "agenda:interpretability", "--json").code == 3


def test_filters_alone_list_papers_and_notes(known: Home, kb: Kb) -> None:
    kb("note", "add", "--kind", "idea", "--text", "ask twice", "--agenda", "rlhf")
    hits = kb("search", "agenda:rlhf", "--json").data["hits"]
    assert [hit["what"] for hit in hits] == ["note", "passage"]
    assert hits[0]["agendas"] == ["rlhf"]


def test_more_like_a_passage_a_note_or_a_paper_is_never_that_itself(library: Home, kb: Kb) -> None:
    first = kb("search", "comparisons", "--in", "papers", "--flat", "--json").data["hits"][0]
    assert first["id"] not in ids(kb, "--like", first["id"])
    short = first["id"][:6] + first["id"][16:]
    assert ids(kb, "--like", short) == ids(kb, "--like", first["id"])
    note = kb("note", "add", "--kind", "idea", "--text", "people compare clips", "--json").data["note"]
    assert ids(kb, "--like", note)
    assert note not in ids(kb, "--like", note)
    assert ids(kb, "--like", first["paper"]) == [note]
    assert kb("search", "--like", "0123abcd:7").code == 3


def test_a_search_is_kept_asked_again_and_counts_what_is_new(library: Home, kb: Kb) -> None:
    assert kb("search", "comparisons", "--save", "Clips", "--limit", "1").code == 0
    assert kb("search", "--saved", "--json").data["saved"][0]["new"] == 0
    note = kb("note", "add", "--kind", "idea", "--text", "more comparisons", "--json").data["note"]
    assert kb("search", "--saved", "--json").data["saved"][0]["new"] == 1
    shown = kb("search", "@clips")
    assert "1 new" in shown.err
    assert f"new · note {note}" in shown.out
    assert kb("search", "@clips", "--json").data["new"] == 0
    assert kb("search", "@clips", "kind:idea", "--json").data["hits"][0]["note"] == note
    assert kb("search", "@clip", "--json").data["saved"] == "Clips"
    assert kb("search", "--forget", "Clips", "--json").data["forgotten"] == "Clips"
    gone = kb("search", "@clips", "--json")
    assert (gone.code, gone.data["error"]["why"]) == (3, "none is saved yet")


def test_a_kept_search_whose_filter_names_nothing_any_more_is_told(library: Home, kb: Kb) -> None:
    (library.root / FILE).write_text(json.dumps([{"name": "old", "query": "list:gone x"}]))
    assert kb("search", "--saved", "--json").data["saved"][0]["new"] is None
    assert "cannot be asked" in kb("search", "--saved").out


def test_an_empty_library_says_how_to_fill_it(kb: Kb) -> None:
    said = kb("search", "anything")
    assert said.code == 3
    assert said.err.strip().endswith("kb fetch spine-10h --week 1, or kb add FILE")


def test_what_was_searched_for_last_is_listed_once_each(library: Home, kb: Kb) -> None:
    for query in ("comparisons", "clips", "comparisons"):
        kb("search", query)
    kb("search", "a program asks", "--json")
    assert kb("search", "--recent", "--json").data["recent"] == ["comparisons", "clips"]


def test_a_long_history_is_cut_and_a_broken_line_is_passed_over(home: Home) -> None:
    remember_query(home, "no home is made for it")
    assert not home.root.exists()
    home.root.mkdir()
    for at in range(MOST):
        remember_query(home, f"query {at} {'x' * 150}")
    with (home.root / "search_history.jsonl").open("a") as file:
        file.write("{broken\n3\n")
    recent = recent_queries(home, MOST)
    assert MOST // 2 <= len(recent) < MOST
    assert recent[0].startswith(f"query {MOST - 1} ")


def test_hits_fit_eighty_columns_and_obey_nothing(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    text = "A judge \x1b[31m hears " + "two debaters argue " * 20
    long = "A very long heading of a section that goes on and on for longer than any line is wide"
    hits = [
        Hit(rank=1, score=1, what="passage", paper="p", title="T" * 30 + " title " * 12, section=long, page=3,
            text=text, snippet=text, marks=((2, 7),), matched=("words", "meaning"), id="ab:1", key="k2020a",
            by="Irving et al. 2018"),
        Hit(rank=2, score=1, what="note", paper=None, text="Judges are honest\nmore", note="n1", kind="claim",
            matched=("words",), id="n1", agendas=("debate",)),
    ]  # fmt: skip
    print_hits(hits, {"note n1"})
    shown = capsys.readouterr().out
    assert max(map(len, shown.splitlines())) <= 80
    assert "\x1b" not in shown
    assert "\\x1b[31m" in shown
    assert "p. 3" in shown
    assert "new · note n1 · debate" in shown
    assert heading(hits[1]) == "claim: Judges are honest"
    assert shown.count("Judges are honest") == 1
    monkeypatch.setattr("sys.stdout.isatty", lambda: True)
    assert looking("x", "mark") == "\x1b[1;33mx\x1b[0m"
    monkeypatch.setenv("NO_COLOR", "1")
    assert looking("x", "mark") == "x"


def test_both_sides_of_a_claim_are_shown_and_one_is_kept_as_evidence(library: Home, kb: Kb) -> None:
    claim = kb("note", "add", "--kind", "claim", "--text", "A reward model is trained on comparisons", "--json").data
    both = kb("note", "sides", claim["note"], "--json").data
    assert both["claim"] == "A reward model is trained on comparisons"
    assert [hit["rank"] for hit in both["supporting"]] == list(range(1, len(both["supporting"]) + 1))
    assert both["opposing"] == []
    kept = kb("note", "sides", claim["note"], "--keep", "s1", "--json").data["kept"]
    evidence = kb("note", "show", kept[0], "--json").data
    assert (evidence["kind"], evidence["anchor"]["state"]) == ("evidence", "exact")
    assert [(link["kind"], link["target"]) for link in evidence["links"]] == [("supports", claim["note"])]
    assert "saved evidence" in kb("note", "sides", claim["note"], "--keep", "s1").err


def test_sides_of_a_sentence_and_what_cannot_be_kept(library: Home, kb: Kb) -> None:
    said = kb("note", "sides", "the reward model is never trained on comparisons")
    assert "May speak against it" in said.out
    assert "o1  The reward model is trained" in said.out
    assert "kb note add --kind claim" in said.err
    assert kb("note", "sides", "the reward model is trained", "--keep", "s1").code == 2
    assert kb("note", "sides", "rlhf/2", "--keep", "best").code == 2
    assert kb("note", "sides", "rlhf/2", "--keep", "o9").code == 3
    assert kb("note", "sides", "no-such-claim").code == 3


def test_a_passage_kept_for_a_claim_of_an_agenda_bears_on_it(library: Home, kb: Kb) -> None:
    hit = Hit.model_validate(kb("search", "comparisons", "--in", "papers", "--json").data["hits"][0])
    with Workspace(library) as workspace:
        claim = claimed(library, workspace.record, "rlhf/2")
        note = keep_as_evidence(workspace.record, workspace.texts, hit, claim, "opposes")
    assert claim.part == "rl-leash"
    shown = kb("note", "show", note.id, "--json").data
    assert shown["agendas"] == [{"agenda": claim.part, "bearing": "undermines"}]
