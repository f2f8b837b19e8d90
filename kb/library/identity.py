"""Whether two descriptions are of one work: by title, people, year and kind of publication, in any script.

What is not known never speaks for a work and never against it; ids are compared where they are looked up.
"""

import re
import unicodedata
from collections.abc import Mapping

from rapidfuzz import fuzz

from kb.models.authors import last_name
from kb.models.paper import Paper, PaperDraft

TELLING = 20
"""Letters below which a title, such as Introduction, does not say by itself that two works are the same."""
_IDEOGRAPH = 3
"""Letters that an ideograph or a syllable sign counts for: it says about as much as a short word."""
_SAME_WORD = 80.0
"""Similarity (of 100) from which two words are one with a slip of the pen: above men, women; below color, colour."""
NEARLY = 92.0
"""Similarity (of 100) below which two titles are not even looked at word by word."""
_AKIN = 60.0
"""Similarity (of 100) from which two titles may name one page; below it, an address or an id was only copied along."""
_PREPRINT_YEARS = 1
"""Years that a file's date may lie from the year in which the work came out."""
_SMALL = frozenset({"a", "an", "the", "of", "in", "on", "for", "and", "to", "with", "from", "by", "at"})
_OTHERS = frozenset({"et al.", "et al", "others"})
_PARTS = re.compile(r"[ivx]+|one|two|three|four|five|first|second|third|fourth|[b-d]")
"""Words that number the parts of a series."""
_NUMBERS = (("edition", "edition"), ("volume", "volume"), ("number", "number"), ("part", "part"))
_CLASSES = {
    **dict.fromkeys(("phdthesis", "mastersthesis", "thesis", "bachelorsthesis"), "thesis"),
    **dict.fromkeys(("techreport", "report"), "report"),
    **dict.fromkeys(("book", "mvbook", "collection", "mvcollection", "booklet"), "book"),
    **dict.fromkeys(("incollection", "inbook", "suppbook", "bookinbook"), "chapter"),
    **dict.fromkeys(("inproceedings", "conference"), "conference paper"),
    **dict.fromkeys(("online", "electronic", "www"), "page"),
}
_SAYS_NOTHING = frozenset({"keywords", "note"})
"""Fields that a program adds to what states nothing of how a work came out."""


def title_key(title: str) -> str:
    """The letters and digits of a title by which it is known again: case, width, accents of Latin and marks aside."""
    if title.isascii():  # most titles, and there are many to compare
        return "".join(filter(str.isalnum, title.casefold()))
    kept: list[str] = []
    base_is_latin = False
    for character in unicodedata.normalize("NFKD", title.casefold()):
        if unicodedata.category(character).startswith("M"):
            if not base_is_latin:
                kept.append(character)
        elif character.isalnum():
            base_is_latin = character.isascii()
            kept.append(character)
    return unicodedata.normalize("NFKC", "".join(kept)).casefold()


def is_telling(title: str) -> bool:
    """Whether a title says so much that no other work is likely to have it."""
    return sum(_IDEOGRAPH if unicodedata.category(one) == "Lo" else 1 for one in title_key(title)) >= TELLING


def is_akin(mine: PaperDraft, theirs: PaperDraft) -> bool:
    """Whether two titles may name one work, such as a page that changed its heading."""
    one, other = title_key(mine.title), title_key(theirs.title)
    if not one or not other:
        return False
    return one.startswith(other) or other.startswith(one) or fuzz.ratio(one, other) >= _AKIN


def same_title(mine: PaperDraft, theirs: PaperDraft) -> bool:
    """Whether both have a title, and it is the same."""
    key = title_key(mine.title)
    return bool(key) and key == title_key(theirs.title)


def nearly_same_title(mine: str, theirs: str) -> bool:
    """Whether titles differ only by a slip of the pen or a small word; never by a part, a number or another word."""
    if fuzz.ratio(mine.casefold(), theirs.casefold()) < NEARLY:
        return False
    ours, others = _words(mine), _words(theirs)
    shared = set(ours) & set(others)
    left, right = ([word for word in words if word not in shared] for words in (ours, others))
    unpaired = [word for word in left if not any(_slip(word, other) for other in right)]
    unpaired += [word for word in right if not any(_slip(word, other) for other in left)]
    return all(word in _SMALL for word in unpaired)


def same_people(mine: PaperDraft, theirs: PaperDraft) -> bool | None:
    """Whether the first authors are one person; None where one of the works names nobody."""
    first = [next((name for name in one.authors if name.lower() not in _OTHERS), "") for one in (mine, theirs)]
    if not all(title_key(name) for name in first):
        return None
    one, other = (_family(name) for name in first)
    return one == other or _one_ideographic(first[0], first[1])


