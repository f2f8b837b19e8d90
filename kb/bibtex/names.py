"""Authors' names: as BibTeX wants them, and as a sentence lists them."""

import re
from collections.abc import Sequence

from kb.escape.latex import latex_text
from kb.escape.plain import one_line
from kb.models.base import Value

_SUFFIX = re.compile(r"^(?P<name>.*\S),?\s+(?P<suffix>(?:Jr|Sr)\.?|II|III|IV)$")
_GROUP = re.compile(
    r"\b(team|collaboration|consortium|group|institute|center|centre|foundation|university|lab|labs)\b", re.I
)
_OTHERS = frozenset({"et al.", "et al", "others", "and others"})


def bibtex_authors(authors: Sequence[str]) -> str:
    """Names joined by ``and``; those that BibTeX would take apart wrongly are put in braces."""
    return " and ".join(_bibtex_name(one_line(author)) for author in authors if author.strip())


def listed_authors(authors: Sequence[str], most: int = 8) -> str:
    """Names for a reader: ``A, B and C``, or ``A, B, C and 12 others``."""
    names = [one_line(author) for author in authors if author.strip()]
    if len(names) > most:
        return f"{', '.join(names[:3])} and {len(names) - 3} others"
    return enumerated(names)


def enumerated(words: Sequence[str]) -> str:
    """``A``, ``A and B``, ``A, B and C``."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def short_authors(authors: Sequence[str]) -> str:
    """Last names for a reference within a sentence: ``Christiano et al.``"""
    names = [family_name(author) for author in authors if author.strip()]
    return f"{names[0]} et al." if len(names) > 2 else " and ".join(names)


class Name(Value):
    """A name in the parts by which bibliographies sort it; a group has only a family name."""

    family: str
    given: str = ""
    particle: str = ""
    suffix: str = ""


def parts_of(author: str) -> Name:
    """The parts of a name written either way round: ``Aaron van den Oord`` or ``Oord, Aaron van den``."""
    name, suffix = _without_suffix(one_line(author))
    if _GROUP.search(name) or (_is_indivisible(name) and "," in name):
        return Name(family=one_line(author))
    if "," in name:
        family, _, given = (part.strip() for part in name.partition(","))
        return Name(family=family, given=given, suffix=suffix)
    words = name.split() or [""]
    first = last = next((at for at in range(1, len(words) - 1) if words[at].islower()), len(words) - 1)
    while last < len(words) - 1 and words[last].islower():
        last += 1
    return Name(
        given=" ".join(words[:first]),
        particle=" ".join(words[first:last]),
        family=" ".join(words[last:]),
        suffix=suffix,
    )


def family_name(author: str) -> str:
    """The family name with its particles: ``van den Oord``; a group's whole name."""
    name = parts_of(author)
    return f"{name.particle} {name.family}".strip()


def _bibtex_name(name: str) -> str:
    if name.lower() in _OTHERS:
        return "others"
    plain, suffix = _without_suffix(name)
    if suffix and "," not in plain:
        given, _, family = plain.rpartition(" ")
        return f"{latex_text(family)}, {latex_text(suffix)}, {latex_text(given)}"
    if _is_indivisible(name):
        return f"{{{latex_text(name)}}}"
    return latex_text(name)


def _without_suffix(name: str) -> tuple[str, str]:
    match = _SUFFIX.match(name)
    return (match["name"].rstrip(","), match["suffix"]) if match else (name, "")


def _is_indivisible(name: str) -> bool:
    """A group, or a name in which BibTeX would see two names or a wrong order."""
    family_first = re.fullmatch(r"[^,]+, [^,]+", name) and not re.search(r"\b(inc|ltd|llc|gmbh|co)\b", name, re.I)
    has_and = bool(re.search(r"\band\b", name, re.I))
    return has_and or bool(_GROUP.search(name)) or ("," in name and not family_first)
