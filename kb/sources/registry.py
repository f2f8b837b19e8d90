"""The sources there are, found by looking into the folder: adding one means adding a file."""

import importlib
import pkgutil
from functools import cache

from kb.sources import providers
from kb.sources.source import AccessMethod, PaperSource, Provider


@cache
def sources() -> tuple[Provider, ...]:
    """All sources, the ones with ids of their own first."""
    names = [module.name for module in pkgutil.iter_modules(providers.__path__)]
    found: list[Provider] = [importlib.import_module(f"{providers.__name__}.{name}").SOURCE for name in names]
    return tuple(sorted(found, key=lambda source: source.rank))


def source_named(name: str) -> Provider:
    """The source of this name."""
    return next(source for source in sources() if source.name == name)


def recognised(text: str, *, specific: bool) -> PaperSource | None:
    """What an argument names at one of the sources with ids of their own, or at one of the general ones."""
    answers = (source.recognise(text) for source in sources() if source.is_specific is specific)
    return next((answer for answer in answers if answer is not None), None)


def way_to(found: PaperSource) -> AccessMethod:
    """How what was recognised is fetched."""
    return AccessMethod(kind=found.kind, value=source_named(found.kind).item(found))


def names_a_source(text: str) -> bool:
    """Whether a text begins as an id of some source does: ``arxiv:…``."""
    return any(text.lower().startswith(f"{source.name}:") for source in sources() if source.is_specific)
