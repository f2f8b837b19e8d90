"""Summaries as JSON: the same value back, and nothing that a terminal would obey."""

import json

from hypothesis import given
from hypothesis import strategies as st

from kb.config import Home
from kb.export.gather import gather_paper
from kb.export.json import SUMMARY_SCHEMA, summary_data, to_json
from kb.models.summary import Summary
from tests.export.library import studied


def test_a_summary_comes_back_as_it_was(home: Home) -> None:
    shelf, paper = studied(home)
    summary = gather_paper(shelf.record, paper.id)
    data = json.loads(to_json(summary_data(summary)))
    assert data.pop("schema") == SUMMARY_SCHEMA
    assert Summary.model_validate(data) == summary


@given(st.dictionaries(st.text(), st.text(st.characters(exclude_categories=["Cs"]))))
def test_any_text_comes_back_and_is_safe_to_print(data: dict[str, str]) -> None:
    text = to_json(data)
    assert json.loads(text) == data
    assert not any(0x7F <= ord(character) < 0xA0 or ord(character) < 0x20 for character in text.replace("\n", ""))
