"""The tags that entries may give under ``agendas``, with the groups that they stand in."""

from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path

from kb.errors import UsageError
from kb.sources.yaml_file import read_yaml


def known_tags() -> dict[str, str]:
    """Every tag with its group, in the order of ``reading_lists/tags.yaml``."""
    file = Path(str(files("reading_lists"))) / "tags.yaml"
    data = read_yaml(file, "a list of tags", "mend the file")
    groups = data.get("tags") if isinstance(data, Mapping) else None
    if not isinstance(groups, list):
        raise UsageError(f"{file} holds no tags", "it has no list under 'tags'", "mend the file")
    return {str(tag): str(group["group"]) for group in groups for tag in group["tags"]}
