"""Breaks lines of the program one at a time, and tells which test notices: how much a green `make test` is worth.

    python -m tests.benchmarks.mutation --seed 1 [--count 30] [--list] [--only N…] [--narrow] [--limit 900] [--out FILE]

The lines are drawn by turns from all packages of ``kb`` and ``tui``, and from comparisons, numbers and boolean
operators (`breakable`), so that neither the largest package nor the commonest kind has most of them. One seed draws the
same lines as long as the program stays as it is. Each break is made in a copy of the tree. First run the tests that
bear the broken module's name or are nearest to it by imports, then those of the folder that mirrors its package, then
(unless ``--narrow``) all others that `make test` runs. The first test that fails has noticed, if it passes without the
break. What no test notices is listed at the end; ``--only`` breaks some of the list again.
"""

import argparse
import ast
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from tests.benchmarks.breakable import Break, breaks, broken

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = ("kb", "tui")
NO_COPY = shutil.ignore_patterns(".*", "__pycache__", "build", "dist")
MEMORY = 24 * 2**30
"""Bytes of address space that the tests of one break may take: one that loops must not take the machine's memory."""


@dataclass(frozen=True)
class Mutant:
    """One line to break."""

    number: int
    file: str
    place: Break
    instead: str

    def __str__(self) -> str:
        """Where and what."""
        line = (ROOT / self.file).read_text("utf-8").splitlines()[self.place.line - 1].strip()
        told = f"{self.place.was} becomes {self.instead or 'nothing'}"
        return f"{self.number:3} {self.file}:{self.place.line} {told:24} | {line}"


@dataclass(frozen=True)
class Outcome:
    """What came of a break."""

    number: int
    where: str
    line: str
    noticed_by: str
    """The test; empty where none noticed."""
    stage: str
    """How near the test stands: near, folder or wide; or `time limit` where the tests took too long."""
    seconds: float


def draw(seed: int, count: int) -> list[Mutant]:
    """Lines to break: packages take turns in a drawn order, and in each a kind, a line and a change are drawn."""
    chance = random.Random(seed)
    pools = dict(_pools())
    packages = sorted(pools)
    chance.shuffle(packages)
    drawn: list[Mutant] = []
    while len(drawn) < count and any(pools.values()):
        for package in packages:
            pool = pools[package]
            kinds = sorted({place.kind for _, place in pool})
            if not kinds or len(drawn) == count:
                continue
            kind = chance.choice(kinds)
            file, place = chance.choice([one for one in pool if one[1].kind == kind])
            drawn.append(Mutant(len(drawn) + 1, file, place, chance.choice(place.instead)))
            pools[package] = [(f, p) for f, p in pool if (f, p.line) != (file, place.line)]
    return drawn


@cache
def _pools() -> dict[str, list[tuple[str, Break]]]:
    """What can be broken in each package; modules beside the packages count as one."""
    pools: dict[str, list[tuple[str, Break]]] = {}
    for file in _files(*PROGRAM):
        parts = file.relative_to(ROOT).parts
        found = [(file.relative_to(ROOT).as_posix(), place) for place in breaks(file.read_text("utf-8"))]
        pools.setdefault("/".join(parts[:2] if len(parts) > 2 else parts[:1]), []).extend(found)
    return pools


def _files(*folders: str) -> list[Path]:
    return sorted(file for folder in folders for file in (ROOT / folder).rglob("*.py"))


