"""Summaries as Markdown: what they say, what they leave out, and that nothing in them is obeyed."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import UsageError
from kb.export.gather import gather_agenda, gather_list, gather_paper
from kb.export.markdown import render_markdown
from kb.models.paper import PaperDraft
from kb.models.provenance import Provenance
from kb.models.reading_list import Entry
from tests.export.library import DEBATE, Shelf, quote, studied
from tests.export.reading import headings, html_in, shown

HOSTILE = "</pre><script>x</script> # *b* `c` [d](javascript:e) | \x1b[31m {{ f }} {% g %} ``` &lt; <!--"
SEEN = "</pre><script>x</script> # *b* `c` [d](javascript:e) | ␛[31m {{ f }} {% g %} ``` &lt; <!--"


def test_a_paper_reads_as_a_summary(home: Home) -> None:
    shelf, paper = studied(home)
    golden = Path(__file__).parent.parent / "golden" / "summary.md"
    assert render_markdown(gather_paper(shelf.record, paper.id)) == golden.read_text("utf-8")


def test_nothing_is_printed_for_what_is_not_there(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(PaperDraft(title="Bare"))
    text = render_markdown(gather_paper(shelf.record, paper.id))
    assert headings(text) == [(1, "Bare"), (2, "Reference")]
    assert "None" not in text
    assert "\n\n\n" not in text


def test_a_paper_without_a_summary_of_the_readers_own_has_its_abstract(home: Home) -> None:
    shelf = Shelf(home)
    text = render_markdown(gather_paper(shelf.record, shelf.paper().id))
    assert headings(text)[1] == (2, "Abstract")


def test_a_list_is_told_paper_by_paper(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(DEBATE)
    shelf.course(
        Entry(id="e1", order=1, title="Debate"),
        Entry(id="e2", order=2, title="A *post*", authors=("Ann Ash",), year=2020, minutes=12),
    )
    shelf.reading_lists.attach("course", "e1", paper.id)
    shelf.note("question", paper, body="# Is it?\n\nReally?")
    text = render_markdown(gather_list(shelf.record, "course"))
    assert headings(text) == [
        (1, "A course"),
        (2, "AI safety via debate"),
        (3, "Questions"),
        (4, "Is it?"),
        (2, "Nothing noted yet"),
        (2, "Reference"),
    ]
    assert "Notes on 1 paper; 1 entry without any yet." in text
    assert "- A \\*post\\* (Ash, 2020, core, 12 min)" in text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ("exact", "— p. 1"),
        ("moved", "found again at another place"),
        ("changed", "the text has changed since it was marked; it now reads “new words”"),
        ("ambiguous", "these words stand in several places"),
        ("orphaned", "not found in the text of the paper"),
    ],
)
def test_a_quote_that_is_not_exact_says_so(home: Home, state: str, said: str) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    found = "new words" if state == "changed" else ""
    shelf.note("highlight", paper, anchors=(quote("old words", state=state, found=found),))
    text = render_markdown(gather_paper(shelf.record, paper.id))
    assert "> old words\n>\n> — p. 1" in text
    assert said in text


def test_metacharacters_from_outside_come_out_as_text(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper(PaperDraft(title=HOSTILE, authors=(HOSTILE,), venue=HOSTILE, abstract=HOSTILE, url=HOSTILE))
    shelf.text(paper, (0, HOSTILE))
    shelf.note("claim", paper, anchors=(quote(HOSTILE, block=0),), statement=HOSTILE, asserted_by=HOSTILE)
    shelf.note("method", paper, approach=HOSTILE, problem=HOSTILE, metric=HOSTILE)
    shelf.note("highlight", paper, body=HOSTILE, provenance=Provenance.IMPORT)
    shelf.note("question", paper, body="Why?", answer=HOSTILE)
    text = render_markdown(gather_paper(shelf.record, paper.id))
    assert not html_in(text)
    assert "\x1b" not in text
    assert headings(text)[0] == (1, SEEN)
    assert len(headings(text)) == 7
    assert shown(text).count(SEEN) == 14


@pytest.mark.skipif(shutil.which("pandoc") is None, reason="pandoc is not installed")
def test_pandoc_reads_the_same_headings_and_words(home: Home) -> None:
    shelf, paper = studied(home)
    shelf.note("claim", paper, anchors=(quote(HOSTILE, block=0),), statement=HOSTILE, asserted_by=HOSTILE)
    shelf.note("lesson", paper, body="# Mine\n\n---\na: b\n...\n\n```\nnever closed")
    text = render_markdown(gather_paper(shelf.record, paper.id))
    run = subprocess.run(
        ["pandoc", "--from", "markdown", "--to", "plain", "--wrap", "none"],
        input=text,
        capture_output=True,
        text=True,
        check=True,
    )
    assert run.stdout.count(SEEN) == 3
    assert [title for _, title in headings(text) if title not in run.stdout] == []
    as_json = subprocess.run(["pandoc", "--to", "json"], input=text, capture_output=True, text=True, check=True).stdout
    blocks = json.loads(as_json)["blocks"]
    assert [block["c"][0] for block in blocks if block["t"] == "Header"] == [1] + [2] * (len(headings(text)) - 2)
    assert blocks[-1]["t"] == "CodeBlock"
    assert "RawBlock" not in as_json
    assert "RawInline" not in as_json


def test_the_readers_own_markdown_stays_markdown(home: Home) -> None:
    shelf = Shelf(home)
    paper = shelf.paper()
    shelf.note("summary", paper, body="One *word*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n\n\n\ny\n```")
    text = render_markdown(gather_paper(shelf.record, paper.id))
    assert "One *word*.\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n```\nx\n\n\n\ny\n```\n" in text


def test_the_same_library_gives_the_same_text(home: Home) -> None:
    shelf, paper = studied(home)
    texts = {render_markdown(gather_paper(shelf.record, paper.id)) for _ in range(3)}
    assert len(texts) == 1


def test_the_readers_own_template_wins_and_may_use_the_packaged_parts(home: Home, tmp_path: Path) -> None:
    shelf, paper = studied(home)
    own = tmp_path / "templates"
    own.mkdir()
    (own / "summary.md.j2").write_text(
        '{% import "parts.md.j2" as parts with context %}\n'
        "MINE {{ summary.title }} {{ summary.id }}\n\n{{ parts.group('Held', summary.papers[0].positions, 2) }}"
    )
    text = render_markdown(gather_paper(shelf.record, paper.id), own)
    assert text == (
        f"MINE Deep reinforcement learning from human preferences {paper.id}\n\n"
        "## Held\n\n**Comparisons scale badly.** My credence: 60–80 % (labels get costly).\n"
    )


@pytest.mark.parametrize(
    "source",
    ["{% if %}", "{{ summary.nothing }}", "{{ 1 / 0 }}", "{{ summary.__class__.__mro__ }}", "{% include 'no' %}"],
)
def test_a_template_at_fault_is_named(home: Home, tmp_path: Path, source: str) -> None:
    shelf, paper = studied(home)
    (tmp_path / "summary.md.j2").write_text(source)
    with pytest.raises(UsageError, match="template") as error:
        render_markdown(gather_paper(shelf.record, paper.id), tmp_path)
    assert "remove it" in error.value.next


def test_an_agenda_tells_what_bears_on_it(home: Home) -> None:
    shelf, _ = studied(home)
    text = render_markdown(gather_agenda(shelf.record, "scalable-oversight"))
    assert headings(text)[:3] == [
        (1, "Scalable oversight"),
        (2, "Deep reinforcement learning from human preferences"),
        (3, "What is claimed"),
    ]
