"""Formulas: shown where they can be, as their source where they cannot, and never more than printed."""

import lxml.html
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kb.export.formulas import formula_html, is_harmless
from kb.export.html import html_of
from kb.export.latex_page import latex_of

PIECES = st.lists(
    st.sampled_from(["\\frac", "\\sqrt", "\\alpha", "\\input", "{", "}", "_", "^", "a", "1", "<", "&", "$", " "])
)


@pytest.mark.parametrize(
    ("latex", "shown"),
    [
        (r"d = \sqrt{D_{KL}}", "d = √(DKL)"),
        (r"\beta d \log k", "βd log k"),
        (r"\frac{a+b}{c} \le 0.5", "(a + b) / (c) ≤ 0.5"),
        (r"\mathbb{E}_{x \sim p}[f(x)]", "Ex ∼ p[f(x)]"),
    ],
)
def test_a_formula_is_shown_in_signs(latex: str, shown: str) -> None:
    assert lxml.html.fromstring(formula_html(latex)).text_content() == shown
    assert is_harmless(latex)


@pytest.mark.parametrize(
    "latex", [r"\input{x}", "a}b", "{a", "x_", "a_b_c", r"\frac{a}", r"\sqrt", "a&b", r"\def\x{y}"]
)
def test_what_is_no_formula_is_shown_as_its_source(latex: str) -> None:
    element = lxml.html.fromstring(formula_html(latex))
    assert (element.tag, element.text_content()) == ("code", latex)
    assert not is_harmless(latex)


@given(PIECES)
def test_no_formula_breaks_a_page(pieces: list[str]) -> None:
    element = lxml.html.fragment_fromstring(formula_html("".join(pieces)))
    assert element.tag in {"span", "code"}
    assert {inner.tag for inner in element.iter()} <= {"span", "code", "i", "sub", "sup"}


def test_a_formula_of_a_thousand_braces_is_only_shown() -> None:
    assert formula_html("{" * 1000).startswith("<code>")


def test_prices_are_no_formulas() -> None:
    assert html_of("From $5 to $6, or 3 $ and 4 $.") == "<p>From $5 to $6, or 3 $ and 4 $.</p>"
    assert latex_of("From $5 to $6.") == "From \\$5 to \\$6.\n"


def test_latex_sets_a_known_formula_and_prints_an_unknown_one() -> None:
    assert latex_of("Let $d = \\sqrt{x}$.") == "Let $d = \\sqrt{x}$.\n"
    assert (
        latex_of("Let $\\input{x}$.") == "Let \\texttt{\\textbackslash{}input\\textbraceleft{}x\\textbraceright{}}.\n"
    )
