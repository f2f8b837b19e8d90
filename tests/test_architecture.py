"""The layout that the design promises, held statically by reading imports and at run time by looking at modules."""

import ast
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.support.layers import FILE, imports_inside, packages

ROOT = Path(__file__).resolve().parents[1]
SOURCES = sorted(path for package in ("kb", "tui") for path in (ROOT / package).rglob("*.py"))
GROUND = ("kb.models", "kb.errors", "kb.config", "kb.__version__")
LAYERS = (
    ("kb.errors", "kb.escape"),
    ("kb.models",),
    ("kb.settings", "kb.reading"),
    ("kb.config",),
    ("kb.storage",),
    ("kb.library", "kb.sources", "kb.recall"),
    ("kb.agendas", "kb.bibtex", "kb.workspace", "kb.indexing"),
    ("kb.reproductions", "kb.ingest", "kb.search"),
    ("kb.insight",),
    ("kb.export", "kb.notes"),
    ("kb.engine", "kb.importers", "kb.maintenance"),
    ("kb.onboarding",),
    ("tui",),
    ("kb.launch",),
    ("kb.cli",),
    ("kb.__main__",),
)
"""From the ground up: a package may use what stands in a row before its own, and nothing else of ours."""
ROOTS = {
    "kb": {"__init__", "__main__", "errors", "config", "settings", "workspace"},
    "tui": {"__init__", "app", "host", "messages", "modes", "palette", "navigation", "run", "engine_port"},
}
"""The only modules that stand loose; everything else is in a package."""
SCREEN_MAY_SEE = (
    *GROUND, "kb.agendas", "kb.library", "kb.insight", "kb.recall.full_text", "kb.recall.texts", "kb.recall.query",
    "kb.recall.snippets", "kb.search.typeahead", "kb.search.library_filters", "kb.search.filter_values",
    "kb.search.did_you_mean", "kb.engine.client", "tui",
)  # fmt: skip
DOORS = {
    "arxiv": ("kb.sources.arxiv", "kb.sources.arxiv_batches", "kb.sources.arxiv_entry", "kb.sources.arxiv_session"),
    "pymupdf": ("kb.reading.pdf",),
    "pymupdf4llm": ("kb.reading.pdf",),
    "chromadb": ("kb.recall.vectors",),
    "sentence_transformers": ("kb.recall.embed", "kb.recall.rerank"),
    "onnxruntime": ("kb.recall.embed", "kb.recall.rerank", "kb.reading.pdf"),
    "tokenizers": ("kb.recall.embed", "kb.recall.rerank"),
    "torch": ("kb.recall.embed", "kb.recall.rerank", "kb.reproductions"),
    "scipy": ("kb.reproductions.interval",),
    "matplotlib": ("kb.reproductions.plot_file", "kb.reproductions.plot_panel"),
    "textual": ("tui",),
    "sqlite3": ("kb.storage", "kb.library", "kb.recall"),
    "sqlalchemy": ("kb.library",),
    "alembic": ("kb.library",),
}
OWNERS = {"kb.library": "kb.library.schema", "kb.recall": "kb.recall.texts_schema"}
"""Who keeps tables, and where they are laid; nobody else asks them anything in SQL."""
LAID = re.compile(r'CREATE (?:VIRTUAL )?(?:TABLE|VIEW) (?:IF NOT EXISTS )?(\w+)|sa\.Table\(\s*"(\w+)"')
BY_ALEMBIC = {"alembic_version"}
LONGEST_FUNCTION = 50
LONGEST_MODULE = 300
LONGEST_APP = 150
LONGEST_SCREEN = 400
"""A screen has one short method for each key, which calls the part that does the work."""
SHARED_BASES = {"ModeScreen"}
"""The only classes of ``tui/screens`` that others there may inherit from."""
SHORT_ENOUGH = 30


def module_of(path: Path) -> str:
    """The dotted name of a source file."""
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts)
    return name.removesuffix(".__init__")


