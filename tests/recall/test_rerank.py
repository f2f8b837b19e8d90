"""A cross-encoder of the settings orders the first hits anew; a real one, if a small one that has learned nothing."""

from dataclasses import replace
from pathlib import Path

import pytest

from kb.config import Home
from kb.errors import NotFoundError
from kb.recall import rerank
from kb.recall.rerank import Reranker
from kb.search.search_engine import SearchEngine
from tests.support.filled_library import library

WORDS = ["agents", "debate", "before", "judge", "honest", "arguments", "reward", "models", "learn", "preferences"]
TEXTS = [f"{first} {second} judge" for first in WORDS for second in WORDS[:2]]


@pytest.fixture(scope="module")
def model(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A cross-encoder of random weights."""
    import torch
    from tokenizers import Tokenizer
    from tokenizers.models import WordLevel
    from tokenizers.pre_tokenizers import Whitespace
    from transformers import BertConfig, BertForSequenceClassification, PreTrainedTokenizerFast

    folder = tmp_path_factory.mktemp("cross-encoder")
    known = {word: at for at, word in enumerate(["[PAD]", "[UNK]", "[SEP]", *dict.fromkeys(WORDS)])}
    tokenizer = Tokenizer(WordLevel(known, unk_token="[UNK]"))
    tokenizer.pre_tokenizer = Whitespace()  # type: ignore[assignment]
    special = {"pad_token": "[PAD]", "unk_token": "[UNK]", "sep_token": "[SEP]"}
    PreTrainedTokenizerFast(tokenizer_object=tokenizer, **special).save_pretrained(folder)
    torch.manual_seed(1)
    sizes = {"hidden_size": 16, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 16}
    config = BertConfig(vocab_size=30, num_labels=1, initializer_range=0.5, **sizes)
    BertForSequenceClassification(config).save_pretrained(folder)
    return folder


@pytest.mark.slow
def test_the_first_hits_are_in_its_order_and_the_others_stay(
    home: Home, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rerank, "READ", 5)
    with library(home) as shelf:
        shelf.add("Judges", TEXTS)
        shelf.drain()
        with SearchEngine(home, shelf.embedder) as search_engine:
            plain = search_engine.search("honest judge", limit=12).hits
        monkeypatch.setenv("KB_RERANK_MODEL", str(model))
        with SearchEngine(replace(home), shelf.embedder) as search_engine:
            result = search_engine.search("honest judge", limit=12)
            by_words = search_engine.search("honest judge", limit=12, mode="words").hits
    behind = [f"{hit.title}\n{hit.section}\n{hit.text}" for hit in plain[:5]]
    scores = Reranker(str(model)).scores("honest judge", behind)
    assert len(set(scores)) == 5
    best = sorted(range(5), key=lambda at: -scores[at])
    assert [hit.text for hit in result.hits[:5]] == [plain[at].text for at in best]
    assert [hit.text for hit in result.hits[5:]] == [hit.text for hit in plain[5:]]
    assert [hit.score for hit in result.hits] == sorted((hit.score for hit in result.hits), reverse=True)
    assert result.notice == ""
    assert by_words[0].score != result.hits[0].score, "words alone are not read again"


@pytest.mark.slow
def test_a_cross_encoder_that_is_not_there_is_told_of(
    home: Home, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KB_RERANK_MODEL", str(tmp_path / "nothing"))
    with library(home) as shelf:
        shelf.add("Judges", TEXTS)
        with SearchEngine(home, shelf.embedder) as search_engine:
            result = search_engine.search("honest judge")
    assert result.hits
    assert "Not ordered by the cross-encoder" in result.notice
    with pytest.raises(NotFoundError):
        Reranker(str(tmp_path / "nothing")).scores("honest", ["judge"])


def test_without_a_setting_nothing_is_loaded(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rerank, "Reranker", None)
    with library(home) as shelf:
        shelf.add("Judges", TEXTS)
        with SearchEngine(home, shelf.embedder) as search_engine:
            assert search_engine.search("honest judge").hits
