"""Which references of a paper are in the library: by arXiv id or DOI, else by a title that is nearly the same."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from rapidfuzz import fuzz, process, utils

from kb.library.identity import title_key
from kb.models.authors import last_name
from kb.models.paper import Paper
from kb.models.text import Reference

SAME_TITLE = 92.0
"""Similarity (of 100) from which two titles are one work's; below it, parts of a series begin to be mixed up."""
_TELLING = 12
"""Letters of a title below which it may be a phrase that any paper has."""
_YEARS = 1
"""Years that a reference to a preprint may be off."""


def cited_in_library(references: Sequence[Reference], papers: Sequence[Paper]) -> list[str | None]:
    """For each reference the id of the paper that it names, or None."""
    by_arxiv = {paper.arxiv_id: paper.id for paper in papers if paper.arxiv_id}
    by_doi = {paper.doi.lower(): paper.id for paper in papers if paper.doi}
    telling = [paper for paper in papers if len(title_key(paper.title)) >= _TELLING]
    titles = {paper.id: utils.default_process(paper.title) for paper in telling}
    known = {paper.id: paper for paper in papers}
    return [_paper_of(reference, by_arxiv, by_doi, titles, known) for reference in references]


def names(references: Iterable[Reference], paper: Paper) -> bool:
    """Whether a bibliography names the paper."""
    return any(found is not None for found in cited_in_library(tuple(references), (paper,)))


def _paper_of(
    reference: Reference,
    by_arxiv: dict[str, str],
    by_doi: dict[str, str],
    titles: dict[str, str],
    known: dict[str, Paper],
) -> str | None:
    if reference.arxiv_id and reference.arxiv_id in by_arxiv:
        return by_arxiv[reference.arxiv_id]
    if reference.doi and reference.doi.lower() in by_doi:
        return by_doi[reference.doi.lower()]
    if len(title_key(reference.title)) < _TELLING:
        return None
    title = utils.default_process(reference.title)
    found = process.extract(title, titles, scorer=fuzz.ratio, score_cutoff=SAME_TITLE)
    return next((paper for _, _, paper in found if _may_mean(reference, known[paper])), None)


def _may_mean(reference: Reference, paper: Paper) -> bool:
    """Whether the first author stands in the reference, or the year is the paper's; what is not known says nothing."""
    author = title_key(last_name(paper.authors[0])) if paper.authors else ""
    same_year = not reference.year or not paper.year or abs(reference.year - paper.year) <= _YEARS
    return same_year or not author or author in title_key(reference.text)


def times_cited(references: Iterable[Reference]) -> Counter[str]:
    """How often each work is named, by arXiv id and by title in plain letters; a paper may name it under both."""
    counted: Counter[str] = Counter()
    for reference in references:
        if reference.arxiv_id:
            counted[reference.arxiv_id] += 1
        if len(reference.title) >= _TELLING:
            counted[utils.default_process(reference.title)] += 1
    return counted


def cited(counted: Mapping[str, int], arxiv_id: str, title: str) -> int:
    """How often a work was named, under whichever of the two says more."""
    return max(counted.get(arxiv_id, 0), counted.get(utils.default_process(title), 0))
