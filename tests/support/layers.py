"""Write in which row each module of a package stands: ``python -m tests.support.layers``, or ``make layers``.

A module may use what stands in a row before its own. The rows follow from the imports; what they are for is that a
change of them is seen by whoever reads a change.
"""

import ast
import json
from collections import defaultdict
from graphlib import TopologicalSorter
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILE = ROOT / "tests" / "layers.json"
Graph = dict[str, set[str]]


def packages() -> list[str]:
    """Every package that stands right below ``kb`` or ``tui``."""
    return sorted(f"{path.parent.parent.name}.{path.parent.name}" for top in ("kb", "tui")
                  for path in (ROOT / top).glob("*/__init__.py"))  # fmt: skip


def imports_inside(package: str) -> Graph:
    """For each module or folder of a package, those of the same package that it uses, however it imports them."""
    folder = ROOT / package.replace(".", "/")
    units = {path.stem if path.is_file() else path.name for path in folder.iterdir() if _is_unit(path)}
    used: Graph = {unit: set() for unit in units}
    for path in folder.rglob("*.py"):
        unit = path.relative_to(folder).parts[0].removesuffix(".py")
        if unit != "__init__":
            used[unit] |= {name for name in _named(path, package) if name in units and name != unit}
    return used


def _is_unit(path: Path) -> bool:
    return (path.suffix == ".py" and path.stem != "__init__") or (path / "__init__.py").exists()


def _named(path: Path, package: str) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [f"{node.module}.{alias.name}" for alias in node.names]
        elif isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        else:
            continue
        found |= {name.removeprefix(f"{package}.").split(".")[0] for name in names if name.startswith(f"{package}.")}
    return found


def rows(used: Graph) -> list[list[str]]:
    """Modules by how far they stand from the ground; raises CycleError."""
    height: dict[str, int] = {}
    for unit in TopologicalSorter(used).static_order():
        height[unit] = max((height[below] + 1 for below in used[unit]), default=0)
    found = defaultdict(list)
    for unit, row in height.items():
        found[row].append(unit)
    return [sorted(found[row]) for row in sorted(found)]


def all_rows() -> dict[str, list[list[str]]]:
    """The rows of every package."""
    return {package: rows(imports_inside(package)) for package in packages()}


if __name__ == "__main__":
    FILE.write_text(json.dumps(all_rows(), indent=1) + "\n", "utf-8")
