"""The agendas that come with the program: one file each, with the works that it cites, joined into one map.

Several files may declare one work, as long as they say the same of it.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from kb.errors import KbError, UsageError
from kb.models.agenda import AgendaMap, Work
from kb.sources.map_file import invalid_map, read_map
from kb.sources.yaml_file import read_yaml

LISTS = Path(str(files("reading_lists")))
"""The folder of data that comes with the program."""
FOLDER, SINGLE, ORDER = "agendas", "agendas.yaml", "order-of-agendas.yaml"
_PATTERN = "agenda-*.yaml"


def packaged_agendas(lists: Path = LISTS) -> AgendaMap:
    """All of them; an agenda with a file of its own takes the place of one of that id in the single file."""
    return _joined(tuple((file, *_stamp(file)) for file in agenda_files(lists)), shown_order(lists))


def agenda_files(lists: Path = LISTS) -> tuple[Path, ...]:
    """The single file where there is one, then one file an agenda, by name."""
    single = lists / SINGLE
    return (*([single] if single.exists() else []), *sorted((lists / FOLDER).glob(_PATTERN)))


def shown_order(lists: Path = LISTS) -> tuple[str, ...]:
    """Ids of agendas in the order in which they are shown."""
    file = lists / FOLDER / ORDER
    data = read_yaml(file, "an order of agendas", "mend the file")
    named = data.get("agendas") if isinstance(data, Mapping) else None
    if not isinstance(named, list):
        raise invalid_map(file, "it has no list under 'agendas'")
    return tuple(map(str, named))


def work_conflicts(lists: Path = LISTS) -> tuple[KbError, ...]:
    """Works of which two files say different things; the first that says something is believed."""
    return tuple(_conflicts((file, read_map(file, AgendaMap)) for file in agenda_files(lists)))


def _conflicts(maps: Iterable[tuple[Path, AgendaMap]]) -> Iterator[KbError]:
    known: dict[str, tuple[Path, Work]] = {}
    for file, one in maps:
        for work in one.works:
            first, said = known.setdefault(work.id, (file, work))
            if said != work:
                fields = [name for name in ("title", "authors", "year") if getattr(said, name) != getattr(work, name)]
                why = f"{first.name} gives another {' and '.join(fields)}"
                yield UsageError(f"{file.name}: the work {work.id} is declared twice", why, "make them the same")


def _stamp(file: Path) -> tuple[int, int]:
    """What changes when the file does."""
    facts = file.stat()
    return facts.st_mtime_ns, facts.st_size


@lru_cache(maxsize=1)
def _joined(stamped: tuple[tuple[Path, int, int], ...], order: tuple[str, ...]) -> AgendaMap:
    maps = [read_map(file, AgendaMap) for file, _, _ in stamped]
    works: dict[str, Work] = {}
    for work in (work for one in maps for work in one.works):
        works.setdefault(work.id, work)
    agendas = {agenda.id: agenda for one in maps for agenda in one.agendas}
    place = {named: number for number, named in enumerate(order)}
    ordered = sorted(agendas.values(), key=lambda agenda: place.get(agenda.id, len(place)))
    try:
        return AgendaMap(works=tuple(works.values()), agendas=tuple(ordered))
    except ValidationError as error:
        raise invalid_map(stamped[-1][0].parent, error.errors()[0]["msg"]) from error
