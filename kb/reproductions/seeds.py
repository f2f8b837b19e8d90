"""Seeds in children, two side by side: each with a deadline, told as steps, killed when nobody waits any more."""

import json
import os
import selectors
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Event
from typing import Any

import kb
from kb.reproductions.model import Reproduction
from kb.reproductions.registry import source_of

CHILD = "kb.reproductions.child"
_LOOK_UP_S = 0.2
"""How long nobody looks whether the run is to stop."""


@dataclass(frozen=True)
class SeedLimits:
    """What one seed may use."""

    wall_s: float
    cpu_s: int
    memory_bytes: int = 6 * 1024**3
    """Address space, of which torch reserves far more than it uses."""

    @classmethod
    def of(cls, reproduction: Reproduction, *, generous: bool) -> "SeedLimits":
        """Three times the expected seconds; ten times where knobs were changed. Wall time also waits for others."""
        cpu_s = max(60, int(reproduction.expected.seed_s * (10 if generous else 3)))
        return cls(wall_s=4 * cpu_s, cpu_s=cpu_s)


@dataclass(frozen=True)
class SeedStep:
    """Something happened in a seed: a share of its work done, its result, or the reason why there is none."""

    seed: int
    share: float
    message: str = ""
    result: dict[str, Any] | None = None
    failed: str = ""
    overrun: bool = False

    @property
    def ended(self) -> bool:
        """Whether nothing more comes from this seed."""
        return self.result is not None or bool(self.failed)


class _Child:
    """One seed's process and what it has sent of its next line."""

    def __init__(self, request: dict[str, Any], wall_s: float) -> None:
        self.seed: int = request["seed"]
        self.deadline = time.monotonic() + wall_s
        self.process = _start()
        self.held = b""
        assert self.process.stdin is not None
        self.process.stdin.write(json.dumps(request).encode() + b"\n")
        self.process.stdin.flush()

    def steps(self) -> Iterator[SeedStep]:
        """What it has sent; its death, if that is all there is."""
        assert self.process.stdout is not None
        part = os.read(self.process.stdout.fileno(), 1 << 20)
        if not part:
            yield self._died()
            return
        *lines, self.held = (self.held + part).split(b"\n")
        for line in lines:
            yield self._step(json.loads(line))

    def _step(self, answer: dict[str, Any]) -> SeedStep:
        if "done" in answer:
            return SeedStep(self.seed, 1.0, result=answer["done"])
        if "failed" in answer:
            return SeedStep(self.seed, 1.0, failed=answer["failed"])
        return SeedStep(self.seed, answer["share"], answer["step"])

    def _died(self) -> SeedStep:
        code = self.process.wait()
        if -code == signal.SIGXCPU:
            return self.late()
        return SeedStep(self.seed, 1.0, failed=f"its process ended with {code} before it had a result")

    def late(self) -> SeedStep:
        """The step that says that time is up."""
        return SeedStep(self.seed, 1.0, failed="it took more time than a seed may use", overrun=True)

    def close(self) -> None:
        """End the process; a seed that is not finished leaves nothing."""
        self.process.kill()
        for pipe in (self.process.stdin, self.process.stdout):
            if pipe is not None:
                pipe.close()
        self.process.wait()


def run_seeds(
    reproduction: Reproduction,
    seeds: Sequence[int],
    knobs: Mapping[str, Any],
    limits: SeedLimits,
    *,
    at_once: int,
    stop: Event | None = None,
) -> Iterator[SeedStep]:
    """Run the seeds, at most ``at_once`` side by side; closing the generator ends them all, and so does ``stop``."""
    waiting, running = list(seeds), dict[int, _Child]()
    try:
        while (waiting or running) and not (stop and stop.is_set()):
            while waiting and len(running) < at_once:
                seed = waiting.pop(0)
                running[seed] = _Child(_request(reproduction, seed, knobs, limits), limits.wall_s)
            for step in _next_steps(list(running.values())):
                if step.ended:
                    running.pop(step.seed).close()
                yield step
    finally:
        for child in running.values():
            child.close()


def _request(reproduction: Reproduction, seed: int, knobs: Mapping[str, Any], limits: SeedLimits) -> dict[str, Any]:
    request = {"module": source_of(reproduction), "seed": seed, "knobs": dict(knobs)}
    return {**request, "memory_bytes": limits.memory_bytes, "cpu_s": limits.cpu_s}


def _next_steps(children: Sequence[_Child]) -> Iterator[SeedStep]:
    """Wait until one of the children has something to say, or one's time is up; not long, so that a stop is seen."""
    with selectors.DefaultSelector() as selector:
        for child in children:
            assert child.process.stdout is not None
            selector.register(child.process.stdout, selectors.EVENT_READ, child)
        left = min(child.deadline for child in children) - time.monotonic()
        ready = [key.data for key, _ in selector.select(min(max(left, 0), _LOOK_UP_S))]
    for child in ready:
        for step in child.steps():
            yield step
            if step.ended:
                break
    if not ready:
        yield from (child.late() for child in children if child.deadline <= time.monotonic())


def _start() -> "subprocess.Popen[bytes]":
    """A child in a session of its own, so that Ctrl-C reaches only the parent, which then ends it."""
    root = str(Path(kb.__file__).parent.parent)
    inherited = os.environ.get("PYTHONPATH")
    threads = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
    environment = {**os.environ, **threads, "PYTHONPATH": os.pathsep.join([root, inherited] if inherited else [root])}
    return subprocess.Popen(
        [sys.executable, "-P", "-m", CHILD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        start_new_session=True,
    )