def imports(path: Path, *, at_run_time: bool = False) -> Iterator[str]:
    """Every module that a file imports, also inside functions; with ``at_run_time`` without those only for types."""
    tree = ast.parse(path.read_text("utf-8"))
    skipped = {id(child) for node in ast.walk(tree) if at_run_time and _for_types(node) for child in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def _for_types(node: ast.AST) -> bool:
    return isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"


MODULES = {module_of(path) for path in SOURCES}
PACKAGES = {module_of(path) for path in SOURCES if path.stem == "__init__"}


def within(module: str, places: tuple[str, ...] | str) -> bool:
    places = (places,) if isinstance(places, str) else places
    return any(module == place or module.startswith(f"{place}.") for place in places)


def uses(path: Path) -> set[str]:
    """The modules of this project that a file names in any import: at the top, for types, or inside a function."""
    found = set()
    for imported in imports(path):
        while imported and imported not in MODULES:
            imported = imported.rpartition(".")[0]
        found.add(imported)
    return found - {"", module_of(path)}


def layer_of(module: str, layers: tuple[tuple[str, ...], ...]) -> int:
    """The row in which a module stands, by its longest name there; -1 where it stands in none."""
    named = [(len(name), row) for row, names in enumerate(layers) for name in names if within(module, name)]
    return max(named, default=(0, -1))[1]


def place_of(module: str, layers: tuple[tuple[str, ...], ...]) -> str:
    """The name under which a module stands in the rows."""
    return max((name for names in layers for name in names if within(module, name)), key=len, default="")


def test_there_are_no_circles() -> None:
    """A circle of imports cannot be read from any beginning, also where Python can load it."""
    sorter = TopologicalSorter({module_of(path): uses(path) for path in SOURCES})
    try:
        sorter.prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_no_arrow_goes_up(path: Path) -> None:
    module = module_of(path)
    if module in PACKAGES:
        return
    here, own = layer_of(module, LAYERS), place_of(module, LAYERS)
    assert here >= 0, f"{module} stands in no layer"
    for used in uses(path) - PACKAGES:
        if place_of(used, LAYERS) != own:
            assert layer_of(used, LAYERS) < here, f"{module} imports {used}, which stands beside or above it"


@pytest.mark.parametrize("package", packages())
def test_modules_of_a_package_stand_in_rows(package: str) -> None:
    """The list of each package's rows is kept; ``make layers`` writes it anew where a change of it is meant."""
    kept: dict[str, list[list[str]]] = json.loads(FILE.read_text("utf-8"))
    height = {unit: row for row, units in enumerate(kept.get(package, [])) for unit in units}
    for unit, used in imports_inside(package).items():
        assert unit in height, f"{package}.{unit} stands in no row: make layers"
        for below in used:
            assert height[below] < height[unit], f"{package}.{unit} uses {below}, which stands beside or above it"


def test_a_class_name_means_one_thing() -> None:
    named: dict[str, list[str]] = {}
    for path in SOURCES:
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
                named.setdefault(node.name, []).append(module_of(path))
    assert {name: places for name, places in named.items() if len(places) > 1} == {}


@pytest.mark.parametrize("package", ROOTS)
def test_only_few_modules_stand_loose(package: str) -> None:
    assert {path.stem for path in (ROOT / package).glob("*.py")} == ROOTS[package]


@pytest.mark.parametrize("path", [path for path in SOURCES if "tui" in path.parts], ids=module_of)
def test_the_screen_sees_only_the_light_half(path: Path) -> None:
    for imported in imports(path, at_run_time=True):
        if imported.startswith("kb."):
            assert within(imported, SCREEN_MAY_SEE), f"{module_of(path)} imports {imported}"


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_each_heavy_library_has_one_door(path: Path) -> None:
    module = module_of(path)
    for imported in imports(path):
        doors = DOORS.get(imported.split(".")[0])
        assert doors is None or within(module, doors), f"{module} imports {imported}"


def longest_of(path: Path) -> int:
    """How many lines a source file may have."""
    if path == ROOT / "tui" / "app.py":
        return LONGEST_APP
    return LONGEST_SCREEN if within(module_of(path), "tui.screens") else LONGEST_MODULE


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_functions_and_modules_are_short_and_documented(path: Path) -> None:
    text = path.read_text("utf-8")
    tree = ast.parse(text)
    longest = longest_of(path)
    assert text.count("\n") <= longest, f"{path.name} has more than {longest} lines"
    assert ast.get_docstring(tree), f"{path.name} has no docstring"
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert _lines(node) <= LONGEST_FUNCTION, f"{path.name}: {node.name} has {_lines(node)} lines"
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            assert ast.get_docstring(node), f"{path.name}: {node.name} has no docstring"


def tables_of(owner: str) -> set[str]:
    """The tables that a package lays, as its source says."""
    sources = [path.read_text("utf-8") for path in SOURCES if within(module_of(path), owner)]
    return {name for text in sources for match in LAID.finditer(text) for name in match.groups() if name}


TABLES = {owner: tables_of(owner) for owner in OWNERS}
TABLES["kb.library"] |= BY_ALEMBIC


def strings_of(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """Every string of a file with its line; what is filled in later stands as ``{}``."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.lineno, node.value
        elif isinstance(node, ast.JoinedStr):
            parts = [str(part.value) if isinstance(part, ast.Constant) else "{}" for part in node.values]
            yield node.lineno, "".join(parts)


def asks(text: str, tables: set[str]) -> bool:
    """Whether a text is SQL on one of the tables: a statement in any case, or a piece of one in capitals."""
    table = rf"""\s+(?:[\w{{}}]+\.)?["`\[]?(?:{"|".join(sorted(tables))})\b"""
    if re.search(rf"\b(?:FROM|INTO|JOIN|UPDATE|TABLE){table}", text):
        return True
    begins = re.match(r"\s*(?:select|insert|replace|update|delete|with|alter|drop)\b", text, re.IGNORECASE)
    return bool(begins and re.search(rf"\b(?:from|into|join|update|table){table}", text, re.IGNORECASE))


@pytest.mark.parametrize("path", SOURCES, ids=module_of)
def test_only_the_owner_of_a_table_asks_it_in_sql(path: Path) -> None:
    module, tree = module_of(path), ast.parse(path.read_text("utf-8"))
    foreign = {owner: tables for owner, tables in TABLES.items() if not within(module, owner)}
    for owner, tables in foreign.items():
        asked = [f"{path}:{line}" for line, text in strings_of(tree) if asks(text, tables)]
        assert not asked, f"SQL on tables of {owner}, whose own functions answer: {asked}"
        assert not any(within(name, OWNERS[owner]) for name in imports(path)), f"{module} imports {OWNERS[owner]}"
    if "kb.recall" in foreign:
        attributes = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute)]
        reached = [node.lineno for node in attributes if node.attr == "connection"]
        assert not reached, f"{module} reaches for a connection in lines {reached}"


def test_the_tables_are_known() -> None:
    """What the test before looks for is all that a record and a file of texts really hold."""
    from kb.library.schema import metadata

    assert TABLES["kb.library"] == {*metadata.tables, "notes_fts"} | BY_ALEMBIC
    assert {"documents", "passages", "passages_fts", "queue", "embeddings", "late", "indexed"} <= TABLES["kb.recall"]
    assert asks("select 1 from versions limit 1", TABLES["kb.library"])
    assert asks("{narrow} JOIN kept.embeddings e", TABLES["kb.recall"])
    assert not asks("Papers come from lists, and notes from papers.", TABLES["kb.library"])


SCREENS = [path for path in SOURCES if within(module_of(path), "tui.screens")]


def classes_of(path: Path) -> dict[str, set[str]]:
    """The classes of a file, each with the names of its bases."""
    found = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.ClassDef)]
    return {node.name: {_base_name(base) for base in node.bases} for node in found}