class Nearness:
    """How far each file of tests is, by imports, from a module."""

    def __init__(self) -> None:
        self._names = {_dotted(file): file for file in _files(*PROGRAM, "tests")}
        self._imported = {file: set(self._imports(file)) for file in self._names.values()}
        tests = [file for file in _files("tests") if file.name.startswith("test_")]
        self._tests = sorted(tests, key=lambda file: file.stat().st_size)

    def stages(self, module: str) -> dict[str, list[str]]:
        """Files of tests to run for a module, nearest first, in three stages."""
        target = ROOT / module
        far = self._distances(target)
        own = f"test_{target.stem.strip('_')}.py"
        ordered = sorted(self._tests, key=lambda test: (test.name != own, far.get(test, 99)))
        mirror = self._mirror(target)
        least = min((far[test] for test in self._tests if test in far), default=0)
        near = [test for test in ordered if far.get(test) == least or test.name == own]
        folder = [test for test in ordered if mirror and mirror in test.parents and test not in near]
        rest = [test for test in ordered if test not in near and test not in folder]
        named = {"near": near, "folder": folder, "wide": rest}
        return {stage: [test.relative_to(ROOT).as_posix() for test in tests] for stage, tests in named.items()}

    @staticmethod
    def _mirror(module: Path) -> Path | None:
        """The folder of tests that mirrors the module's: tests/tui for tui, tests/reading for kb/reading."""
        parts = module.relative_to(ROOT).parent.parts
        tests = ROOT / "tests"
        wanted = [tests.joinpath(*parts[skip:depth]) for skip in (0, 1) for depth in range(len(parts), skip, -1)]
        return next((folder for folder in wanted if folder.is_dir()), None)

    def _distances(self, target: Path) -> dict[Path, int]:
        """By how many imports files are away from the target."""
        far, edge = {target: 0}, {target}
        while edge:
            edge = {file for file, seen in self._imported.items() if file not in far and seen & edge}
            far |= dict.fromkeys(edge, max(far.values()) + 1)
        return far

    def _imports(self, file: Path) -> Iterator[Path]:
        """Files of this tree that the file imports anywhere; tests have the conftest files above them too."""
        for node in ast.walk(ast.parse(file.read_text("utf-8"))):
            names: list[str] = []
            if isinstance(node, ast.Import):
                names = [alias.name for alias in node.names]
            elif isinstance(node, ast.ImportFrom):
                base = _dotted(file).split(".")[: -node.level] if node.level else []
                module = ".".join([*base, *filter(None, [node.module])])
                names = [module, *(f"{module}.{alias.name}" for alias in node.names)]
            yield from (self._names[name] for name in names if name in self._names)
        if file.name.startswith("test_"):
            yield from (up for folder in file.parents if (up := folder / "conftest.py") in self._names.values())


