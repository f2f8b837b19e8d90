"""A summary's page in a real browser: it shows its pictures, and asks for nothing."""

import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest

from kb.export.format_registry import format_for
from kb.export.summary_files import summary_document
from kb.workspace import Workspace
from tests.export.test_pictures import noted, workspace

__all__ = ["workspace"]
BROWSER = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")


@pytest.mark.skipif(BROWSER is None, reason="no Chromium is installed")
def test_a_browser_draws_the_page_with_its_picture(workspace: Workspace, tmp_path: Path) -> None:
    made = summary_document(
        workspace,
        noted(workspace, "Figure 2 shows $x_1$. ![i](https://e.org/i.png) <script>1</script>"),
        format_for("summary", "html"),
        None,
    )
    (tmp_path / "page.html").write_text(str(made.data), "utf-8")
    picture, log = tmp_path / "page.png", tmp_path / "net.json"
    command = [
        str(BROWSER), "--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
        f"--user-data-dir={tmp_path / 'profile'}", f"--log-net-log={log}", "--window-size=900,1400",
        f"--screenshot={picture}", (tmp_path / "page.html").as_uri(),
    ]  # fmt: skip
    subprocess.run(command, capture_output=True, timeout=120, check=True)
    shown = pymupdf.Pixmap(str(picture))
    assert b"\xff\x00\x00" in shown.color_count(colors=True)
    assert b"\x00\xff\x00" not in shown.color_count(colors=True)
    assert "e.org" not in log.read_text("utf-8", errors="replace")
