"""Which paper of the library an item is: by id or file, by its address, by title with people and year, and why not."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from rapidfuzz import fuzz, process, utils

from kb.library import identity
from kb.library.papers import Papers
from kb.library.record import Record
from kb.models.base import Value
from kb.models.paper import Paper, PaperDraft

_OWN_FIELD = {"arXiv id": "arxiv_id", "DOI": "doi"}


class PaperMatch(Value):
    """The paper that an item is, and by what that is known; or why it cannot be told."""

    paper: Paper | None = None
    by: str = ""
    conflict: str = ""
    apart: str = ""
    """Why an item that looks like a paper here is not that paper."""
    borrowed: tuple[str, ...] = ()
    """Fields of the draft that say another work's id: only copied along."""


class Matcher:
    """The papers of a library by whatever tells them apart; what is taken in is learnt, so an item twice is one."""

    def __init__(self, record: Record) -> None:
        papers = Papers(record)
        self._by_id: dict[tuple[str, str], Paper] = {}
        self._by_title: defaultdict[str, dict[str, Paper]] = defaultdict(dict)
        self._titles: dict[str, str] = {}
        self._papers: dict[str, Paper] = {}
        self._keys: defaultdict[str, set[str]] = defaultdict(set)
        for paper_id, aliases in papers.aliases().items():
            self._keys[paper_id].update(aliases)
        for paper in papers.all():
            self.learn(paper)
        for version in papers.all_versions():
            if version.paper in self._papers:
                self._by_id[("file", version.sha256)] = self._papers[version.paper]

    def learn(self, paper: Paper, hashes: Iterable[str] = (), name: str = "", key: str = "") -> None:
        """Know a paper from now on; ``name`` stands for one that was not taken in yet."""
        known = paper.id or name
        self._papers[known] = paper
        self._keys[known].update(filter(None, (paper.key, key)))
        for one in (*_ids(paper), *(("file", sha256) for sha256 in hashes)):
            self._by_id[one] = paper
        if title := identity.title_key(paper.title):
            self._by_title[title][known] = paper
        if identity.is_telling(paper.title):
            self._titles[known] = utils.default_process(paper.title)

    def find(self, draft: PaperDraft, hashes: Sequence[str] = (), key: str = "") -> PaperMatch:
        """The paper that a draft describes."""
        hits = [(kind, self._by_id[(kind, value)]) for kind, value in _ids(draft) if (kind, value) in self._by_id]
        copied = [(kind, paper) for kind, paper in hits if identity.only_copied(paper, draft)]
        hits = [hit for hit in hits if hit not in copied]
        hits += [("file", self._by_id[("file", one)]) for one in hashes if ("file", one) in self._by_id]
        sure = [hit for hit in hits if hit[0] != "address"]
        if len({_known(paper) for _, paper in sure}) > 1:
            said = ", ".join(f"its {kind} is that of {_known(paper)}" for kind, paper in sure)
            return PaperMatch(conflict=said)
        if sure:
            return PaperMatch(paper=sure[0][1], by=sure[0][0])
        found = self._by_words(draft, key, hits)
        if found.paper is None and copied:
            return found.model_copy(update=_said_of(copied))
        return found

    def _by_words(self, draft: PaperDraft, key: str, pages: Sequence[tuple[str, Paper]]) -> PaperMatch:
        """By its address with a title that goes with it, by its title, or by a title that differs by a slip."""
        for by, paper in pages:
            apart = identity.ids_differ(paper, draft) or self._differ(paper, draft, key)
            if identity.is_akin(paper, draft) and not apart:
                return PaperMatch(paper=paper, by=by)
        namesakes = self._by_title.get(identity.title_key(draft.title), {})
        same = [
            paper
            for name, paper in namesakes.items()
            if identity.same_work(paper, draft, same_key=bool(key) and key in self._keys[name])
        ]
        if best := identity.best(same, draft):
            return PaperMatch(paper=best, by=_reason(best, draft))
        if near := self._nearly(draft):
            return PaperMatch(paper=near, by="a title nearly the same")
        return PaperMatch(apart=_apart(list(namesakes.values()), draft))

    def _differ(self, paper: Paper, draft: PaperDraft, key: str) -> str:
        same_key = bool(key) and key in self._keys[paper.id]
        return identity.difference(paper, draft, same_key=same_key)

    def _nearly(self, draft: PaperDraft) -> Paper | None:
        """A title that differs in a letter or a small word, by the same first author and of the same year."""
        if not identity.is_telling(draft.title):
            return None
        title = utils.default_process(draft.title)
        found = process.extract(title, self._titles, scorer=fuzz.ratio, score_cutoff=identity.NEARLY, limit=5)
        near = (self._papers[name] for _, _, name in found)
        return next((paper for paper in near if identity.nearly_same_work(paper, draft)), None)


def _ids(paper: PaperDraft) -> list[tuple[str, str]]:
    ids = (("arXiv id", paper.arxiv_id), ("DOI", (paper.doi or "").lower()), ("address", paper.url))
    return [(kind, value) for kind, value in ids if value]


def _known(paper: Paper) -> str:
    return paper.id or paper.title


def _reason(paper: Paper, draft: PaperDraft) -> str:
    """By what besides the title two works were seen to be one."""
    people = "authors" if identity.same_people(paper, draft) else ""
    year = "year" if paper.year and paper.year == draft.year else ""
    return " and ".join(filter(None, (", ".join(filter(None, ("title", people))), year)))


def _apart(namesakes: Sequence[Paper], draft: PaperDraft) -> str:
    """What sets an item apart from the papers of its title."""
    for paper in namesakes:
        why = identity.difference(paper, draft)
        if identity.ids_differ(paper, draft):
            why = "another id"
        if why:
            return f"{paper.key} has the same title, but {why}: kept apart"
    return ""


def _said_of(copied: Sequence[tuple[str, Paper]]) -> dict[str, object]:
    said = "; ".join(f"its {kind} is that of {paper.key}, which is another work" for kind, paper in copied)
    borrowed = tuple(_OWN_FIELD[kind] for kind, _ in copied if kind in _OWN_FIELD)
    return {"apart": said, "borrowed": borrowed}