def _dotted(file: Path) -> str:
    return ".".join(file.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


class Bench:
    """A copy of the tree in which lines are broken."""

    def __init__(self, folder: Path, limit: float) -> None:
        self._tree = folder / "tree"
        self._cache = folder / "cache"
        self._limit = limit
        self._nearness = Nearness()
        shutil.copytree(ROOT, self._tree, ignore=NO_COPY)

    def outcome(self, mutant: Mutant, stages: Sequence[str]) -> Outcome:
        """Break the line, run tests until one notices, and mend the line again."""
        started = time.monotonic()
        file = self._tree / mutant.file
        source = file.read_text("utf-8")
        changed = broken(source, mutant.place, mutant.instead)
        noticed, reached = "", "no test"
        for stage, tests in self._nearness.stages(mutant.file).items():
            if stage not in stages or not tests:
                continue
            left = self._limit - (time.monotonic() - started)
            noticed, late = self._first_failure(file, source, changed, tests, left)
            reached = "time limit" if late else stage
            if noticed or late:
                break
        where, line = f"{mutant.file}:{mutant.place.line}", str(mutant)
        return Outcome(mutant.number, where, line, noticed, reached, round(time.monotonic() - started, 1))

    def _first_failure(
        self, file: Path, whole: str, changed: str, tests: Sequence[str], limit: float
    ) -> tuple[str, bool]:
        """The first test that fails with the change, passes without it, and fails again; and whether time ran out."""
        unsteady: list[str] = []
        end = time.monotonic() + limit
        while True:
            failed, late = self._with(file, changed, whole, tests, unsteady, end - time.monotonic())
            if not failed or late:
                return "", late
            if not self._run(failed[:1], [], self._limit)[0]:
                again, hangs = self._with(file, changed, whole, failed[:1], [], self._limit)
                if again or hangs:
                    return failed[0], False
            unsteady += failed

    def _with(
        self, file: Path, changed: str, whole: str, tests: Sequence[str], without: Sequence[str], limit: float
    ) -> tuple[list[str], bool]:
        """Run tests on the broken tree."""
        _write(file, changed)
        try:
            return self._run(tests, without, limit)
        finally:
            _write(file, whole)

    def _run(self, tests: Sequence[str], without: Sequence[str], limit: float) -> tuple[list[str], bool]:
        """The tests that failed, at most one; and whether they took longer than the limit."""
        shutil.rmtree(self._cache, ignore_errors=True)
        options = ["-x", "-q", "--tb=no", "-m", "not long", "-o", f"cache_dir={self._cache}"]
        skipped = [f"--deselect={name}" for name in without]
        child = subprocess.Popen(
            [sys.executable, "-m", "pytest", *options, *skipped, *tests],
            cwd=self._tree,
            env={**os.environ, "PYTHONPATH": str(self._tree)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=_bounded,
        )
        try:
            code = child.wait(max(limit, 1.0))
        except subprocess.TimeoutExpired:
            return [], True
        finally:
            _end(child)
        if code in {0, 5}:  # 5: no test was left to run
            return [], False
        last = self._cache / "v" / "cache" / "lastfailed"
        return list(json.loads(last.read_text("utf-8"))) if last.exists() else [
            f"pytest itself (exit code {code})"
        ], False


def _write(file: Path, source: str) -> None:
    """The source in place of the old one; no compiled file of the old one is taken for it."""
    file.write_text(source, "utf-8")
    for compiled in (file.parent / "__pycache__").glob(f"{file.stem}.*"):
        compiled.unlink()


def _bounded() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))


def _end(child: subprocess.Popen[bytes]) -> None:
    """Nothing of a run stays behind."""
    try:
        os.killpg(child.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        child.wait()


def main(asked: argparse.Namespace) -> int:
    """Draw, break, and tell."""
    mutants = [one for one in draw(asked.seed, asked.count) if not asked.only or one.number in asked.only]
    if asked.list:
        print("\n".join(map(str, mutants)))
        return 0
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))  # so that the tests that run are ended and the copy removed
    stages = ("near", "folder") if asked.narrow else ("near", "folder", "wide")
    missed = []
    with tempfile.TemporaryDirectory() as folder:
        bench = Bench(Path(folder), asked.limit)
        for mutant in mutants:
            outcome = bench.outcome(mutant, stages)
            told = f"{outcome.stage}: {outcome.noticed_by}" if outcome.noticed_by else f"NOT NOTICED ({outcome.stage})"
            print(f"{mutant}\n    {outcome.seconds:6.1f} s {told}", flush=True)
            missed += [] if outcome.noticed_by else [mutant]
            if asked.out:
                with asked.out.open("a", encoding="utf-8") as file:
                    file.write(json.dumps({"seed": asked.seed, **asdict(outcome)}) + "\n")
    print(f"seed {asked.seed}: {len(mutants) - len(missed)} of {len(mutants)} noticed", *missed, sep="\n")
    return 1 if missed else 0


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--only", type=int, nargs="*", default=[], help="numbers of the list to break again")
    parser.add_argument("--list", action="store_true", help="say what would be broken, and break nothing")
    parser.add_argument("--narrow", action="store_true", help="run no tests beyond the mirrored folder")
    parser.add_argument("--limit", type=float, default=900.0, help="seconds that the tests of one break may take")
    parser.add_argument("--out", type=Path, help="a file to which one JSON line is added for each break")
    sys.exit(main(parser.parse_args()))
