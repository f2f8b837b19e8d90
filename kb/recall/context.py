"""What the model reads of a passage: its text, behind the paper's title and the section's heading."""

import hashlib

CHUNKER = "c1"
"""Grows when passages are cut or put in context differently; a collection of vectors is named by it."""
HASH_BYTES = 16


def in_context(title: str, heading: str, text: str) -> str:
    """The passage as it is embedded; a heading that only repeats the title is left out."""
    before = [title.strip()]
    if heading.strip().casefold() != title.strip().casefold():
        before.append(heading.strip())
    return "\n".join(part for part in (*before, text) if part)


def text_hash(text: str) -> bytes:
    """The key under which the text's vector is kept."""
    return hashlib.blake2b(text.encode("utf-8", "surrogatepass"), digest_size=HASH_BYTES).digest()
