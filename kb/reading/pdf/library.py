"""PyMuPDF, imported quietly; its layout model is loaded only when a file's layout is asked for."""

import importlib
import os
import sys
from types import ModuleType
from typing import Any

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
    return sys.modules["pymupdf"]


def load_layout() -> ModuleType:
    """PyMuPDF with its layout model, ready for ``Page.get_layout``; the model keeps to one core, so that two children
    do not fight over two."""
    pymupdf = load()
    if _LAYOUT not in sys.modules:
        onnxruntime: Any = importlib.import_module("onnxruntime")
        usual = onnxruntime.SessionOptions
        onnxruntime.SessionOptions = _one_thread
        try:
            importlib.import_module(_LAYOUT)
        finally:
            onnxruntime.SessionOptions = usual
    return pymupdf


def _one_thread() -> object:
    """Options for a model session that computes on the thread that asks."""
    options = importlib.import_module("onnxruntime").capi.onnxruntime_pybind11_state.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    return options
