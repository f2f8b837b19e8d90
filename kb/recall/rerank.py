"""A cross-encoder that reads query and text together: slower than everything else, so it is used where it is asked for.

It orders the first few of what words and meaning have found; nothing is found by it alone.
"""

import math
from collections.abc import Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from kb.errors import NotFoundError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

READ = 30
"""Of so many it reads the texts; each costs as much as embedding it."""
NEXT = "set rerank_model to a folder with a cross-encoder, or leave it empty"


class Reranker:
    """The cross-encoder of the settings, loaded when it is first used; from local files alone."""

    def __init__(self, setting: str) -> None:
        self._setting = setting

    def scores(self, query: str, texts: Sequence[str]) -> list[float]:
        """How well each text answers the query, from 0 to 1; raises NotFoundError where there is no such model."""
        if not texts:
            return []
        found = self._model.predict([(query, text) for text in texts], show_progress_bar=False, convert_to_numpy=True)
        return [1.0 / (1.0 + math.exp(-float(score))) for score in found]

    @cached_property
    def _model(self) -> "CrossEncoder":
        import torch
        from sentence_transformers import CrossEncoder

        try:
            model: CrossEncoder = CrossEncoder(
                self._setting, device="cpu", local_files_only=True, num_labels=1, activation_fn=torch.nn.Identity()
            )
        except (OSError, ValueError, RuntimeError) as error:
            reason = str(error).splitlines()[0] if str(error) else type(error).__name__
            raise NotFoundError(f"the cross-encoder {self._setting!r} cannot be loaded", reason, NEXT) from error
        return model
