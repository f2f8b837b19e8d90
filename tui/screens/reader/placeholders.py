"""What stands in the reader where there is no text."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from tui.data.view_models import OpenedPaper

NO_PAPER = """\
# No paper is open

Press 1 for the library and enter on a paper, or f to find something in all of them."""
NO_TEXT = """\
# This paper has no text here

Its file was not fetched, or could not be read. In a shell:

  kb open {paper}       its page, in the browser
  kb show {paper}       what is known of it, and why there is no text
  kb doctor             what is missing, and how to get it back

Then open it again."""
TEXT_COMES = """\
# The text is being made

The file of this paper is here; its text is read from it right now, and appears here by itself."""


def no_text(opened: "OpenedPaper", *, has_engine: bool) -> str:
    """Why a paper has no text, and what to do; or that the engine is making it."""
    return TEXT_COMES if opened.version is not None and has_engine else NO_TEXT.format(paper=opened.paper.id)