def difference(mine: PaperDraft, theirs: PaperDraft, *, same_key: bool = False) -> str:
    """What says that two works of one title are two, in words; empty where nothing does.

    Two entries of bibliographies state edition, volume and number exactly, so that one which lacks them is another
    version; a paper that came as a file states none.
    """
    if same_people(mine, theirs) is False:
        return "another author"
    stated = _is_stated(mine) and _is_stated(theirs)
    if mine.year and theirs.year and abs(mine.year - theirs.year) > (0 if stated else _PREPRINT_YEARS):
        return f"another year, {mine.year}"
    return "" if same_key or not stated else _other_publication(mine, theirs)


def same_work(mine: PaperDraft, theirs: PaperDraft, *, same_key: bool = False) -> bool:
    """Whether a title that both have is enough, with what else is known, to say that they are one work."""
    if not same_title(mine, theirs) or ids_differ(mine, theirs) or difference(mine, theirs, same_key=same_key):
        return False
    if is_telling(mine.title) or same_key:
        return True
    known = same_people(mine, theirs) is True and mine.year is not None and theirs.year is not None
    return known and _agree(title_key(mine.venue), title_key(theirs.venue))


def nearly_same_work(mine: PaperDraft, theirs: PaperDraft) -> bool:
    """Whether titles that differ by a slip are one work's: only for the same people and, if stated, the same year."""
    if not is_telling(mine.title) or not nearly_same_title(mine.title, theirs.title):
        return False
    stated = _is_stated(mine) and _is_stated(theirs)
    if same_people(mine, theirs) is not True or (stated and not (mine.year and theirs.year)):
        return False
    return not ids_differ(mine, theirs) and not difference(mine, theirs)


def ids_differ(mine: PaperDraft, theirs: PaperDraft) -> bool:
    """Whether an id of one contradicts the other's."""
    pairs = ((mine.arxiv_id, theirs.arxiv_id), ((mine.doi or "").lower(), (theirs.doi or "").lower()))
    return any(one and other and one != other for one, other in pairs)


def only_copied(mine: PaperDraft, theirs: PaperDraft) -> bool:
    """Whether an id that two works share was copied along: neither their titles nor their people have to do."""
    return not is_akin(mine, theirs) and same_people(mine, theirs) is False


def _other_publication(mine: PaperDraft, theirs: PaperDraft) -> str:
    one, other = _kind(mine), _kind(theirs)
    if one != other:
        return f"another publication, {one}"
    for field, noun in _NUMBERS:
        first, second = (_field(work, field) for work in (mine, theirs))
        if first != second:
            return f"another {noun}" + (f", {first}" if first else "")
    return ""


def _is_stated(work: PaperDraft) -> bool:
    """Whether an entry of a bibliography says how the work came out."""
    return work.bibtex is not None and (work.bibtex.type != "misc" or not _SAYS_NOTHING.issuperset(work.bibtex.fields))


def _kind(work: PaperDraft) -> str:
    said = work.bibtex.type if work.bibtex else ""
    return _CLASSES.get(said, said)


def _field(work: PaperDraft, name: str) -> str:
    fields: Mapping[str, str] = work.bibtex.fields if work.bibtex else {}
    return title_key(fields.get(name, "") or (fields.get("issue", "") if name == "number" else ""))


def _agree(one: str, other: str) -> bool:
    return not one or not other or one == other


def _family(name: str) -> str:
    """The last word of the family name, which particles and hyphens do not change."""
    return title_key((last_name(name).split() or [""])[-1])


def _one_ideographic(mine: str, theirs: str) -> bool:
    """Names in ideographs: written apart or together, and with either part first, they are the same signs."""
    one, other = sorted(title_key(mine)), sorted(title_key(theirs))
    return one == other and all(unicodedata.category(sign) == "Lo" for sign in one)


def _words(title: str) -> list[str]:
    return [key for word in title.replace("-", " ").split() if (key := title_key(word))]


def _slip(word: str, other: str) -> bool:
    """Whether one word is the other with a letter wrong; parts and numbers are never a slip of each other."""
    if any(_PARTS.fullmatch(one) or not one.isalpha() for one in (word, other)):
        return False
    return fuzz.ratio(word, other) >= _SAME_WORD


def best(candidates: list[Paper], draft: PaperDraft) -> Paper | None:
    """The candidate whose year is the draft's, else the first."""
    return next((paper for paper in candidates if paper.year == draft.year), next(iter(candidates), None))
