"""The index of meaning: Chroma, which holds vectors and nothing else, so that it can be thrown away at any time."""

import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal
from urllib.parse import urlsplit

from kb.config import Home, Settings
from kb.errors import BusyError, DamagedError, KbError, NetworkError, NotFoundError
from kb.models.search import Candidate
from kb.recall.chroma_checksums import break_seal, check_seal, set_seal
from kb.recall.context import CHUNKER
from kb.recall.embed.protocol import Vectors32

if TYPE_CHECKING:
    from chromadb.api import ClientAPI
    from chromadb.api.models.Collection import Collection

What = Literal["passage", "note"]
DATABASE = "chroma.sqlite3"
NEXT = "kb reindex"
PROBES = 16
ANSWER_S = 10
MANY = 10_000
_MAGIC = b"SQLite format 3\0"


class Vectors:
    """Two collections, of passages and of notes, named by the model and by how passages are cut."""

    def __init__(self, client: "ClientAPI", model: str, *, write: bool, sealed: Path | None = None) -> None:
        """``sealed`` is the folder that is sealed when this writer has closed it."""
        self._client = client
        self._names = {what: collection_name(what, model) for what in ("passage", "note")}
        self._write = write
        self._sealed = sealed
        self._known: dict[str, Collection] = {}
        self._system = client._system  # type: ignore[attr-defined]  # see close()

    @classmethod
    def open(cls, home: Home, settings: Settings, model: str, *, write: bool = False) -> "Vectors":
        """Open the index; a writer holds :func:`index_lock` and makes what is missing.

        Raises NotFoundError where there is no index yet, DamagedError, or NetworkError for a Chroma server.
        """
        if settings.chroma_url:
            return cls(_server(settings.chroma_url), model, write=write)
        check_files(home, missing_is_fine=write)
        check_seal(home, writing=write)
        if write:
            break_seal(home.vectors)
        return cls(_client(home), model, write=write, sealed=home.vectors if write else None)

    def __enter__(self) -> "Vectors":
        """The open index."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close on the way out."""
        self.close()

    def close(self) -> None:
        """Let go of the files, so that the next open sees what others have written."""
        self._known.clear()
        with _told("the index of meaning"):
            _close(self._client, self._system)
        if self._sealed:
            set_seal(self._sealed)

    def upsert(self, what: What, ids: Sequence[str], vectors: Vectors32, tags: Sequence[Mapping[str, str]]) -> None:
        """Put vectors in, replacing those with the same ids; ``tags`` are a few words each, such as the paper's id."""
        with _told("the index of meaning"):
            self._collection(what).upsert(
                ids=list(ids), embeddings=vectors, metadatas=[dict(tag) for tag in tags] or None
            )

    def delete(self, what: What, ids: Sequence[str]) -> None:
        """Take vectors out; ids that are not there are no error."""
        if ids:
            with _told("the index of meaning"):
                self._collection(what).delete(ids=list(ids))

    def query(self, what: What, vector: Vectors32, limit: int) -> list[Candidate]:
        """The nearest, best first, with cosine similarity as their score."""
        with _told("the index of meaning"):
            collection = self._collection(what)
            found = collection.query(query_embeddings=vector.reshape(1, -1), n_results=limit, include=["distances"])
            ids, distances = found["ids"][0], (found["distances"] or [[]])[0]
        return [
            Candidate(what=what, id=id_, score=1.0 - float(distance))
            for id_, distance in zip(ids, distances, strict=True)
        ]

    def ids(self, what: What, version: str | None = None) -> list[str]:
        """Every id, or those of one version."""
        with _told("the index of meaning"):
            where: Any = {"version": version} if version else None
            return list(self._collection(what).get(where=where, include=[])["ids"])

    def vectors(self, what: What, ids: Sequence[str]) -> dict[str, Vectors32]:
        """The vectors of these ids, where they are there."""
        with _told("the index of meaning"):
            found = self._collection(what).get(ids=list(ids), include=["embeddings"])
            return dict(zip(found["ids"], found["embeddings"] if len(found["ids"]) else [], strict=True))  # type: ignore[arg-type]

    def counts(self) -> dict[str, int]:
        """How many vectors of each there are."""
        with _told("the index of meaning"):
            return {what: self._collection(what).count() for what in ("passage", "note")}

    def are_new(self) -> bool:
        """Whether the collections are not there yet; makes them."""
        with _told("the index of meaning"):
            before = {found.name for found in self._client.list_collections(limit=MANY)}
            for what in ("passage", "note"):
                self._collection(what)
        return not before.issuperset(self._names.values())

    def drop(self) -> None:
        """Delete both collections."""
        with _told("the index of meaning"):
            present = {found.name for found in self._client.list_collections()}
            for name in present.intersection(self._names.values()):
                self._client.delete_collection(name)
        self._known.clear()

    def _collection(self, what: What) -> "Collection":
        if what not in self._known:
            self._known[what] = self._find(self._names[what])
        return self._known[what]

    def _find(self, name: str) -> "Collection":
        if self._write:
            return self._client.get_or_create_collection(
                name, embedding_function=None, configuration={"hnsw": {"space": "cosine"}}
            )
        from chromadb.errors import NotFoundError as NoCollection

        try:
            return self._client.get_collection(name, embedding_function=None)
        except NoCollection as error:
            raise NotFoundError("nothing is indexed by meaning yet", f"no collection {name}", NEXT) from error


