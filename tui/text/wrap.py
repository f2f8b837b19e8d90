"""Where to break a text into lines of a given width, counted in terminal cells."""

from rich.cells import cell_len

Piece = tuple[int, int]


def narrow(text: str) -> bool:
    """Whether every character takes one cell, so that columns are offsets."""
    return text.isascii() or cell_len(text) == len(text)


def wrap(text: str, first: int, rest: int) -> list[Piece]:
    """Character ranges of the lines; the first line has its own width. White space at a break belongs to no line."""
    pieces: list[Piece] = []
    start, size = 0, len(text)
    is_narrow = narrow(text)
    while start < size:
        width = max(1, rest if pieces else first)
        end = start + width if is_narrow else fits(text, start, width)
        if end < size:
            space = text.rfind(" ", start, end + 1)
            end = space if space > start else end
        pieces.append((start, min(end, size)))
        start = end
        while start < size and text[start] == " ":
            start += 1
    return pieces or [(0, 0)]


def fits(text: str, start: int, width: int) -> int:
    """The offset after the last character that fits; at least one character is taken."""
    used = 0
    for offset in range(start, len(text)):
        used += cell_len(text[offset])
        if used > width:
            return max(offset, start + 1)
    return len(text)


def column_of(text: str, start: int, offset: int) -> int:
    """The cell at which a character begins, counted from the line's start."""
    return cell_len(text[start:offset])


def offset_at(text: str, start: int, end: int, column: int) -> int:
    """The character that covers a cell; past the line's end its last character."""
    if narrow(text[start:end]):
        return min(start + max(0, column), max(start, end - 1))
    used = 0
    for offset in range(start, end):
        used += cell_len(text[offset])
        if used > column:
            return offset
    return max(start, end - 1)
