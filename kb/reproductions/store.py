"""Runs on disk: a finished run is a folder that appears at once; finished seeds wait until their run is whole.

A run is a fact and is never rebuilt: it lies in the home, not among what can be deleted.
"""

import json
import math
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from kb.config import Home
from kb.errors import NotFoundError
from kb.storage.whole_file import write_whole

Data = dict[str, Any]


def runs_folder(home: Home, reproduction: str) -> Path:
    """Where the runs of an experiment are."""
    return home.root / "runs" / reproduction


class Unfinished:
    """Seeds that are done of a run that is not: the same run, started again, goes on from them."""

    def __init__(self, home: Home, reproduction: str, keys: Sequence[str]) -> None:
        """``keys`` name the same run; it is written under the first and found under any of them."""
        folder = runs_folder(home, reproduction) / "unfinished"
        self._folders = [folder / key for key in keys]

    def seed(self, seed: int) -> Data | None:
        """A finished seed's result."""
        return self._found(f"seed-{seed}.json")

    def keep_seed(self, result: Data) -> None:
        """Keep a finished seed."""
        write_json(self._folders[0] / f"seed-{result['seed']}.json", result)

    def predictions(self) -> list[Data]:
        """What was predicted before the run began."""
        found = self._found("predictions.json")
        return list(found["predictions"]) if found else []

    def keep_predictions(self, predictions: list[Data]) -> None:
        """Keep predictions before the run begins."""
        write_json(self._folders[0] / "predictions.json", {"predictions": predictions})

    def remove(self) -> None:
        """Forget it, once the run is whole."""
        for folder in self._folders:
            shutil.rmtree(folder, ignore_errors=True)

    def _found(self, name: str) -> Data | None:
        read = (_read(folder / name) for folder in self._folders)
        return next((one for one in read if one is not None), None)


def keep_run(home: Home, run: Data, write_figure: Callable[[Path], None]) -> Path:
    """Store a finished run and its figure; another process sees all of it or nothing. Returns the figure's path."""
    folder = runs_folder(home, run["reproduction"])
    folder.mkdir(parents=True, exist_ok=True)
    part = Path(tempfile.mkdtemp(prefix=".part-", dir=folder))
    try:
        write_figure(part / "figure.png")
        write_json(part / "run.json", run)
        os.replace(part, folder / run["run"])
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return folder / str(run["run"]) / "figure.png"


def past_runs(home: Home, reproduction: str) -> list[Data]:
    """Finished runs of an experiment, oldest first."""
    found = (_read(path) for path in runs_folder(home, reproduction).glob("*/run.json"))
    return sorted((run for run in found if run is not None), key=lambda run: (str(run.get("at", "")), str(run["run"])))


def keep_sweep(home: Home, sweep: Data) -> None:
    """Keep a sweep as far as it has come, with what was guessed before it."""
    write_json(runs_folder(home, sweep["reproduction"]) / "sweeps" / f"{sweep['sweep']}.json", sweep)


def past_sweeps(home: Home, reproduction: str) -> list[Data]:
    """Sweeps of an experiment, oldest first; a stopped one is among them."""
    found = (_read(path) for path in (runs_folder(home, reproduction) / "sweeps").glob("*.json"))
    return sorted((sweep for sweep in found if sweep is not None), key=lambda sweep: (sweep["at"], sweep["sweep"]))


def find_run(home: Home, text: str) -> Data:
    """A run by its id or an unambiguous beginning; raises NotFoundError."""
    paths = [path for path in (home.root / "runs").glob("*/*/run.json") if text and path.parent.name.startswith(text)]
    if len(paths) != 1 or (run := _read(paths[0])) is None:
        why = "several begin so" if len(paths) > 1 else ""
        raise NotFoundError(f"no run is called {text!r}", why, "kb reproduce list")
    return run


def write_json(path: Path, value: Data) -> None:
    """Write a file so that it is there whole or not at all; numbers that JSON cannot say become null."""
    write_whole(path, json.dumps(finite(value), ensure_ascii=False, indent=1, allow_nan=False))


def finite(value: Any) -> Any:
    """The same value with NaN and infinities as None."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, dict):
        return {str(key): finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value


def _read(path: Path) -> Data | None:
    try:
        value = json.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError, json.JSONDecodeError):
        return None
    return value if isinstance(value, dict) else None
