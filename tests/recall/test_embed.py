"""The real model: the same vectors as sentence-transformers gives, without torch, from files that are checked."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from kb.config import Home, Settings
from kb.errors import DamagedError, KbError, NotFoundError
from kb.recall.embed import load_embedder, model_source
from kb.recall.embed.export import reference_model
from kb.recall.embed.reference import ReferenceEmbedder
from kb.recall.embed.source import ModelSource, sha256_of

TEXTS = [
    "Debate lets a weak judge supervise strong agents.",
    "",
    "κ-divergence, naïve façade; 漢字 and emoji 🦾",
    "word " * 600,
    *(f"Passage {number}: " + "reward modelling from human preferences " * number for number in range(1, 30, 4)),
]


@pytest.mark.model
def test_vectors_equal_the_reference(model_cache: Path) -> None:
    ours = load_embedder(Settings())
    reference = reference_model(model_source(""))
    expected = reference.encode_document(TEXTS, normalize_embeddings=True, show_progress_bar=False)
    cosines = np.einsum("ij,ij->i", ours.encode_document(TEXTS), expected)
    assert cosines.min() >= 0.9999
    asked = reference.encode_query(TEXTS[:1], normalize_embeddings=True, show_progress_bar=False)
    assert float((ours.encode_query(TEXTS[:1]) @ asked.T)[0, 0]) >= 0.9999
    assert ours.dimension == 384
    assert ours.max_tokens == 256


@pytest.mark.model
def test_a_vector_does_not_depend_on_its_neighbours(model_cache: Path) -> None:
    embedder = load_embedder(Settings())
    together = embedder.encode_document(TEXTS)
    alone = np.concatenate([embedder.encode_document([text]) for text in TEXTS])
    assert np.einsum("ij,ij->i", together, alone).min() >= 0.9999


@pytest.mark.model
def test_torch_is_not_needed_once_the_model_is_exported(model_cache: Path) -> None:
    load_embedder(Settings()).encode_query(["export it"])
    script = (
        "import sys; from kb.config import Settings; from kb.recall.embed import load_embedder;"
        "load_embedder(Settings()).encode_query(['a']);"
        "print([name for name in ('torch', 'transformers', 'sentence_transformers') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", script], check=True, capture_output=True, text=True)
    assert done.stdout.strip() == "[]"


@pytest.mark.long
@pytest.mark.model
@pytest.mark.slow
def test_a_changed_export_is_made_again(model_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = model_cache / "models" / model_source("").slug
    expected = load_embedder(Settings()).encode_query(["a judge"])
    monkeypatch.setenv("KB_CACHE", str(tmp_path))
    changed = tmp_path / "models" / whole.name
    changed.mkdir(parents=True)
    for file in whole.iterdir():
        (changed / file.name).write_bytes(file.read_bytes())
    with (changed / "model.onnx").open("r+b") as file:
        file.seek(50_000_000)
        file.write(b"changed")
    assert float((load_embedder(Settings()).encode_query(["a judge"]) @ expected.T)[0, 0]) >= 0.9999
    card = json.loads((changed / "card.json").read_text("utf-8"))
    assert card["sha256"] == sha256_of(changed / "model.onnx")


@pytest.mark.long
@pytest.mark.model
@pytest.mark.slow
def test_two_processes_may_export_at_once(tmp_path: Path) -> None:
    script = (
        "from kb.config import Settings; from kb.recall.embed import load_embedder;"
        "print(float(load_embedder(Settings()).encode_query(['a judge'])[0, 0]))"
    )
    environment = {**os.environ, "KB_CACHE": str(tmp_path / "empty")}
    command = [sys.executable, "-c", script]
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) for _ in range(2)]
    values = [float(process.communicate()[0]) for process in both]
    assert values[0] == pytest.approx(values[1], abs=1e-5)
    [export] = (tmp_path / "empty" / "models").iterdir()
    card = json.loads((export / "card.json").read_text("utf-8"))
    assert card["sha256"] == sha256_of(export / "model.onnx")


@pytest.mark.model
def test_an_export_that_is_whole_is_never_removed(
    model_cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    whole = model_cache / "models" / model_source("").slug
    load_embedder(Settings()).encode_query(["a judge"])
    copy = tmp_path / "models" / whole.name
    shutil.copytree(whole, copy)
    monkeypatch.setenv("KB_CACHE", str(tmp_path))

    def fails(*_: object, **__: object) -> None:
        raise MemoryError("bad allocation")

    monkeypatch.setattr("onnxruntime.InferenceSession", fails)
    with pytest.raises(KbError):
        load_embedder(Settings()).encode_query(["a judge"])
    assert sha256_of(copy / "model.onnx") == sha256_of(whole / "model.onnx")


def test_spans_are_the_models_own_tokens_and_need_no_export(tmp_path: Path) -> None:
    text = "Debate's αβ, oversight"
    spans = load_embedder(Settings()).spans(text)
    assert [text[start:end] for start, end in spans] == ["Debate", "'", "s", "α", "β", ",", "oversight"]
    assert not (tmp_path / "cache").exists()
    assert len(load_embedder(Settings()).spans("word " * 600)) == 600, "no limit"


def test_packaged_weights_are_checked(tmp_path: Path) -> None:
    model_source("").check()
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(DamagedError):
        ModelSource(place=str(tmp_path), label="x", expected=model_source("").expected).check()


def test_a_model_that_is_not_there_says_what_to_do(home: Home, tmp_path: Path) -> None:
    with pytest.raises(NotFoundError) as raised:
        load_embedder(Settings(model=str(tmp_path / "no model")), home).encode_query(["a"])
    assert raised.value.next


def test_other_weights_have_another_name(tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"some weights")
    before = model_source(str(tmp_path)).slug
    (tmp_path / "model.safetensors").write_bytes(b"some other weights")
    assert model_source(str(tmp_path)).slug != before


@pytest.mark.model
def test_the_reference_is_an_embedder_like_the_export(model_cache: Path) -> None:
    reference, ours = ReferenceEmbedder(model_source("")), load_embedder(Settings())
    assert (reference.dimension, reference.max_tokens) == (ours.dimension, ours.max_tokens) == (384, 256)
    assert reference.name == model_source("").slug
    assert np.einsum("ij,ij->i", reference.encode_document(TEXTS), ours.encode_document(TEXTS)).min() >= 0.9999
    assert float((reference.encode_query(TEXTS[:1]) @ ours.encode_query(TEXTS[:1]).T)[0, 0]) >= 0.9999
    assert [reference.spans(text) for text in TEXTS] == [ours.spans(text) for text in TEXTS]
