"""The order in which people sort names with numbers in them: 10 hours before 25, and 25 before 100."""

import re


def natural(text: str) -> tuple[tuple[int, int, str], ...]:
    """A key to sort by: digits that stand together count as a number, and a number comes before a word."""
    parts = re.findall(r"[0-9]+|[^0-9]+", text)
    return tuple((0, int(part), "") if part[0].isdigit() else (1, 0, part) for part in parts)
