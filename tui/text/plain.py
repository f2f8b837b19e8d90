"""Text from outside, made safe to draw: control characters are shown as their pictures, one character for one."""

PICTURES = {code: 0x2400 + code for code in range(0x20)}
"""Each C0 control becomes the Unicode picture of itself, so that an escape is seen instead of obeyed."""

BLANKS = dict.fromkeys(map(ord, "\t\n\v\f\r\x85\u2028\u2029"), " ")
"""White space of other kinds reads as a space."""

HIDDEN = {0x7F: 0x2421} | dict.fromkeys(
    [*range(0x80, 0x85), *range(0x86, 0xA0), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200E, 0x200F, 0xFEFF],
    0xFFFD,
)
"""Delete, C1 controls and overrides of the writing direction could move text to where it does not stand."""

SAFE = PICTURES | BLANKS | HIDDEN


def plain(text: str) -> str:
    """Every control character replaced by one visible character or a space; offsets stay what they were."""
    return text if text.isprintable() else text.translate(SAFE)


def plain_lines(text: str) -> list[str]:
    """The lines of a text that keeps its own line breaks, such as a note's body, each made safe."""
    return [plain(line) for line in text.splitlines()]
