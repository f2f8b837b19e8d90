"""Common words are left out where they would cost much, and only there."""

from pathlib import Path

import pytest

from kb.recall import frequency
from kb.recall.frequency import Frequencies
from kb.recall.texts import Texts
from tests.recall.documents import document


@pytest.fixture
def frequencies(tmp_path: Path) -> Frequencies:
    texts = Texts(tmp_path / "texts.db")
    texts.put("p", document("p", [f"models {'judged' if at % 4 == 0 else 'trained'} number {at}" for at in range(40)]))
    return Frequencies(texts.connection)


def test_forms_of_a_word_are_counted_together(frequencies: Frequencies, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(frequency, "SMALL", 0)
    frequencies.affordable(["make", "ready"])
    assert frequencies.passages_with("model") == frequencies.passages_with("Modeling") == 40
    assert frequencies.passages_with("judges") == 10
    assert frequencies.passages_with("absent") == 0


def test_every_word_counts_in_a_small_library(frequencies: Frequencies) -> None:
    assert frequencies.affordable(["models", "judge", "absent"]) == ("models", "judge", "absent")


def test_the_rarest_words_fit_the_budget_of_a_large_one(
    frequencies: Frequencies, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(frequency, "SMALL", 0)
    monkeypatch.setattr(frequency, "POSTINGS", 45)
    assert frequencies.affordable(["models", "judge", "trained"]) == ("judge", "trained")
    monkeypatch.setattr(frequency, "POSTINGS", 5)
    assert frequencies.affordable(["models", "judge"]) == ("judge",), "never none"
    assert frequencies.affordable(["absent", "missing"]) == ("absent", "missing")
