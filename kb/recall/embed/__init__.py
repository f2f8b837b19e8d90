"""Text into vectors: the one door to the embedding model, its tokenizer, and everything that runs them."""

from kb.recall.embed.loading import load_embedder, model_source
from kb.recall.embed.protocol import Embedder, Vectors32

__all__ = ["Embedder", "Vectors32", "load_embedder", "model_source"]
