"""The model of the settings, ready to run: exported once, then loaded without torch."""

import os
import shutil
from pathlib import Path

from kb.config import Home, Settings, machine_cache
from kb.errors import DamagedError
from kb.recall.embed.export import export, read_card
from kb.recall.embed.onnx import OnnxEmbedder
from kb.recall.embed.protocol import Embedder
from kb.recall.embed.source import model_source


def load_embedder(settings: Settings, home: Home | None = None) -> Embedder:
    """The embedder of the settings; ``home`` keeps the export where the machine's cache cannot be written."""
    source = model_source(settings.model)
    places = [machine_cache() / "models" / source.slug]
    if home:
        places.append(home.derived / "models" / source.slug)
    for place in places:
        embedder = _exported(place)
        if embedder:
            return embedder
    place = next((place for place in places if _writable(place.parent)), places[-1])
    return OnnxEmbedder(place, export(source, place))


def _exported(place: Path) -> Embedder | None:
    """The export at that place; one that is damaged is removed, since it can be made again."""
    card = read_card(place)
    if card is None:
        return None
    try:
        return OnnxEmbedder(place, card)
    except DamagedError:
        shutil.rmtree(place, ignore_errors=True)
        return None


def _writable(folder: Path) -> bool:
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError:
        return False
    return os.access(folder, os.W_OK | os.X_OK)
