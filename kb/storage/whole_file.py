"""Files that other processes find whole: what was there before, or what was written, and nothing between."""

import os
from pathlib import Path


def write_whole(path: Path, data: str | bytes) -> None:
    """Put the data in place of the file in one step, on disk when this returns; a failure leaves what was there."""
    import tempfile  # where only reading is done, it is not loaded

    path.parent.mkdir(parents=True, exist_ok=True)
    handle, part = tempfile.mkstemp(prefix=".part-", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data.encode() if isinstance(data, str) else data)
            file.flush()
            os.fsync(file.fileno())
        os.replace(part, path)
    except BaseException:
        Path(part).unlink(missing_ok=True)
        raise
