"""Regions are found as they were written, and nothing else is taken for one."""

from hypothesis import given
from hypothesis import strategies as st

from kb.export.vault import regions

LINES = st.lists(
    st.sampled_from(
        ["text", "", "<!-- kb:begin note n1 0123456789abcdef -->", "<!-- kb:end n1 -->", "\\<!-- kb:body -->"]
    )
).map("\n".join)
NAMES = st.tuples(st.sampled_from(["note", "agenda"]), st.text(min_size=1, max_size=12))


@given(NAMES, LINES)
def test_what_was_written_is_found(name: tuple[str, str], text: str) -> None:
    content = regions.quoted(text)
    (found,) = regions.find("before\n" + regions.write(name, content) + "\nafter")
    assert (found.name, found.content, found.is_edited) == (name, content, False)
    assert regions.unquoted(found.content) == text


@given(LINES, LINES)
def test_replacing_touches_only_the_region(before: str, after: str) -> None:
    before, after = regions.quoted(before), regions.quoted(after)
    text = "\n".join([before, regions.write(("note", "n1"), "old"), after])
    (region,) = regions.find(text)
    assert regions.replace(text, region, None) == f"{before}\n{after}"
    assert regions.replace(text, region, "new\nlines") == f"{before}\nnew\nlines\n{after}"


def test_a_changed_region_is_known() -> None:
    text = regions.write(("note", "n1"), "as written")
    (region,) = regions.find(text.replace("as written", "as rewritten"))
    assert region.is_edited


def test_windows_line_ends_are_no_edit_and_are_kept() -> None:
    text = f"a\r\n{regions.write(('note', 'n1'), 'one' + chr(10) + 'two')}\r\nb".replace("\n", "\r\n").replace(
        "\r\r", "\r"
    )
    (region,) = regions.find(text)
    assert not region.is_edited
    changed = regions.replace(text, region, regions.write(("note", "n1"), "three"))
    assert changed.count("\r\n") == changed.count("\n")


def test_a_marker_without_its_partner_is_text() -> None:
    whole = regions.write(("note", "n1"), "x")
    begin, _, end = whole.split("\n")
    assert list(regions.find(f"{begin}\ntext")) == []
    assert list(regions.find(f"text\n{end}")) == []
    (found,) = regions.find(f"{begin}\nlost its end\n{whole}")
    assert found.content == "x"
