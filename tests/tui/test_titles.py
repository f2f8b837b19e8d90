"""Titles from everywhere: wide letters, right-to-left ones, emoji, markup and escapes are shown whole, everywhere."""

from rich.cells import cell_len

from kb.config import Home
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.paper import PaperDraft, VersionDraft
from kb.models.text import BlockKind
from kb.recall.texts import Texts
from tests.tui.driving import SMALL, Driver, drive
from tests.tui.sample import document

TITLE = "強化学習 למידה 🧪 [bold]b[/bold] \x1b[31mred"
SHOWN = "強化学習 למידה 🧪 [bold]b[/bold] ␛[31mred"


def test_a_title_is_shown_as_it_is_in_every_place(home: Home) -> None:
    sha256 = "d" * 64
    parts = ((BlockKind.TITLE, 0, TITLE), (BlockKind.TEXT, 0, "A reward is learned from what people prefer."))
    with Record.open(home) as record:
        papers = Papers(record)
        paper = papers.add(PaperDraft(title=TITLE, authors=("山田 太郎",), year=2020))
        papers.add_version(paper.id, VersionDraft(sha256=sha256, label="v1", bytes=1))
    home.derived.mkdir(parents=True, exist_ok=True)
    with Texts(home.texts) as texts:
        texts.put(paper.id, document(sha256, parts), title=TITLE)

    def whole(driver: Driver, *, rows: int) -> None:
        lines = driver.text.splitlines()
        assert "\x1b" not in driver.text
        assert sum(SHOWN in line for line in lines) >= rows, driver.text
        assert all(cell_len(line) <= SMALL[0] for line in lines)

    async def steps(driver: Driver) -> None:
        whole(driver, rows=2)
        await driver.press("enter")
        whole(driver, rows=2)
        await driver.press("J", "s", "h", "4")
        whole(driver, rows=1)
        await driver.press("f")
        await driver.write("reward")
        whole(driver, rows=1)

    drive(home, steps, size=SMALL)
