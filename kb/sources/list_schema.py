"""The JSON schema of list files, for editors: made from the models, so that the two cannot differ."""

import ast
import inspect
import json
from typing import Any

from kb.models import reading_list
from kb.models.reading_list import ReadingList

NAME = "lists.schema.json"


def schema_text() -> str:
    """The content of ``reading_lists/lists.schema.json``."""
    schema = ReadingList.model_json_schema()
    schema["$schema"] = "https://json-schema.org/draft/2020-12/schema"
    definitions: dict[str, dict[str, Any]] = {"ReadingList": schema, **schema["$defs"]}
    for name, fields in _field_docs().items():
        for field, text in fields.items():
            definitions[name]["properties"][field]["description"] = text
    for definition in definitions.values():
        definition.setdefault("additionalProperties", False) if "properties" in definition else None
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"


def _field_docs() -> dict[str, dict[str, str]]:
    """The strings under the fields of each model, by model and field."""
    tree = ast.parse(inspect.getsource(reading_list))
    return {node.name: _docs_in(node) for node in tree.body if isinstance(node, ast.ClassDef)}


def _docs_in(node: ast.ClassDef) -> dict[str, str]:
    """The strings under the fields of one class."""
    found = {}
    for field, below in zip(node.body, node.body[1:], strict=False):
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name) and isinstance(below, ast.Expr):
            found[field.target.id] = str(ast.literal_eval(below.value))
    return found


if __name__ == "__main__":
    print(schema_text(), end="")  # noqa: T201 - python -m kb.sources.list_schema > reading_lists/lists.schema.json
