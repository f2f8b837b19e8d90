"""What leaves the screen: quotations and links for the clipboard, files for the system's own viewer."""

import shutil
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.paper import Paper
    from tui.data.view_models import SelectedQuote


def as_quotation(quote: "SelectedQuote", paper: "Paper") -> str:
    """The quote with who says it, when, and on which page."""
    from kb.models.authors import short_authors

    who = " ".join(filter(None, [short_authors(paper.authors), str(paper.year or "")]))
    source = ", ".join(filter(None, [who, f"p. {quote.page}" if quote.page else ""]))
    return f"“{' '.join(quote.text.split())}” ({source or paper.title})"


def as_link(paper: "Paper") -> str:
    """A Markdown link to where the paper can be found by anyone."""
    address = f"https://arxiv.org/abs/{paper.arxiv_id}" if paper.arxiv_id else paper.url or ""
    address = address or (f"https://doi.org/{paper.doi}" if paper.doi else "")
    title = paper.title.replace("[", "\\[").replace("]", "\\]")
    return f"[{title}]({address})" if address else title


def open_outside(file: Path) -> str:
    """Open a file with the system's own program; says what was done, or where the file is."""
    if not file.exists():
        return f"The file {file} is missing. Next: kb doctor"
    if not handed_over(str(file)):
        return f"No program to open it with; the file is {file}"
    return f"Opened {file.name[:12]}… outside"


def open_address(address: str) -> str:
    """Open an address in the system's browser; says what was done, or what the address is."""
    if not address.startswith(("http://", "https://")):
        return f"This is no address of the web: {address}"
    return f"Opened {address}" if handed_over(address) else f"No browser to open it with; the address is {address}"


def handed_over(what: str) -> bool:
    """Whether the system's own program was started on a file or an address."""
    opener = "open" if sys.platform == "darwin" else "xdg-open"
    if shutil.which(opener) is None:
        return False
    subprocess.Popen(
        [opener, what], stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        start_new_session=True,
    )  # fmt: skip
    return True
