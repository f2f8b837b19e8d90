"""Formulas on web pages are drawn by many pieces of markup; each is put back as the TeX that it was written in."""

import re
from collections.abc import Callable, Iterator
from typing import Any

Element = Any
"""An lxml element, which has no types of its own here."""

_PREVIEWS = "MathJax_Preview MathJax MathJax_Display MathJax_SVG MathJax_CHTML"


def put_back_tex(tree: Element) -> int:
    """Replace every drawn formula with ``$…$``, or ``$$…$$`` where it stands alone; how many there were."""
    count = 0
    for element, tex, alone in list(_formulas(tree)):
        if element.getparent() is None:
            continue
        if tex:
            replace(element, f"$${tex}$$" if alone else f"${tex}$")
            count += 1
    for name in _PREVIEWS.split():
        for drawn in with_class(tree, name):
            replace(drawn, "")
    return count


def replace(element: Element, text: str) -> None:
    """Put text in the place of an element."""
    parent = element.getparent()
    if parent is None:
        return
    text += element.tail or ""
    before = element.getprevious()
    if before is None:
        parent.text = (parent.text or "") + text
    else:
        before.tail = (before.tail or "") + text
    parent.remove(element)


def with_class(tree: Element, name: str) -> list[Element]:
    """Elements that have a class."""
    found: list[Element] = tree.xpath(f'.//*[contains(concat(" ", normalize-space(@class), " "), " {name} ")]')
    return found


def _formulas(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """Each formula's outermost element, its TeX, and whether it stands on a line of its own."""
    finders: list[Callable[[Element], Iterator[tuple[Element, str, bool]]]] = [
        _scripts, _mathjax_2, _mathjax_3, _katex, _mathml, _distill, _images,
    ]  # fmt: skip
    seen: set[int] = set()
    for search_engine in finders:
        for element, tex, alone in search_engine(tree):
            if not any(id(above) in seen for above in (element, *element.iterancestors())):
                seen.add(id(element))
                yield element, _tidy(tex), alone


def _scripts(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """MathJax before it was run."""
    for script in tree.xpath('.//script[starts-with(@type, "math/tex")]'):
        yield script, script.text or "", "mode=display" in script.get("type").replace(" ", "")


def _mathjax_2(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """MathJax 2 drawn on the server: the forums' way."""
    for drawn in with_class(tree, "mjx-chtml"):
        labelled = drawn.xpath('descendant-or-self::*[contains(@class, "mjx-math")][@aria-label]')
        alone = "MJXc-display" in drawn.get("class", "") or "mjpage__block" in _class_above(drawn)
        yield drawn, labelled[0].get("aria-label") if labelled else "", alone


def _mathjax_3(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """MathJax 3."""
    for drawn in tree.xpath(".//mjx-container"):
        labelled = drawn.get("aria-label") or drawn.get("data-latex") or ""
        yield drawn, labelled or _tex_of_mathml(drawn), drawn.get("display") == "true"


def _katex(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """KaTeX keeps the TeX in an annotation."""
    for drawn in with_class(tree, "katex"):
        yield drawn, _tex_of_mathml(drawn), "katex-display" in _class_above(drawn)


def _mathml(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """Plain MathML, as arXiv's own HTML has it."""
    for math in tree.xpath('.//*[local-name()="math"]'):
        yield math, math.get("alttext") or _tex_of_mathml(math) or math.text_content(), math.get("display") == "block"


def _distill(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """The tags of distill.pub's templates."""
    for math in tree.xpath(".//d-math | .//dt-math"):
        yield math, math.text_content(), math.get("block") is not None


def _images(tree: Element) -> Iterator[tuple[Element, str, bool]]:
    """Formulas that are pictures with their TeX as the alternative text."""
    made = (
        'contains(@src, "latex") or contains(@src, "codecogs") or contains(@class, "latex") or contains(@class, "tex")'
    )
    for image in tree.xpath(f".//img[@alt][{made}]"):
        yield image, image.get("alt"), False


def _tex_of_mathml(element: Element) -> str:
    """The TeX that was kept beside MathML."""
    found = element.xpath('.//*[local-name()="annotation"][contains(@encoding, "tex")]')
    labelled = element.xpath('descendant-or-self::*[local-name()="math"][@alttext]')
    return (found[0].text_content() if found else "") or (labelled[0].get("alttext") if labelled else "")


def _class_above(element: Element) -> str:
    """The class of what an element stands in."""
    parent = element.getparent()
    return str(parent.get("class", "")) if parent is not None else ""


def _tidy(tex: str) -> str:
    """TeX on one line without its own delimiters."""
    tex = " ".join(tex.split())
    tex = re.sub(r"^(?:\\\[|\\\(|\${1,2})\s*|\s*(?:\\\]|\\\)|\${1,2})$", "", tex)
    return re.sub(r"^\\(?:display|text)style\s*", "", tex)