def _base_name(base: ast.expr) -> str:
    """``Screen`` for ``Screen``, ``screen.Screen`` and ``Screen[None]``."""
    if isinstance(base, ast.Subscript):
        base = base.value
    return base.attr if isinstance(base, ast.Attribute) else ast.unparse(base)


def test_a_screen_is_made_of_parts_and_not_of_ancestors() -> None:
    """A class that is spread over files by inheritance has its state everywhere; a part that is owned has its own."""
    of_screens = {name for path in SCREENS for name in classes_of(path)} - SHARED_BASES
    for path in SCREENS:
        for name, bases in classes_of(path).items():
            assert not bases & of_screens, (
                f"{module_of(path)}: {name} inherits from {', '.join(sorted(bases & of_screens))}. Make that a part: a "
                f"plain class in its own module, given a protocol of what it may ask, and owned by {name}"
            )


@pytest.mark.parametrize("path", [path for path in SOURCES if "tui" in path.parts], ids=module_of)
def test_no_part_of_the_screen_reaches_into_another(path: Path) -> None:
    """What begins with an underscore is the object's own: others ask for what they need by a public name."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr.startswith("_") and not node.attr.startswith("__"):
            owner = ast.unparse(node.value)
            assert owner in ("self", "cls", "super()"), f"{module_of(path)}:{node.lineno}: {owner}.{node.attr}"


def test_most_functions_are_a_few_lines() -> None:
    lengths = sorted(
        _lines(node)
        for path in SOURCES
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert lengths[len(lengths) * 9 // 10] <= SHORT_ENOUGH


def test_no_handler_swallows() -> None:
    for path in SOURCES:
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ExceptHandler):
                assert not (len(node.body) == 1 and isinstance(node.body[0], ast.Pass)), f"{path}:{node.lineno}"
                assert node.type is not None, f"{path}:{node.lineno} catches everything"


def _lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    return (node.end_lineno or node.lineno) - node.lineno + 1


@pytest.mark.parametrize(
    ("statement", "absent"),
    [
        ("import kb.cli.app", {"textual", "chromadb", "pymupdf", "torch", "sentence_transformers", "arxiv", "numpy",
                               "onnxruntime", "sqlalchemy", "pydantic", "scipy", "matplotlib"}),
        ("import kb.ingest.pipeline", {"textual", "chromadb", "pymupdf", "torch", "sentence_transformers",
                                       "onnxruntime", "scipy", "matplotlib"}),
        ("import kb.search.search_engine", {"textual", "chromadb", "pymupdf", "torch", "sentence_transformers",
                                            "sqlalchemy", "scipy", "matplotlib"}),
        ("import kb.engine.client", {"textual", "chromadb", "pymupdf", "torch", "sqlalchemy", "numpy", "scipy",
                                     "matplotlib"}),
        ("import kb.cli.reproduce, kb.reproductions.registry, kb.reproductions.pages, kb.reproductions.runner",
         {"numpy", "torch", "scipy", "matplotlib"}),
        ("import tui.app", {"chromadb", "pymupdf", "torch", "sentence_transformers", "onnxruntime", "numpy", "arxiv",
                            "sqlalchemy", "scipy", "matplotlib"}),
    ],
)  # fmt: skip
def test_heavy_imports_are_deferred(statement: str, absent: set[str]) -> None:
    script = f"{statement}\nimport sys, json\nprint(json.dumps(sorted(sys.modules)))"
    printed = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    assert absent.isdisjoint(json.loads(printed))


@pytest.mark.parametrize("command", ["--help", "notes", "reproduce list", "reproduce show off-switch-game"])
def test_commands_that_compute_nothing_import_no_scientific_library(command: str, tmp_path: Path) -> None:
    script = (
        "import json, sys\nfrom kb.__main__ import run\nassert run(sys.argv[1:]) == 0\n"
        "print(json.dumps(sorted(sys.modules)), file=sys.stderr)"
    )
    asked = [sys.executable, "-c", script, "--home", str(tmp_path), *command.split()]
    ran = subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True)
    assert {"numpy", "scipy", "matplotlib", "torch"}.isdisjoint(json.loads(ran.stderr.splitlines()[-1]))


def test_the_sources_speak_of_nothing_outside_the_project() -> None:
    """No machine's paths, and no word of the data that development uses outside of the tests that skip without it."""
    for path in [*SOURCES, *sorted((ROOT / "reading_lists").rglob("*.py"))]:
        text = path.read_text("utf-8")
        assert "/work/" not in text, path
        assert "shared/data" not in text, path
