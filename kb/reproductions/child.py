"""One seed of one experiment, in a process of its own with limits: a request on stdin, lines of JSON on stdout.

Nothing of one seed's random state can reach another, and what goes wrong costs one seed.
"""

import importlib
import json
import os
import resource
import sys
import threading
import time
from dataclasses import asdict
from typing import Any, TextIO

from kb.reproductions.model import Reproduction, SeedResult

_STEP_S = 0.2
"""Progress is told at most this often."""


def main() -> None:
    """Answer the one request on stdin, then end."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "w")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # what libraries print must not mix with the answers
    request = json.loads(sys.stdin.readline())
    threading.Thread(target=_end_with_parent, daemon=True).start()
    _limit(request["memory_bytes"], request["cpu_s"])
    try:
        _tell(answers, {"done": _run(answers, request)})
    except MemoryError:
        _tell(answers, {"failed": "it needs more memory than a seed may use"})
    except Exception as error:  # whatever the experiment raises is the answer
        _tell(answers, {"failed": f"{type(error).__name__}: {error}"})


def _end_with_parent() -> None:
    """The parent keeps the pipe open for as long as it lives; once it is gone, nobody waits for the result."""
    while os.read(sys.stdin.fileno(), 1):
        pass
    os._exit(1)


def _limit(memory: int, cpu_s: int) -> None:
    """Cap address space and CPU seconds, where the platform knows these limits."""
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, cpu_s)):
        _, hard = resource.getrlimit(what)
        resource.setrlimit(what, (most if hard == resource.RLIM_INFINITY else min(most, hard), hard))


def _run(answers: TextIO, request: dict[str, Any]) -> dict[str, Any]:
    reproduction: Reproduction = importlib.import_module(request["module"]).REPRODUCTION
    _prepare(reproduction, request["seed"])
    started, cpu, told = time.perf_counter(), time.process_time(), [0.0]

    def say(what: str, share: float) -> None:
        now = time.perf_counter()
        if now - told[0] >= _STEP_S:
            told[0] = now
            _tell(answers, {"step": what, "share": share})

    result: SeedResult = reproduction.run_seed(request["seed"], request["knobs"], say)
    cost = {"seconds": time.perf_counter() - started, "cpu_seconds": time.process_time() - cpu, "memory_mb": _peak_mb()}
    return {"seed": request["seed"], **asdict(result), **cost}


def _prepare(reproduction: Reproduction, seed: int) -> None:
    """One thread and a fixed seed; torch is touched only where the experiment needs it."""
    if reproduction.needs_torch:
        import torch

        torch.set_num_threads(1)
        torch.manual_seed(seed)
        torch.use_deterministic_algorithms(True)
        deterministic: Any = torch.utils.deterministic
        deterministic.fill_uninitialized_memory = False  # nothing reads it; filling it takes time


def _peak_mb() -> float:
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def _tell(answers: TextIO, answer: dict[str, Any]) -> None:
    answers.write(json.dumps(answer) + "\n")
    answers.flush()


if __name__ == "__main__":
    main()
