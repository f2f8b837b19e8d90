"""What is known of a paper, in words: for the pane beside the list, and why there is no text of it."""

from tui.data.view_models import PaperRow
from tui.runtime.reading_time import spoken

NO_TEXT_IN = {
    "video": "A video", "talk": "A talk", "podcast": "A podcast", "site": "A site", "course": "A course",
    "book": "A book", "exercise": "An exercise",
}  # fmt: skip
"""Kinds that are not fetched, since there is no text of a paper's form in them."""


def about(row: PaperRow, reasons: dict[str, str]) -> str:
    """Title, who and when, state, place in its list, why there is no text, and what it is about."""
    facts = [row.authors, str(row.year or ""), row.kind if row.kind != "paper" else ""]
    week = f"Week {row.week}" if row.week is not None and not row.section.startswith(f"Week {row.week}") else ""
    place = [week, row.section, "" if row.core else "further reading"]
    place.append(row.takes)
    parts = [
        f"# {row.title}",
        joined(facts),
        joined([row.state if row.paper else "not in the library", *reading(row)]),
        joined(place),
        "" if row.readable else no_text(row, reasons),
        row.why,
        "Agendas: " + ", ".join(row.agendas) if row.agendas else "",
        row.abstract,
    ]
    return "\n\n".join(part for part in parts if part)


def joined(parts: list[str]) -> str:
    """The parts that say something, in one line."""
    return " · ".join(filter(None, parts))


def reading(row: PaperRow) -> list[str]:
    """How far the reader has come with it."""
    notes = f"{row.notes} note{'s' * (row.notes != 1)}" if row.notes else ""
    took = spoken(row.seconds)
    share = f"{round(100 * row.share)} % gone over" if row.share >= 0.01 else ""
    return [share, f"{took} of reading" if took else "", notes]


def no_text(row: PaperRow, reasons: dict[str, str]) -> str:
    """Why there is nothing to open, and what to do."""
    why = reasons.get(row.source.removeprefix("arxiv:")) or reasons.get(row.url) or ""
    if row.source:
        steps = f"Enter fetches it, or in a shell:  kb fetch {row.source}"
    elif row.kind in NO_TEXT_IN:
        why = why or f"{NO_TEXT_IN[row.kind]}: there is no text to fetch."
        steps = opens(row)
    else:
        why = why or "It was not fetched yet."
        steps = f"In a shell:  kb add {row.url}" if row.url else "If you have the file, in a shell:  kb add FILE"
        steps = "\n".join(filter(None, [steps, opens(row)]))
    return "\n".join(filter(None, [f"No text here: {why[:1].lower()}{why[1:]}" if why else "No text here yet.", steps]))


def opens(row: PaperRow) -> str:
    """How to look at it anyway."""
    return "o opens its page in the browser" + (f", or:  kb open {row.paper}" if row.paper else "") if row.url else ""
