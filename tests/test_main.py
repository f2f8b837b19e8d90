"""What ``kb`` does on a terminal, and with one end of it on a terminal alone."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
FULL_SCREEN = b"\x1b[?1049h"
"""How a program takes the whole terminal."""


ENOUGH_S = 30.0
"""A command that says nothing more for so long has opened a screen, or hangs."""


def on_terminal(arguments: Sequence[str], *, stdin: bool, stdout: bool) -> tuple[int | None, str]:
    """Run ``kb`` with a real terminal at these ends; its exit code, None where a screen opened, and what it printed."""
    ours, terminal = os.openpty()
    read, write = os.pipe()
    child = subprocess.Popen(
        [sys.executable, "-m", "kb", *arguments],
        cwd=ROOT,
        stdin=terminal if stdin else subprocess.DEVNULL,
        stdout=terminal if stdout else write,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    os.close(terminal)
    os.close(write)
    try:
        printed, ended = _all_of(ours if stdout else read)
        return child.wait(ENOUGH_S) if ended else None, printed.decode(errors="replace")
    finally:
        if child.poll() is None:
            os.killpg(child.pid, signal.SIGKILL)
        child.wait()
        os.close(ours)
        os.close(read)


def _all_of(source: int) -> tuple[bytes, bool]:
    """What is written until nobody has the other end open, and whether that is why it ends, and no screen."""
    printed = b""
    while FULL_SCREEN not in printed and select.select([source], [], [], ENOUGH_S)[0]:
        try:
            more = os.read(source, 65536)
        except OSError:  # so Linux says that a terminal's other end is closed
            more = b""
        if not more:
            return printed, True
        printed += more
    return printed, False


def test_a_command_on_a_terminal_runs_and_opens_no_screen() -> None:
    code, printed = on_terminal(["--version"], stdin=True, stdout=True)
    assert (code, printed.strip()[:1].isdigit()) == (0, True)


@pytest.mark.parametrize(("stdin", "stdout"), [(False, True), (True, False), (False, False)])
def test_without_a_terminal_at_both_ends_no_screen_opens_and_the_next_step_is_said(stdin: bool, stdout: bool) -> None:
    code, printed = on_terminal([], stdin=stdin, stdout=stdout)
    assert code == 0
    assert "kb " in printed
