"""Text into vectors: the one door to the embedding model, its tokenizer, and everything that runs them."""

from kb.recall.embed.loading import load_embedder
from kb.recall.embed.protocol import Embedder, Vectors32
from kb.recall.embed.source import model_source

__all__ = ["Embedder", "Vectors32", "load_embedder", "model_source"]
