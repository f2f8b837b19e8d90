"""The experiments there are, found by looking into the folder: adding one means adding a file."""

import importlib
import pkgutil
from functools import cache

from kb.errors import NotFoundError
from kb.reproductions import experiments
from kb.reproductions.model import Reproduction


@cache
def reproductions() -> tuple[Reproduction, ...]:
    """All experiments, by id."""
    names = [module.name for module in pkgutil.iter_modules(experiments.__path__)]
    modules = [importlib.import_module(f"{experiments.__name__}.{name}") for name in names]
    found = [module.REPRODUCTION for module in modules if hasattr(module, "REPRODUCTION")]
    return tuple(sorted(found, key=lambda one: one.id))


def find_reproduction(text: str) -> Reproduction:
    """An experiment by its id or an unambiguous beginning; raises NotFoundError naming those that come near."""
    known = reproductions()
    hits = [one for one in known if one.id == text] or [one for one in known if text and one.id.startswith(text)]
    if len(hits) == 1:
        return hits[0]
    near = hits or [one for one in known if text and text.lower() in f"{one.id} {one.title}".lower()]
    names = ", ".join(one.id for one in near or known)
    raise NotFoundError(f"no reproduction is called {text!r}", f"there are {names}", "kb reproduce list")


def source_of(reproduction: Reproduction) -> str:
    """The name of the module that defines an experiment."""
    return reproduction.run_seed.__module__
