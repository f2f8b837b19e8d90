"""The model of the settings, ready when it is first used: exported once a machine, then loaded without torch."""

import os
import shutil
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from kb.config import Home, Settings, machine_cache
from kb.errors import DamagedError
from kb.recall.embed.export import TOKENIZER, CannotExportError, export, read_card
from kb.recall.embed.onnx import OnnxEmbedder, load_tokenizer
from kb.recall.embed.protocol import Embedder, Vectors32
from kb.recall.embed.source import ModelSource, model_source

if TYPE_CHECKING:
    from tokenizers import Tokenizer


def load_embedder(settings: Settings, home: Home | None = None) -> "ModelEmbedder":
    """The embedder of the settings; ``home`` keeps the export where the machine's cache cannot be written.

    Raises NotFoundError where the packaged model is not installed; all else is found out at the first use.
    """
    source = model_source(settings.model)
    places = [machine_cache() / "models" / source.slug]
    if home:
        places.append(home.derived / "models" / source.slug)
    return ModelEmbedder(source, tuple(places))


class ModelEmbedder:
    """An :class:`Embedder` that loads its tokenizer and its model apart, each when it is needed.

    Cutting a paper into passages needs the tokenizer alone, and must not wait for a model to be exported.
    """

    def __init__(self, source: ModelSource, places: tuple[Path, ...]) -> None:
        self._source = source
        self._places = places

    @property
    def name(self) -> str:
        """Model and weights."""
        return self._source.slug

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._model.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens that the model reads, special ones included."""
        return self._model.max_tokens

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each query."""
        return self._model.encode_query(texts)

    def encode_document(self, texts: Sequence[str]) -> Vectors32:
        """One row for each document."""
        return self._model.encode_document(texts)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's tokens."""
        if self._tokenizer is None:
            return self._model.spans(text)
        return list(self._tokenizer.encode(text, add_special_tokens=False).offsets)

    @cached_property
    def _tokenizer(self) -> "Tokenizer | None":
        """From the model's own folder where it has one, since that is there before any export."""
        file = self._source.folder / TOKENIZER if self._source.folder else None
        return load_tokenizer(str(file)) if file and file.is_file() else None

    @cached_property
    def _model(self) -> Embedder:
        for place in self._places:
            embedder = _exported(place)
            if embedder:
                return embedder
        place = next((place for place in self._places if _writable(place.parent)), self._places[-1])
        try:
            return OnnxEmbedder(place, export(self._source, place))
        except CannotExportError:
            from kb.recall.embed.reference import ReferenceEmbedder

            return ReferenceEmbedder(self._source)


def _exported(place: Path) -> Embedder | None:
    """The export at that place; one that is damaged is removed, since it can be made again."""
    card = read_card(place)
    if card is None:
        return None
    try:
        return OnnxEmbedder(place, card)
    except DamagedError:
        shutil.rmtree(place, ignore_errors=True)
        return None


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
