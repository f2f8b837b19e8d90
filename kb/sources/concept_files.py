"""The concepts that come with the program: a file for each theme, one for the lessons and one for the sources."""

from functools import lru_cache
from importlib.resources import files
from pathlib import Path

from pydantic import ValidationError

from kb.errors import UsageError
from kb.models.concept import ConceptMap
from kb.sources.map_parts import map_data, stamp

_STEP = "mend the file, then kb concept lint"


def packaged_concepts() -> ConceptMap:
    """All of them as one map; read again only where a file has changed. Raises UsageError where one is not valid."""
    folder = Path(str(files("reading_lists"))) / "concepts"
    return _read(folder, *stamp(folder))


@lru_cache(maxsize=1)
def _read(folder: Path, _changed: int, _size: int) -> ConceptMap:
    try:
        return ConceptMap.model_validate(map_data(folder, _STEP))
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"]))
        raise UsageError(f"{folder} is not a valid map", f"{place}: {first['msg']}", _STEP) from error
