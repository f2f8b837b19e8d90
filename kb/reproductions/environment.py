"""What a result depends on besides seed and knobs: the code and the versions of what computes it."""

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from kb.reproductions.registry import source_of
from kb.reproductions.shape import Reproduction

_LIBRARIES = ("numpy", "torch", "scikit-learn")


def environment() -> dict[str, str]:
    """Versions of Python and the numerical libraries, and the processor; nothing is imported for it."""
    versions = {name: _version(name) for name in _LIBRARIES}
    return {"python": platform.python_version(), **versions, "cpu": processor()}


def code_hash(reproduction: Reproduction) -> str:
    """A hash of the experiment's file and of the parts that experiments share."""
    spec = find_spec(source_of(reproduction))
    assert spec is not None
    assert spec.origin is not None
    own = Path(spec.origin)
    shared = sorted((Path(__file__).parent / "parts").glob("*.py"))
    digest = hashlib.sha256()
    for path in (own, *shared):
        digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def result_key(reproduction: Reproduction, knobs: Mapping[str, Any]) -> str:
    """The same key means the same numbers for the same seed: version, knobs, code and libraries."""
    facts = [reproduction.id, reproduction.version, dict(knobs), code_hash(reproduction), environment()]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()[:16]


def _version(name: str) -> str:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return ""


@cache
def processor() -> str:
    """The processor's name."""
    try:
        lines = Path("/proc/cpuinfo").read_text().splitlines()
    except OSError:
        return platform.processor() or platform.machine()
    names = [line.partition(":")[2].strip() for line in lines if line.startswith("model name")]
    return names[0] if names else platform.machine()
