"""Inside View: a terminal knowledge base for reading AI-alignment papers until you hold a view of your own."""

__version__ = "0.1.0"
