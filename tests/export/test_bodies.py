"""The reader's own Markdown stays what it is, and stays in its place."""

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from kb.export.bodies import contained
from tests.export.reading import headings, html_in, shown, tokens

LINES = st.sampled_from(
    [
        "# Top",
        "## Second #",
        "Title",
        "===",
        "---",
        "> # quoted",
        "> text",
        "- item",
        "  # in item",
        "1. one",
        "```",
        "~~~~ py",
        "`a <b> c`",
        "`` ` ``",
        "<div>",
        "</div>",
        "<!-- open",
        "-->",
        "<script>",
        "</pre>",
        "a <b>bold</b> word",
        "<?php",
        "<![CDATA[",
        "    # code",
        "\tcode",
        "",
        "",
        "*emph* **strong** [link](http://x)",
        "[ref]: <http://x>",
        "| a | b |",
        "|---|---|",
        "\\<kept>",
        "<https://example.org>",
        "text\\",
    ]
)
BODIES = st.lists(LINES, max_size=14).map("\n".join)
AFTER = "\n\nAfter the note\n\n# Next\n"


@settings(max_examples=600)
@given(BODIES)
@example("> ```\n# inside")
def test_no_body_reaches_beyond_its_place(body: str) -> None:
    document = contained(body, 3) + AFTER
    after = [token for token in tokens(document)[-6:] if token.level == 0]
    assert [token.type for token in after] == ["paragraph_open", "paragraph_close", "heading_open", "heading_close"]
    assert headings(document)[-1] == (1, "Next")
    assert all(level > 3 for level, _ in headings(document)[:-1])
    assert not html_in(document)


@settings(max_examples=300)
@given(BODIES)
def test_containing_twice_changes_nothing_more(body: str) -> None:
    once = contained(body, 0)
    assert contained(once, 0) == once


@given(st.lists(st.sampled_from(["*a* word", "- item", "> quote", "", "    code", "`x <y>`", "1. one"])).map("\n".join))
def test_markdown_without_headings_or_html_is_kept_to_the_letter(body: str) -> None:
    assert contained(body, 3) == body.strip("\n").rstrip()


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        ("# A\n\ntext", "#### A\n\ntext"),
        ("Two\nlines\n===", "#### Two lines"),
        ("> # quoted", "> #### quoted"),
        ("- item\n  ---", "- ##### item"),
        ("###### deep", "###### deep"),
        ("A#\n---", "##### A# #####"),
        ("```py\n# a comment\n<b>\n```", "```py\n# a comment\n<b>\n```"),
        ("```\nnever closed", "```\nnever closed\n```"),
        ("a <b>c</b> `<d>`", "a \\<b>c\\</b> `<d>`"),
        ("<div>\n# h\n</div>", "\\<div>\n#### h\n\\</div>"),
        ("1 < 2 and <https://e.org>", "1 < 2 and <https://e.org>"),
        ("---\ntitle: x\n...", "***\ntitle: x\n..."),
        ("\n\n  \n", ""),
    ],
)
def test_a_body_in_a_section_of_level_three(body: str, kept: str) -> None:
    assert contained(body, 3) == kept


def test_words_inside_html_are_shown() -> None:
    assert shown(contained("<details>secret *word*</details>", 1)) == "<details>secret word</details>"
