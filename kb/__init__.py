"""Inside View: a terminal knowledge base for reading AI-alignment papers until you hold a view of your own."""

import os

__version__ = "0.1.0"

os.environ["ORT_DISABLE_TELEMETRY"] = "1"  # onnxruntime reports to its maker unless this stands before its first import
