"""Nothing reports home: what would is switched off before its first import, in every process."""

import subprocess
import sys

import pytest


@pytest.mark.parametrize(
    "package", ["kb", "kb.engine.worker", "kb.reading.pdf.child", "kb.reproductions.child", "tui.app"]
)
def test_onnxruntime_is_told_to_stay_silent_before_its_first_import(package: str) -> None:
    script = (
        f"import os, sys; import {package}; print(os.environ['ORT_DISABLE_TELEMETRY'], 'onnxruntime' in sys.modules)"
    )
    printed = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert printed.stdout.split() == ["1", "False"]


def test_the_tests_themselves_are_silent() -> None:
    import os

    assert os.environ["ORT_DISABLE_TELEMETRY"] == "1"
