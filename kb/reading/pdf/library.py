"""PyMuPDF, imported quietly; its layout model is loaded only when a file's layout is asked for."""

import importlib
import os
import sys
from types import ModuleType

_LAYOUT = "pymupdf.layout"


def load() -> ModuleType:
    """PyMuPDF without its layout model, which would cost half a second and 100 MB at every start."""
    os.environ["PYMUPDF_SUGGEST_LAYOUT_ANALYZER"] = "0"
    if "pymupdf" not in sys.modules:
        sys.modules[_LAYOUT] = None  # type: ignore[assignment]  # makes its import fail, which PyMuPDF allows for
        try:
            pymupdf = importlib.import_module("pymupdf")
        finally:
            del sys.modules[_LAYOUT]
        pymupdf.TOOLS.mupdf_display_errors(False)
        pymupdf.TOOLS.mupdf_display_warnings(False)
    return importlib.import_module("pymupdf")


def load_layout() -> ModuleType:
    """PyMuPDF with its layout model, ready for ``Page.get_layout``."""
    pymupdf = load()
    importlib.import_module(_LAYOUT)
    return pymupdf
