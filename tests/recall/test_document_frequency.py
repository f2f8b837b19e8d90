"""In a large library only passages that are worth it are ranked, and by all of the words."""

from collections.abc import Iterator

import pytest

from kb.config import Home
from kb.recall import document_frequency
from kb.recall.document_frequency import Frequencies
from kb.recall.full_text import FullTextSearch
from kb.recall.query import match_expression, wanted
from kb.recall.texts import Texts
from tests.support.documents import document

TEXTS = [
    f"models {'judged' if at % 4 == 0 else 'trained'} number{at} {'honest ' * (at % 3)}{'debate' * (at in (8, 9))}"
    for at in range(40)
]


@pytest.fixture
def texts(home: Home) -> Iterator[Texts]:
    with Texts(home.texts) as opened:
        opened.put("p", document("p", TEXTS))
        yield opened


@pytest.fixture
def frequencies(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> Frequencies:
    monkeypatch.setattr(document_frequency, "SMALL", 0)
    monkeypatch.setattr(document_frequency, "RANKED", 12)
    monkeypatch.setattr(document_frequency, "MOST", 20)
    return Frequencies(texts.connection)


def _found(texts: Texts, frequencies: Frequencies, query: str, limit: int = 5) -> int:
    match = frequencies.match(wanted(query), limit)
    rows = texts.connection.execute(
        "SELECT count(*) FROM passages_fts WHERE passages_fts MATCH ? AND rowid >= ?", (match.expression, match.least)
    )
    return int(rows.fetchone()[0])


def test_forms_of_a_word_are_counted_together(frequencies: Frequencies) -> None:
    frequencies.match(wanted("make ready"), 5)
    assert frequencies.passages_with('"model"') == frequencies.passages_with('"Modeling"') == 40
    assert frequencies.passages_with('"judges"') == 10
    assert frequencies.passages_with('"judg"*') == 10
    assert frequencies.passages_with('"absent"') == 0


def test_every_match_is_ranked_in_a_small_library(texts: Texts, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(document_frequency, "RANKED", 1)
    asked = wanted("models judge absent")
    assert Frequencies(texts.connection).match(asked, 5).expression == match_expression(asked)


@pytest.mark.parametrize(
    ("query", "ranked"),
    [
        ("debate models", 2),  # those with the rare word
        ("debate judge models", 11),  # both of the rarer words fit the budget
        ("models trained", 20),  # no word is rare: those with both are too many, so the newest of them
        ("models trained honest", 20),  # those with all three
        ("models", 20),
        ("absent missing", 0),
        ("absent judge", 10),
    ],
)
def test_passages_with_a_rarer_word_are_ranked(texts: Texts, frequencies: Frequencies, query: str, ranked: int) -> None:
    assert _found(texts, frequencies, query) == ranked


@pytest.mark.parametrize("query", ["debate models", "debate honest models", "debate honest judged -number8"])
def test_the_score_counts_all_words_alike(
    home: Home, texts: Texts, frequencies: Frequencies, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with FullTextSearch(home) as words:
        bounded = words.passages(query, 3)
        monkeypatch.setattr(document_frequency, "SMALL", 1000)
        whole = words.passages(query, 40)
    assert bounded[0].id == whole[0].id
    scores = {found.id: found.score for found in whole}
    assert all(scores[found.id] == pytest.approx(found.score) for found in bounded)


def test_a_narrowed_search_ranks_only_what_is_left(home: Home, texts: Texts) -> None:
    for number in range(30):
        texts.put(f"q{number}", document(f"q{number}", [f"models debate {number}"]))
    with FullTextSearch(home) as words:
        assert len(words.passages("models debate", 10, {"q3"})) == 1
        assert len(words.passages("models debate", 50, {f"q{number}" for number in range(20)})) == 20


def test_one_letter_is_not_yet_a_beginning(home: Home, texts: Texts) -> None:
    with FullTextSearch(home) as words:
        assert words.passages("h", 10, typing=True) == []
        assert words.passages("hon", 10, typing=True)
        assert len(words.passages("debate h", 10, typing=True)) == 2


@pytest.mark.parametrize("query", ['"models trained" debate', '"models trained"', '"models judged" models'])
def test_a_phrase_is_asked_for_as_it_is_however_common_its_words(frequencies: Frequencies, query: str) -> None:
    asked = wanted(query)
    assert frequencies.match(asked, 5).expression == match_expression(asked)
