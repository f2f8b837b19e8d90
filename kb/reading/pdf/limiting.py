"""Limits that the operating system holds the child to, whatever a file makes the C code do."""

import os
import resource
from functools import cache
from pathlib import Path


def silence() -> int:
    """Send what C code prints to nowhere; returns the old standard output, for the answers."""
    answers = os.dup(1)
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    os.close(nowhere)
    return answers


def apply(memory_bytes: int, cpu_s: float) -> None:
    """Bound the address space, and the CPU time of the request that starts now."""
    _set(resource.RLIMIT_AS, memory_bytes)
    used = resource.getrusage(resource.RUSAGE_SELF)
    _set(resource.RLIMIT_CPU, int(used.ru_utime + used.ru_stime + cpu_s) + 1)
    _set(resource.RLIMIT_CORE, 0)


def allow(more_bytes: int) -> None:
    """Bound the address space to what it was at the first such call and so much more, where the system tells."""
    held = _held()
    if held:
        _set(resource.RLIMIT_AS, held + more_bytes)


@cache
def _held() -> int:
    """Address space in bytes, as it is at the first call; 0 where the system does not tell."""
    statm = Path("/proc/self/statm")
    return int(statm.read_text().split()[0]) * resource.getpagesize() if statm.exists() else 0


def _set(limit: int, value: int) -> None:
    """Set the soft limit, within the hard one."""
    _, hard = resource.getrlimit(limit)
    soft = value if hard == resource.RLIM_INFINITY else min(value, hard)
    resource.setrlimit(limit, (soft, hard))
