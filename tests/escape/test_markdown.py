"""Text from outside, put into Markdown, comes out as that text."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kb.escape.markdown import markdown_inline, markdown_paragraphs, markdown_text
from tests.export.reading import headings, html_in, shown, tokens

METACHARACTERS = "*_`#[]()<>!&;:|~^$%@={}\\-+.0123456789abcxyz \n\t\"'/"
HOSTILE = [
    "# not a heading",
    "1. not a list",
    "(a) not a list",
    "- not a list",
    "> not a quote",
    "--- ***",
    "===",
    "```not code",
    "~~~",
    "<script>alert(1)</script>",
    "<!-- hidden",
    "&lt;b&gt; &#65; &amp",
    "[a](javascript:alert(1))",
    "![x](http://evil.example/p.png)",
    "<https://auto.link>",
    "**b** __i__ `c` ~~s~~ a_b_c",
    "| a | b |",
    "[^1]: note",
    "[ref]: http://x",
    "trailing \\",
    "%%hidden%% ==marked==",
    "$E = mc^2$",
]


@given(st.text(METACHARACTERS, max_size=40))
@example("\\")
@example("1)")
def test_any_text_is_one_paragraph_that_reads_the_same(text: str) -> None:
    written = markdown_text(text)
    kinds = [token.type for token in tokens(written)]
    assert kinds in ([], ["paragraph_open", "inline", "paragraph_close"])
    assert shown(written) == " ".join(text.split())


@given(st.text(METACHARACTERS, max_size=40))
def test_any_text_within_a_line_reads_the_same(text: str) -> None:
    assert shown(f"Before {markdown_inline(text)} after") == " ".join(f"Before {text} after".split())


@pytest.mark.parametrize("text", HOSTILE)
def test_what_markdown_would_obey_is_shown(text: str) -> None:
    written = markdown_text(text)
    assert shown(written) == " ".join(text.split())
    assert not html_in(written)
    assert not headings(written)
    inline = [child.type for token in tokens(written) for child in token.children or ()]
    assert set(inline) <= {"text", "text_special"}


@pytest.mark.parametrize("text", ["KL(p || q) < 0.05", "snake-case", "p. 5", "a - b", "3 & 4", "mail@example.org"])
def test_plain_words_stay_readable_in_the_source(text: str) -> None:
    assert markdown_inline(text).replace("\\|", "|") == text


def test_paragraphs_stay_apart() -> None:
    assert markdown_paragraphs("one\ntwo\n\n\n# three\r\n\r\nfour") == "one two\n\n\\# three\n\nfour"


def test_terminal_escapes_and_direction_overrides_are_shown() -> None:
    assert markdown_text("a\x1b[31mb\u202ec\x9bd") == "a␛\\[31mb⟨U+202E⟩c⟨U+009B⟩d"
