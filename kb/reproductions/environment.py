"""What a result depends on besides seed and knobs: the code and the versions of what computes it."""

import hashlib
import json
import platform
from collections.abc import Mapping
from functools import cache
from importlib import metadata
from pathlib import Path
from typing import Any

from kb.reproductions.code_hash import same_code
from kb.reproductions.model import Reproduction

_LIBRARIES = ("numpy", "torch", "scikit-learn")


def environment() -> dict[str, str]:
    """Versions of Python and the numerical libraries, and the processor; nothing is imported for it."""
    versions = {name: _version(name) for name in _LIBRARIES}
    return {"python": platform.python_version(), **versions, "cpu": processor()}


def result_keys(reproduction: Reproduction, knobs: Mapping[str, Any]) -> tuple[str, ...]:
    """The same key means the same numbers for the same seed: version, knobs, code and libraries.

    The first is the present one; the others are those under which the same code was known before.
    """
    return tuple(_key(reproduction, knobs, code) for code in same_code(reproduction))


def _key(reproduction: Reproduction, knobs: Mapping[str, Any], code: str) -> str:
    facts = [reproduction.id, reproduction.version, dict(knobs), code, environment()]
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