def collection_name(what: str, model: str) -> str:
    """A name that differs whenever vectors cannot be compared."""
    return f"{what}s-{model}-{CHUNKER}"


def check_files(home: Home, *, missing_is_fine: bool = False) -> None:
    """Raise NotFoundError or DamagedError by a look at Chroma's own file, before any of its code runs."""
    file = home.vectors / DATABASE
    if not file.exists():
        if missing_is_fine:
            return
        raise NotFoundError("nothing is indexed by meaning yet", f"there is no {file}", NEXT)
    with file.open("rb") as opened:
        start = opened.read(len(_MAGIC))
    if start != _MAGIC:
        raise DamagedError("the index of meaning is damaged", f"{file} is no database", NEXT)


def discard(home: Home, settings: Settings, model: str) -> None:
    """Delete the index of meaning; the caller holds the lock, and has closed it. On a server, only this model's."""
    if settings.chroma_url:
        with Vectors.open(home, settings, model, write=True) as served:
            served.drop()
        return
    shutil.rmtree(home.vectors, ignore_errors=True)
    if home.vectors.exists():
        raise KbError(f"{home.vectors} cannot be removed", "a file in it is in use or not ours", "remove it by hand")
    forget_open_clients()


def forget_open_clients() -> None:
    """Make Chroma forget folders that it has open in this process."""
    from chromadb.api.shared_system_client import SharedSystemClient

    SharedSystemClient.clear_system_cache()


def _close(client: "ClientAPI", system: object) -> None:
    """Close a client, and the connections to a server that it would leave open.

    Clients of one folder share what they opened, by its path. Where the folder was made anew meanwhile, closing an
    old client would end what the new ones share, so an old one is left to the garbage collector.
    """
    from chromadb.api.shared_system_client import SharedSystemClient

    if system in SharedSystemClient._identifier_to_system.values():
        client.close()  # type: ignore[attr-defined]  # the interface lacks it, both clients have it
    for part in (client, getattr(client, "_admin_client", None)):
        connections = getattr(getattr(part, "_server", None), "_session", None)
        if connections is not None:
            connections.close()


def _quieten() -> None:
    import os

    os.environ["ANONYMIZED_TELEMETRY"] = "False"
    os.environ.setdefault("CHROMA_OTEL_COLLECTION_ENDPOINT", "")


def probe(home: Home) -> None:
    """Walk every collection's graph; what would crash crashes here, in a process that exists for nothing else."""
    import numpy as np

    client = _client(home)
    for name in [found.name for found in client.list_collections()]:
        collection = client.get_collection(name, embedding_function=None)
        some = collection.get(limit=1, include=["embeddings"])["embeddings"]
        if some is not None and len(some):
            directions = np.random.default_rng(0).standard_normal((PROBES, len(some[0]))).astype(np.float32)
            collection.query(query_embeddings=directions, n_results=100, include=["distances"])


def _client(home: Home) -> "ClientAPI":
    _quieten()
    with _told(f"the index of meaning in {home.vectors}"):
        import chromadb
        from chromadb.config import Settings as ChromaSettings

        options = ChromaSettings(anonymized_telemetry=False, allow_reset=False)
        return chromadb.PersistentClient(str(home.vectors), settings=options)


def _server(url: str) -> "ClientAPI":
    _quieten()
    import chromadb
    from chromadb.config import Settings as ChromaSettings

    parts = urlsplit(url)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise NetworkError(f"{url!r} is not the address of a Chroma server", "", "set chroma_url to http://HOST:PORT")
    secure = parts.scheme == "https"
    _check_answer(url)
    try:
        return chromadb.HttpClient(
            host=parts.hostname,
            port=parts.port or (443 if secure else 8000),
            ssl=secure,
            settings=ChromaSettings(anonymized_telemetry=False),
        )
    except Exception as error:  # the client turns every failure to connect into a bare ValueError
        raise NetworkError(
            f"the Chroma server at {url} does not answer", str(error).splitlines()[0], "start it, or unset chroma_url"
        ) from error


def _check_answer(url: str) -> None:
    """Raise NetworkError where nothing answers at all; Chroma's client would leave connections open then."""
    from urllib.error import HTTPError
    from urllib.request import urlopen

    try:
        urlopen(f"{url.rstrip('/')}/api/v2/heartbeat", timeout=ANSWER_S).close()  # noqa: S310 - http or https, checked
    except HTTPError as answer:
        answer.close()
    except OSError as error:
        raise NetworkError(
            f"the Chroma server at {url} does not answer", str(error), "start it, or unset chroma_url"
        ) from error


@contextmanager
def _told(what: str) -> Iterator[None]:
    """Chroma's errors in the reader's words; its compiled half also panics, outside of Python's ordinary errors."""
    try:
        yield
    except KbError:
        raise
    except BaseException as error:
        if isinstance(error, Exception) or type(error).__name__ == "PanicException":
            raise _translated(what, error) from error
        raise


def _translated(what: str, error: BaseException) -> KbError:
    reason = (str(error) or type(error).__name__).splitlines()[0]
    if type(error).__module__.split(".")[0] == "httpx":
        return NetworkError("the Chroma server does not answer", reason, "start it, or unset chroma_url")
    if "locked" in reason:
        return BusyError(f"{what} is in use", reason, "try again in a moment")
    return DamagedError(f"{what} is damaged", reason, NEXT)
