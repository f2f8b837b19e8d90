"""What changed between editions, and between lists, is told field by field."""

from kb.config import Home
from kb.sources.list_diff import EntryChange, diff
from kb.sources.lists import find_list, in_edition
from tests.sources.test_list_lint import make


def told(changes: tuple[EntryChange, ...]) -> list[tuple[str, str, str]]:
    """What, entry and field of each change."""
    return [(change.what, change.entry, change.field) for change in changes]


def test_nothing_changed() -> None:
    assert diff(make({}, {}), make({}, {})) == ()


def test_added_removed_and_changed() -> None:
    before, after = (
        make({}, {"week": 1}, {}),
        make({}, {"id": "new"}, {"id": "e2", "order": 2, "week": 2, "minutes": 9}),
    )
    changes = diff(before, after)
    assert told(changes) == [
        ("removed", "e3", ""),
        ("added", "new", ""),
        ("changed", "e2", "title"),
        ("changed", "e2", "week"),
        ("changed", "e2", "minutes"),
    ]
    assert (changes[3].before, changes[3].after) == ("1", "2")
    assert (changes[4].before, changes[4].after) == ("", "9")


def test_two_lists_are_compared_by_work_not_by_id() -> None:
    one = make({"arxiv_id": "1706.03741"}, {"url": "https://example.org/post"}, id="one")
    another = {"id": "x", "title": "Another", "url": "https://example.org/another"}
    other = make(another, {"id": "y", "arxiv_id": "1706.03741", "title": "Title 1"}, id="other")
    assert told(diff(one, other)) == [("removed", "e2", ""), ("added", "x", "")]


def test_the_editions_of_mlss(home: Home) -> None:
    mlss = find_list(home, "mlss")
    changes = diff(in_edition(mlss, "mlss-2022"), in_edition(mlss, "site-2024"))
    counts = {what: sum(change.what == what for change in changes) for what in ("added", "removed", "changed")}
    assert counts == {"added": 56, "removed": 32, "changed": 6}
    assert {(change.field, change.before, change.after) for change in changes if change.what == "changed"} == {
        ("level", "core", "further")
    }
