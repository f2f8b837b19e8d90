"""One pace for the machine: across objects, threads and processes, also when one of them is killed."""

import itertools
import subprocess
import sys
from pathlib import Path

import pytest

from kb.errors import KbError
from kb.sources.limiter import Limiter

TAKER = """
import sys, time
from pathlib import Path
from kb.sources.limiter import Limiter
limiter = Limiter(Path(sys.argv[1]), 0.1)
for _ in range(6):
    with limiter.turn():
        print(repr(time.time()), flush=True)
"""

HOLDER = """
import sys, time
from pathlib import Path
from kb.sources.limiter import Limiter
with Limiter(Path(sys.argv[1]), 0.1).turn():
    print("x", flush=True)
    time.sleep(600)
"""


def test_two_processes_never_come_closer_than_the_delay(tmp_path: Path) -> None:
    takers = [
        subprocess.Popen([sys.executable, "-c", TAKER, str(tmp_path)], stdout=subprocess.PIPE, text=True)
        for _ in range(2)
    ]
    answers = [taker.communicate(timeout=60)[0] for taker in takers]
    times = sorted(float(line) for answer in answers for line in answer.split())
    assert len(times) == 12
    assert min(later - earlier for earlier, later in itertools.pairwise(times)) >= 0.1


def test_a_killed_process_gives_its_turn_back(tmp_path: Path) -> None:
    holder = subprocess.Popen([sys.executable, "-c", HOLDER, str(tmp_path)], stdout=subprocess.PIPE)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"x\n"
    holder.kill()
    holder.wait()
    holder.stdout.close()
    Limiter(tmp_path, 0.01).wait()


def test_the_pause_counts_from_the_end_of_the_request(tmp_path: Path) -> None:
    slept: list[float] = []
    limiter = Limiter(tmp_path, 5.0, sleep=lambda seconds: (slept.append(seconds), _forward(tmp_path))[0])
    with limiter.turn():
        pass
    assert slept == []
    limiter.wait()
    assert len(slept) == 1
    assert 4.5 < slept[0] <= 5.0


def _forward(folder: Path) -> None:
    """Let the time come that is waited for."""
    (folder / "arxiv.next").write_text("0")


def test_backing_off_holds_everybody_and_is_not_shortened(tmp_path: Path) -> None:
    slept: list[float] = []
    limiter = Limiter(tmp_path, 0.0, sleep=lambda seconds: (slept.append(seconds), _forward(tmp_path))[0])
    Limiter(tmp_path, 0.0).back_off(50)
    Limiter(tmp_path, 0.0).back_off(1)
    limiter.wait()
    assert 40 < slept[0] <= 50


@pytest.mark.parametrize("kept", ["not a number", "", "9999999999.5"], ids=["words", "empty", "year 2286"])
def test_a_time_that_cannot_be_is_not_waited_for(tmp_path: Path, kept: str) -> None:
    (tmp_path / "arxiv.next").write_text(kept)
    Limiter(tmp_path, 3.0, sleep=lambda seconds: pytest.fail(f"slept {seconds} s")).wait()


def test_a_folder_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KbError, match="cannot be written"):
        Limiter(tmp_path / "file" / "below", 0.0).wait()
