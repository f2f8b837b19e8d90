"""Write the tree of packages into ARCHITECTURE.md from their own docstrings: ``python -m tests.support.tree``."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "ARCHITECTURE.md"
BETWEEN = re.compile(r"(<!-- tree:[^>]*-->\n).*?(<!-- end of tree -->)", re.DOTALL)


def tree() -> str:
    """Every package, and every module that stands loose, in one line each."""
    lines = [line for package in ("kb", "tui") for line in _lines(ROOT / package, 0)]
    width = max(len(name) for name, _ in lines) + 2
    return "```\n" + "".join(f"{name:<{width}}{said}\n" for name, said in lines) + "```\n"


def _lines(folder: Path, depth: int) -> Iterator[tuple[str, str]]:
    yield f"{'  ' * depth}{folder.name}/", _said(folder / "__init__.py")
    for path in sorted(folder.iterdir()):
        if path.is_dir() and (path / "__init__.py").exists():
            yield from _lines(path, depth + 1)
        elif depth == 0 and path.suffix == ".py" and path.stem != "__init__":
            yield f"  {path.stem}", _said(path)


def _said(path: Path) -> str:
    said = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
    return said.split("\n")[0].replace("``", "")


if __name__ == "__main__":
    text = BETWEEN.sub(lambda found: f"{found[1]}{tree()}{found[2]}", PAGE.read_text("utf-8"))
    PAGE.write_text(text, "utf-8")
