"""YAML files that people write: plain data, of a sane size, each key once, with errors that name the file."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

from kb.errors import UsageError

if TYPE_CHECKING:
    from yaml.nodes import MappingNode

MAX_BYTES = 4 << 20


def read_yaml(file: Path, what: str, step: str) -> object:
    """The file's content; plain data only, each key once. Raises UsageError, with ``step`` as what to do next."""
    import yaml

    try:
        if file.stat().st_size > MAX_BYTES:
            raise UsageError(f"{file} is too large for {what}", f"more than {MAX_BYTES >> 20} MiB", "split it")
        return yaml.load(file.read_bytes(), Loader=_loader())  # noqa: S506 - a safe loader that also refuses double keys
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError) as error:
        raise UsageError(f"{file} is not valid YAML", " ".join(str(error).split()), step) from error
    except OSError as error:
        raise UsageError(f"{file} cannot be read", error.strerror or str(error), "check its permissions") from error


def _loader() -> Any:
    """LibYAML's safe loader where it is built in, since it is ten times as fast."""
    import yaml

    base: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

    class Loader(base):  # type: ignore[misc]
        """Refuses a key that stands twice, of which YAML would silently keep the last."""

        def construct_mapping(self, node: "MappingNode", deep: bool = False) -> dict[Any, Any]:
            seen: set[str] = set()
            for key, _ in node.value:
                name = str(key.value)
                if name in seen:
                    raise yaml.constructor.ConstructorError(None, None, f"{name!r} is there twice", key.start_mark)
                seen.add(name)
            mapping: dict[Any, Any] = super().construct_mapping(node, deep=deep)
            return mapping

    return Loader
