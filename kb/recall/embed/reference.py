"""A model as sentence-transformers runs it: for models that cannot be exported, and to compare the others with."""

from collections.abc import Sequence

from kb.recall.embed.export import reference_model
from kb.recall.embed.protocol import Vectors32
from kb.recall.embed.source import ModelSource


class ReferenceEmbedder:
    """An :class:`Embedder` on torch; right for every model, and seconds slower to start."""

    def __init__(self, source: ModelSource) -> None:
        """Load the model from local files; raises NotFoundError or DamagedError."""
        self._source = source
        self._model = reference_model(source)

    @property
    def name(self) -> str:
        """Model and weights."""
        return self._source.slug

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return int(self._model.get_embedding_dimension() or 0)

    @property
    def max_tokens(self) -> int:
        """Tokens that the model reads, special ones included."""
        return int(self._model.max_seq_length or 512)

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each query."""
        return self._model.encode_query(list(texts), normalize_embeddings=True, show_progress_bar=False)

    def encode_document(self, texts: Sequence[str]) -> Vectors32:
        """One row for each document."""
        return self._model.encode_document(list(texts), normalize_embeddings=True, show_progress_bar=False)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's tokens."""
        encoded = self._model.tokenizer(text, add_special_tokens=False, return_offsets_mapping=True, truncation=False)
        return [(int(start), int(end)) for start, end in encoded["offset_mapping"]]
