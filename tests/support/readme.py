"""Write the table of keys into README.md: ``python -m tests.support.readme``."""

import re
from pathlib import Path

from tui.actions import readme_table

README = Path(__file__).resolve().parents[2] / "README.md"
BETWEEN = re.compile(r"(<!-- keys:[^>]*-->\n).*?(<!-- end of keys -->)", re.DOTALL)

if __name__ == "__main__":
    text = BETWEEN.sub(lambda found: f"{found[1]}{readme_table()}{found[2]}", README.read_text("utf-8"))
    README.write_text(text, "utf-8")
