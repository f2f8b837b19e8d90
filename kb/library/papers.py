"""Papers and their versions in the record."""

from collections.abc import Collection
from typing import Any

import sqlalchemy as sa

from kb.errors import NotFoundError
from kb.library import names, paper_rows
from kb.library.record import Record
from kb.library.schema import paper_aliases, papers, reading_places, versions
from kb.models.paper import WITHOUT_ADDRESS, Paper, PaperDraft, Version, VersionDraft
from kb.models.reading_state import ReadingState

_SUGGESTIONS = 3
_CLOSE_ENOUGH = 90
_TELLING_TITLE = 20


class Papers:
    """The works in the library; ids and keys that were once given are never taken back."""

    def __init__(self, record: Record) -> None:
        self._record = record

    def add(self, draft: PaperDraft, *, id: str | None = None) -> Paper:  # noqa: A002 - the noun's own field
        """Put a work in, or return the one that is already there."""
        known = self.match(draft)
        if known:
            return known
        with self._record.write() as connection:
            return paper_rows.insert(connection, draft, id)

    def take_in(self, draft: PaperDraft, file: VersionDraft) -> Paper:
        """Put a file and its work in, in one transaction: there is never a paper without the file that it came with."""
        known = self._of_file(file.sha256) or self.match(draft) or self._same_title(draft)
        with self._record.write() as connection:
            paper = known or paper_rows.insert(connection, draft, None)
            paper_rows.insert_version(connection, paper.id, file)
        return paper

    def match(self, draft: PaperDraft) -> Paper | None:
        """The same work, if it is here: by arXiv id, then DOI, then URL; what has no address, by kind and title."""
        for column, value in (
            (papers.c.arxiv_id, draft.arxiv_id),
            (papers.c.doi, draft.doi),
            (papers.c.url, draft.url),
        ):
            if value and (row := self._one(column == value)):
                return row
        if draft.kind in WITHOUT_ADDRESS and not draft.url:
            return self._one(sa.and_(papers.c.kind == draft.kind.value, papers.c.title == draft.title))
        return None

    def get(self, paper_id: str) -> Paper:
        """The paper with this id; raises NotFoundError."""
        paper = self._one(papers.c.id == paper_id)
        if paper is None:
            raise NotFoundError(f"no paper has the id {paper_id!r}", next="kb papers")
        return paper

    def many(self, paper_ids: "set[str] | tuple[str, ...] | list[str]") -> dict[str, Paper]:
        """Papers by id; unknown ids are left out."""
        if not paper_ids:
            return {}
        with self._record.read() as connection:
            rows = connection.execute(papers.select().where(papers.c.id.in_(list(paper_ids)))).mappings()
            return {row["id"]: paper_rows.to_paper(row) for row in rows}

    def titles(self) -> dict[str, str]:
        """The title of every paper, by its id."""
        with self._record.read() as connection:
            return {row.id: row.title for row in connection.execute(sa.select(papers.c.id, papers.c.title))}

    def kinds(self) -> dict[str, str]:
        """The kind of every paper, by its id."""
        with self._record.read() as connection:
            return {row.id: row.kind for row in connection.execute(sa.select(papers.c.id, papers.c.kind))}

    def find(self, text: str) -> Paper:
        """The paper that a reader means: by id, key, arXiv id, the start of an id, or a title that only one has."""
        wanted = text.strip()
        exact = sa.or_(
            papers.c.id == wanted,
            papers.c.key == wanted,
            papers.c.arxiv_id == _without_version(wanted),
            papers.c.id.in_(sa.select(paper_aliases.c.paper_id).where(paper_aliases.c.alias == wanted)),
        )
        paper = self._one(exact) or self._only(papers.c.id.startswith(wanted, autoescape=True))
        paper = paper or self._only(papers.c.title.icontains(wanted, autoescape=True))
        return paper or self._closest(wanted)

    def all(
        self,
        *,
        list_id: str | None = None,
        week: int | None = None,
        agenda: str | Collection[str] | None = None,
        state: ReadingState | None = None,
    ) -> tuple[Paper, ...]:
        """Papers newest first; with a list, in the list's order. An agenda counts by the list's tags and by notes.

        ``agenda`` is one of its names, or several of which one is enough.
        """
        query = papers.select()
        if state:
            query = query.where(papers.c.state == state.value)
        with self._record.read() as connection:
            found = [
                paper_rows.to_paper(row)
                for row in connection.execute(query.order_by(papers.c.added_at.desc())).mappings()
            ]
            if list_id is None and agenda is None:
                return tuple(found)
            listed = paper_rows.listed_papers(connection, list_id)
            names = frozenset([agenda] if isinstance(agenda, str) else agenda or ())
            bearing = paper_rows.noted_on(connection, names) if list_id is None else set()
        return paper_rows.select(found, listed, week, names, bearing)

    def aliases(self) -> dict[str, tuple[str, ...]]:
        """Other keys under which papers were known, by the paper's id."""
        found: dict[str, tuple[str, ...]] = {}
        with self._record.read() as connection:
            for alias, paper_id in connection.execute(paper_aliases.select().order_by(paper_aliases.c.alias)):
                found[paper_id] = (*found.get(paper_id, ()), alias)
        return found

    def update(self, paper_id: str, draft: PaperDraft) -> Paper:
        """Take over better metadata; id, key, state and notes stay as they are."""
        values = {name: value for name, value in draft.model_dump(mode="json").items() if value not in (None, "", [])}
        with self._record.write() as connection:
            connection.execute(papers.update().where(papers.c.id == paper_id).values(values))
        return self.get(paper_id)

    def set_state(self, paper_id: str, state: ReadingState) -> Paper:
        """Say how far the reader has come."""
        with self._record.write() as connection:
            connection.execute(papers.update().where(papers.c.id == paper_id).values(state=state.value))
        return self.get(paper_id)

    def add_version(self, paper_id: str, file: VersionDraft) -> None:
        """Record a file of a paper and queue its text for the index; the same bytes twice are one version."""
        with self._record.write() as connection:
            paper_rows.insert_version(connection, paper_id, file)

    def versions(self, paper_id: str) -> tuple[Version, ...]:
        """A paper's versions, newest first."""
        return self._versions(versions.c.paper_id == paper_id)

    def all_versions(self) -> tuple[Version, ...]:
        """Every version in the library, newest first."""
        return self._versions(sa.true())

    def version(self, sha256: str) -> Version | None:
        """The version with these bytes."""
        return next(iter(self._versions(versions.c.sha256 == sha256)), None)

    def current(self, paper_id: str) -> Version | None:
        """The version that is read by default: the newest."""
        return next(iter(self.versions(paper_id)), None)

    def place(self, paper_id: str) -> int:
        """The block at which the reader stopped; 0 for a paper never opened."""
        with self._record.read() as connection:
            query = sa.select(reading_places.c.block).where(reading_places.c.paper_id == paper_id)
            return int(connection.execute(query).scalar() or 0)

    def last_read(self) -> str | None:
        """The paper that was open last."""
        with self._record.read() as connection:
            query = sa.select(reading_places.c.paper_id).order_by(reading_places.c.at.desc()).limit(1)
            last: str | None = connection.execute(query).scalar()
            return last

    def _of_file(self, sha256: str) -> Paper | None:
        version = self.version(sha256)
        return self.get(version.paper) if version else None

    def _same_title(self, draft: PaperDraft) -> Paper | None:
        """A work with the same long title, unless its ids speak against it; such as a local copy of a fetched paper."""
        if len(draft.title) < _TELLING_TITLE:
            return None
        wanted = names.plain(draft.title)
        return next(
            (paper for paper in self.all() if names.plain(paper.title) == wanted and _may_be(paper, draft)), None
        )

    def _versions(self, condition: Any) -> tuple[Version, ...]:
        query = versions.select().where(condition).order_by(versions.c.added_at.desc())
        with self._record.read() as connection:
            found = [paper_rows.to_version(row) for row in connection.execute(query).mappings()]
        return tuple(sorted(found, key=lambda version: -version.number))

    def _one(self, condition: Any) -> Paper | None:
        with self._record.read() as connection:
            row = connection.execute(papers.select().where(condition).limit(1)).mappings().first()
        return paper_rows.to_paper(row) if row else None

    def _only(self, condition: Any) -> Paper | None:
        """The paper that meets the condition, if exactly one does."""
        with self._record.read() as connection:
            rows = connection.execute(papers.select().where(condition).limit(2)).mappings().all()
        return paper_rows.to_paper(rows[0]) if len(rows) == 1 else None

    def _closest(self, wanted: str) -> Paper:
        from rapidfuzz import fuzz, process, utils

        everything = self.all()
        choices = {paper.id: paper.title for paper in everything}
        ranked = process.extract(
            wanted, choices, scorer=fuzz.WRatio, processor=utils.default_process, limit=_SUGGESTIONS
        )
        clear = [match for match in ranked if match[1] >= _CLOSE_ENOUGH]
        if len(clear) == 1:
            return next(paper for paper in everything if paper.id == clear[0][2])
        near = ", ".join(match[2] for match in clear or ranked)
        raise NotFoundError(
            f"{'several papers match' if clear else 'no paper matches'} {wanted!r}",
            f"the nearest are {near}" if near else "the library has no papers yet",
            "kb papers" if near else "kb fetch spine-10h --week 1, or kb add FILE",
        )


def _may_be(paper: Paper, draft: PaperDraft) -> bool:
    """Whether no id of the draft contradicts the paper's."""
    pairs = ((paper.arxiv_id, draft.arxiv_id), (paper.doi, draft.doi))
    return all(not mine or not other or mine == other for mine, other in pairs)


def _without_version(text: str) -> str:
    head, _, tail = text.removeprefix("arXiv:").removeprefix("arxiv:").rpartition("v")
    return head if head and tail.isdigit() else text.removeprefix("arXiv:").removeprefix("arxiv:")
