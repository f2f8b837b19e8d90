"""An exported model, run without torch: the first vector in a third of a second."""

import os
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import DamagedError, KbError
from kb.recall.embed.export import MODEL, TOKENIZER, ExportManifest
from kb.recall.embed.protocol import Vectors32
from kb.recall.embed.source import sha256_of

if TYPE_CHECKING:
    from tokenizers import Tokenizer

BATCH_TOKENS = 4096
"""Padded tokens in one run: larger batches are no faster on a few cores, and hold a search back for longer."""


class OnnxEmbedder:
    """An :class:`Embedder` on onnxruntime and tokenizers."""

    def __init__(self, folder: Path, card: ExportManifest) -> None:
        """Load the export while it is checked against its card; raises DamagedError where it was changed."""
        self._card = card
        self._tokenizer_file = str(folder / TOKENIZER)
        with ThreadPoolExecutor(1) as beside:
            checksum = beside.submit(_checksum, folder / MODEL)
            try:
                self._session = _session(folder / MODEL)
            except KbError:
                if checksum.result() == card.sha256:
                    raise  # such as for want of memory: nothing is wrong with the file, and others use it
            if checksum.result() != card.sha256:
                raise DamagedError("the exported model was changed", str(folder), f"remove the folder {folder}")

    @property
    def name(self) -> str:
        """Model and weights."""
        return self._card.name

    @property
    def dimension(self) -> int:
        """Length of a vector."""
        return self._card.dimension

    @property
    def max_tokens(self) -> int:
        """Tokens that the model reads, special ones included."""
        return self._card.max_tokens

    def encode_query(self, texts: Sequence[str]) -> Vectors32:
        """One row for each query."""
        return self._encode([self._card.query_prompt + text for text in texts])

    def encode_document(self, texts: Sequence[str]) -> Vectors32:
        """One row for each document."""
        return self._encode([self._card.document_prompt + text for text in texts])

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Character ranges of the text's tokens."""
        return list(self._whole_text.encode(text, add_special_tokens=False).offsets)

    @cached_property
    def _windowed(self) -> "Tokenizer":
        tokenizer = load_tokenizer(self._tokenizer_file)
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    @cached_property
    def _whole_text(self) -> "Tokenizer":
        return load_tokenizer(self._tokenizer_file)

    def _encode(self, texts: Sequence[str]) -> Vectors32:
        import numpy as np

        vectors = np.empty((len(texts), self.dimension), dtype=np.float32)
        encodings = self._windowed.encode_batch(list(texts))
        for batch in _batches([len(encoding.ids) for encoding in encodings]):
            vectors[batch] = self._run([encodings[index] for index in batch])
        return vectors

    def _run(self, encodings: Sequence[Any]) -> Vectors32:
        import numpy as np

        shape = (len(encodings), max(len(encoding.ids) for encoding in encodings))
        feed = {name: np.zeros(shape, dtype=np.int64) for name in self._card.inputs}
        feed["input_ids"].fill(self._card.padding_id)
        for row, encoding in enumerate(encodings):
            feed["input_ids"][row, : len(encoding.ids)] = encoding.ids
            feed["attention_mask"][row, : len(encoding.ids)] = encoding.attention_mask
            if "token_type_ids" in feed:
                feed["token_type_ids"][row, : len(encoding.ids)] = encoding.type_ids
        vectors: Vectors32 = self._session.run(None, feed)[0]
        return vectors


def _batches(lengths: Sequence[int]) -> list[list[int]]:
    """Indices in batches of like length, so that little is padded."""
    batches: list[list[int]] = []
    for index in sorted(range(len(lengths)), key=lengths.__getitem__):
        if batches and (len(batches[-1]) + 1) * lengths[index] <= BATCH_TOKENS:
            batches[-1].append(index)
        else:
            batches.append([index])
    return batches


def load_tokenizer(file: str) -> "Tokenizer":
    """A tokenizer that neither pads nor cuts."""
    from tokenizers import Tokenizer

    tokenizer = Tokenizer.from_file(file)
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def _session(file: Path) -> Any:
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    import onnxruntime

    onnxruntime.set_default_logger_severity(3)
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 0
    options.log_severity_level = 3
    try:
        return onnxruntime.InferenceSession(str(file), options, providers=["CPUExecutionProvider"])
    except Exception as error:  # onnxruntime's own errors share no base but this
        raise KbError("the embedding model cannot be loaded", str(error), "free some memory, then try again") from error


def _checksum(file: Path) -> str:
    """The file's checksum; nothing where it is gone."""
    try:
        return sha256_of(file)
    except FileNotFoundError:
        return ""
