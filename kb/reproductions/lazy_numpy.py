"""Numerical libraries that are imported at their first use, so that listing the experiments stays cheap.

Experiments write ``np.zeros`` or ``torch.randn`` as usual; one that uses only numpy never imports torch.
"""

import importlib
from typing import Any

Array = Any
"""A numpy array."""

Tensor = Any
"""A torch tensor."""


class Lazy:
    """Stands for a module until something of it is asked for."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, name: str) -> Any:
        """Import the module and hand out, and keep, what is asked for."""
        value = getattr(importlib.import_module(self._name), name)
        setattr(self, name, value)
        return value


np: Any = Lazy("numpy")
torch: Any = Lazy("torch")
F: Any = Lazy("torch.nn.functional")
