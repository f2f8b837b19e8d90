"""Real data for development, which lies beside the repository and is no part of it; tests skip where it is missing."""

from pathlib import Path

import pytest

SHARED = Path(__file__).parents[2].parent / "shared" / "data"


def shared(*parts: str) -> Path:
    """The file or folder of real data; skips the test, with the reason, where it is not there."""
    path = SHARED.joinpath(*parts)
    if not path.exists():
        pytest.skip(f"the real data is missing: {path}")
    return path


def shared_files(folder: str, pattern: str = "*") -> list[Path]:
    """The folder's files, for parametrising; empty where the real data is missing."""
    return sorted((SHARED / folder).glob(pattern))
