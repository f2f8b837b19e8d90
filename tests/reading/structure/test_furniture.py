"""Running heads, page numbers and line numbers go; the text stays."""

from kb.reading.structure.furniture import drop
from tests.reading.structure.lines import column, line, page


def test_running_heads_and_page_numbers_are_dropped() -> None:
    pages = [
        page(
            line(f"Published at a conference {number}", 72, 40),
            *column(["Some text of the paper that stays.", "More of it."], 72, 100),
            line(str(number), 300, 760),
            number=number,
        )
        for number in range(1, 5)
    ]
    taken = drop(pages)
    assert all(
        [each.text for each in one.lines] == ["Some text of the paper that stays.", "More of it."] for one in pages
    )
    assert [each.text for each in taken[3]] == ["Published at a conference 3", "3"]


def test_a_first_line_that_no_other_page_has_stays() -> None:
    pages = [
        page(line(f"{word} opens the page.", 72, 50), number=at) for at, word in enumerate(("One", "Two", "Six"), 1)
    ]
    drop(pages)
    assert [one.lines[0].text for one in pages] == ["One opens the page.", "Two opens the page.", "Six opens the page."]


def test_a_number_inside_the_text_stays() -> None:
    one = page(line("We saw", 72, 100), line("42", 72, 112), line("of them.", 72, 124))
    drop([one])
    assert [each.text for each in one.lines] == ["We saw", "42", "of them."]


def test_line_numbers_of_a_draft_are_dropped() -> None:
    body = column([f"This is line {at} of the draft." for at in range(20)], 100, 80, width=400)
    numbers = [line(str(at + 1), 60, 80 + 12 * at, width=10) for at in range(20)]
    one = page(*[each for pair in zip(numbers, body, strict=True) for each in pair])
    drop([one])
    assert [each.text for each in one.lines] == [each.text for each in body]
