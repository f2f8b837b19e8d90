"""A figure as a PNG, an SVG or a PDF, drawn with matplotlib: panels side by side, each as its kind is drawn.

The same figure gives the same bytes: nothing of the reader's own matplotlib settings counts, the letters are those that
come with it, and no date is written. It is imported when something is drawn, and never before.
"""

import io
import math
import os
import re
import warnings
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, Any

from kb.config import machine_cache
from kb.errors import UsageError
from kb.reproductions.figure import Figure
from kb.reproductions.plot_panel import FAINT, INK, draw_panel

if TYPE_CHECKING:
    from matplotlib.figure import Figure as Page

_UNDATED: dict[str, dict[str, None]] = {
    ".png": {"Software": None},
    ".svg": {"Date": None, "Creator": None},
    ".pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""By suffix, which is also the format's name: what matplotlib would write of when and by what."""

_PANEL = (5.6, 4.6)
_HEAD = 0.56
_EDGE = 0.12
"""Inches: a panel's width and height, what the title takes above them, and the white around all of it."""
_DPI = 200
"""A panel is 1120 pixels wide: two fill the width of a page of an export at three pixels a point."""

_STYLE: dict[str, Any] = {
    "font.size": 8,
    "axes.titlesize": 10.5,
    "axes.titlelocation": "left",
    "axes.titlepad": 8,
    "axes.edgecolor": INK,
    "axes.labelcolor": INK,
    "xtick.color": INK,
    "ytick.color": INK,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "grid.color": FAINT,
    "legend.frameon": False,
    "text.color": INK,
    "text.parse_math": False,  # titles and labels are text: a dollar sign begins no formula
    "pdf.fonttype": 42,  # letters as fonts, which every viewer can search and copy
}
_INNER_NAME = re.compile(rb"(?<=[\"#])(?:image|[a-z])[0-9a-f]{10}(?=[\")])")
"""What a clip path, a marker or a picture is called inside an SVG, where it is made and where it is used."""
_DRAWING = Lock()
"""Held while matplotlib's settings, which are those of the whole process, are the ones above."""


def check_format(suffix: str) -> str:
    """The suffix of a file as a format; raises UsageError for one that a plot cannot have."""
    if suffix.lower() not in _UNDATED:
        told = f"a {suffix} file" if suffix else "a file without a suffix"
        raise UsageError(f"a plot is not written as {told}", next=f"give a name that ends in {', '.join(_UNDATED)}")
    return suffix.lower()


def plot_bytes(figure: Figure, suffix: str) -> bytes:
    """The figure as the bytes of a file with this suffix; raises UsageError for one that is no format."""
    suffix = check_format(suffix)
    matplotlib = _library()
    file = io.BytesIO()
    with _DRAWING, matplotlib.rc_context(), warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of numbers near the largest there are, whose axis has no round ends
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        _page(figure).savefig(file, format=suffix[1:], metadata=_UNDATED[suffix])
    return _numbered(file.getvalue()) if suffix == ".svg" else file.getvalue()


def _numbered(svg: bytes) -> bytes:
    """The drawing with its inner names counted in the order in which they are met.

    Matplotlib makes them of all digits of the numbers that it draws with, the last of which differ between processes.
    """
    names = dict.fromkeys(_INNER_NAME.findall(svg))
    numbers = {name: b"%s%d" % (name[:-10], at) for at, name in enumerate(names, 1)}
    return _INNER_NAME.sub(lambda found: numbers[found.group()], svg)


def write_plot(figure: Figure, path: Path) -> None:
    """Draw the figure into a file, whose suffix says in which format."""
    path.write_bytes(plot_bytes(figure, path.suffix))


def _library() -> Any:
    """Matplotlib, which keeps its list of fonts in our cache folder, and says nothing of it while drawing."""
    import logging

    os.environ.setdefault("MPLCONFIGDIR", str(machine_cache() / "matplotlib"))
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib

    return matplotlib


def _page(figure: Figure) -> "Page":
    """The title above the panels, two a row."""
    from matplotlib.figure import Figure as Page

    columns = min(len(figure.panels), 2) or 1
    rows = math.ceil(len(figure.panels) / columns) or 1
    width, height = _PANEL[0] * columns, _HEAD + _PANEL[1] * rows
    page = Page(figsize=(width, height), dpi=_DPI)
    room = (_EDGE / width, _EDGE / height, 1 - 2 * _EDGE / width, 1 - (_HEAD + _EDGE) / height)
    page.set_layout_engine("constrained", rect=room, w_pad=0.1, h_pad=0.1)
    page.text(2 * _EDGE / width, 1 - _EDGE / height, figure.title, size=11.5 if columns == 1 else 13, va="top")
    page.text(2 * _EDGE / width, 1 - 0.36 / height, "at a reduced scale", va="top", color="#777777")
    for at, panel in enumerate(figure.panels, 1):
        draw_panel(page.add_subplot(rows, columns, at), panel)
    return page
