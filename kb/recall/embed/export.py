"""A sentence-transformers model as one ONNX file: made once a machine, since importing torch takes seconds."""

import json
import logging
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import KbError, NotFoundError
from kb.recall.embed.source import ModelSource, sha256_of

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

FORMAT = 1
"""Grows when the exported files change their meaning; older exports are then made again."""
MODEL, TOKENIZER, CARD = "model.onnx", "tokenizer.json", "card.json"


class CannotExportError(Exception):
    """This model can only be run by sentence-transformers itself."""


@dataclass(frozen=True)
class ExportManifest:
    """What is needed to run an exported model, and to know that it is whole."""

    format: int
    name: str
    dimension: int
    max_tokens: int
    inputs: tuple[str, ...]
    query_prompt: str
    document_prompt: str
    padding_id: int
    sha256: str
    """Of the ONNX file."""


def read_card(folder: Path) -> ExportManifest | None:
    """The card of a finished export; None where there is none that this program wrote."""
    try:
        values = json.loads((folder / CARD).read_text("utf-8"))
        card = ExportManifest(**{**values, "inputs": tuple(values["inputs"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None
    return card if card.format == FORMAT else None


def reference_model(source: ModelSource) -> "SentenceTransformer":
    """The model as sentence-transformers runs it, from local files alone; the vectors that others must equal."""
    source.check()
    try:
        with _quiet():
            from sentence_transformers import SentenceTransformer

            return SentenceTransformer(
                source.place,
                device="cpu",
                local_files_only=True,
                model_kwargs={"attn_implementation": "eager"},
            )
    except (OSError, ValueError) as error:
        raise NotFoundError(
            f"the embedding model {source.place!r} cannot be loaded",
            str(error).splitlines()[0] if str(error) else type(error).__name__,
            "set model to a folder with a sentence-transformers model, or leave it empty for the packaged one",
        ) from error


def export(source: ModelSource, target: Path) -> ExportManifest:
    """Export into ``target`` in one step: it is either there and whole, or not there."""
    model = reference_model(source)
    target.parent.mkdir(parents=True, exist_ok=True)
    workplace = Path(tempfile.mkdtemp(prefix=f".{target.name}-", dir=target.parent))
    try:
        card = _write(source, model, workplace)
        _publish(workplace, target)
    finally:
        shutil.rmtree(workplace, ignore_errors=True)
    return read_card(target) or card


def _publish(workplace: Path, target: Path) -> None:
    """Put the finished folder in place; another process may have been first, and then its export stands."""
    if target.exists() and not _whole(target):
        shutil.rmtree(target)
    try:
        workplace.replace(target)
    except OSError:
        if not _whole(target):
            raise


def _whole(folder: Path) -> bool:
    card = read_card(folder)
    return card is not None and (folder / MODEL).is_file() and sha256_of(folder / MODEL) == card.sha256


def _write(source: ModelSource, model: "SentenceTransformer", folder: Path) -> ExportManifest:
    tokenizer = model.tokenizer
    backend = getattr(tokenizer, "backend_tokenizer", None)
    if backend is None:
        raise CannotExportError(f"the model {source.label} has no fast tokenizer")
    backend.save(str(folder / TOKENIZER))
    inputs = _trace(model, folder / MODEL)
    prompts = model.prompts or {}
    card = ExportManifest(
        format=FORMAT,
        name=source.slug,
        dimension=int(model.get_embedding_dimension() or 0),
        max_tokens=int(model.max_seq_length or 512),
        inputs=inputs,
        query_prompt=prompts.get("query") or "",
        document_prompt=prompts.get("document") or "",
        padding_id=int(tokenizer.pad_token_id or 0),
        sha256=sha256_of(folder / MODEL),
    )
    (folder / CARD).write_text(json.dumps(asdict(card), indent=1), "utf-8")
    return card


def _trace(model: "SentenceTransformer", file: Path) -> tuple[str, ...]:
    """Write the graph from token ids to a vector of length one; returns the names of its inputs."""
    import torch

    example = model.tokenizer(["a first text to trace", "a second"], padding=True, return_tensors="pt")
    names = tuple(name for name in ("input_ids", "attention_mask", "token_type_ids") if name in example)
    limit = int(model.max_seq_length or 512)
    axes = {0: torch.export.Dim("batch", min=1, max=4096), 1: torch.export.Dim("length", min=2, max=limit)}
    try:
        with _quiet():
            torch.onnx.export(
                _pipeline(model, names),
                tuple(example[name] for name in names),
                str(file),
                input_names=list(names),
                output_names=["vectors"],
                dynamic_shapes=(tuple(axes for _ in names),),
                dynamo=True,
                external_data=False,
                verbose=False,
            )
    except torch.onnx.OnnxExporterError as error:
        raise CannotExportError(str(error)) from error
    return names


def _pipeline(model: "SentenceTransformer", names: tuple[str, ...]) -> Any:
    """All of the model's modules (transformer, pooling, dense, …) as one, with its output normalised."""
    import torch

    class Pipeline(torch.nn.Module):
        """The transformer with its pooling and its norm, as one graph."""

        def __init__(self) -> None:
            super().__init__()
            self.model = model

        def forward(self, *inputs: Any) -> Any:
            output = self.model(dict(zip(names, inputs, strict=True)))
            return torch.nn.functional.normalize(output["sentence_embedding"], dim=-1)

    return Pipeline().eval()


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep the libraries' progress bars and advice away from the reader's terminal."""
    import os

    os.environ.setdefault("HF_HUB_OFFLINE", "1")
    os.environ.setdefault("HF_HUB_DISABLE_PROGRESS_BARS", "1")
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    logging.getLogger("torch.onnx").setLevel(logging.ERROR)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            from transformers.utils import logging as hub_logging
        except ImportError as error:
            raise KbError("transformers is not installed", str(error), "pip install sentence-transformers") from error
        hub_logging.disable_progress_bar()  # type: ignore[no-untyped-call]
        hub_logging.set_verbosity_error()  # type: ignore[no-untyped-call]
        yield
