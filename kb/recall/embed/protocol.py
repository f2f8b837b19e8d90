"""What the rest of the program knows of an embedding model."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Protocol, TypeAlias

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Vectors32: TypeAlias = NDArray[np.float32]
else:
    Vectors32 = object


class Embedder(Protocol):
    """Queries and documents into vectors of length one; two methods, since some models prompt them differently."""

    @property
    def name(self) -> str:
        """Model and weights in a few words; a different name means that vectors cannot be compared."""

    @property
    def dimension(self) -> int:
        """Length of a vector."""

    @property
    def max_tokens(self) -> int:
        """Tokens that the model reads of a text, special ones included; what comes after them is not seen."""

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each query."""

    def encode_document(self, texts: Sequence[str]) -> Vectors32:
        """One row for each document."""

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's tokens, without special tokens and without a limit."""
