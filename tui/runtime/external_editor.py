"""Long text in the reader's own editor, while the screen steps aside."""

import os
import shlex
import subprocess
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from textual.app import SuspendNotSupported

from tui.messages import Said

if TYPE_CHECKING:
    from textual.app import App


def edit_outside(app: "App[Any]", text: str, chosen: str) -> str:
    """The text as it is after the editor was closed, also where that failed; unchanged where none could run."""
    command = shlex.split(chosen or os.environ.get("VISUAL") or os.environ.get("EDITOR") or "vi")
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "note.md"
        file.write_text(text, "utf-8")
        try:
            with app.suspend():
                subprocess.run([*command, str(file)], check=True)
        except (OSError, subprocess.CalledProcessError, SuspendNotSupported) as error:
            app.post_message(Said(f"The editor {command[0]} did not work: {error}. Set editor in config.toml", "error"))
        return file.read_bytes().decode("utf-8", "replace").rstrip("\n") if file.exists() else text
