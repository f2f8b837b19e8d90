"""Text that a reader types or pipes in, whatever its bytes are."""


def typed(text: str) -> str:
    """The text, or all of standard input for ``-``; bytes that are no UTF-8 are shown as such, and nothing is lost."""
    import sys

    if text != "-":
        return text.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
    buffer = getattr(sys.stdin, "buffer", None)
    written: str = sys.stdin.read() if buffer is None else buffer.read().decode("utf-8", "replace")
    return written
