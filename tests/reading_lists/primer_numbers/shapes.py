"""Two transformers as their papers give them, and what follows from their sizes."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Shape:
    """The sizes that fix the rest."""

    layers: int
    width: int
    context: int

    def attention_at_the_end(self) -> int:
        """Operations of attention for the last token of a full window: products with keys, and with values."""
        return 4 * self.layers * self.context * self.width


GPT2_SMALL = Shape(layers=12, width=768, context=1024)
GPT3 = Shape(layers=96, width=12288, context=2048)
GPT3_WEIGHTS = 175_000_000_000
VOCABULARY = 50257


def embedding_weights(shape: Shape) -> int:
    """A vector for each token and one for each place; the output uses the tokens' vectors again."""
    return (VOCABULARY + shape.context) * shape.width


def attention_weights(shape: Shape) -> int:
    """Query, key, value and output matrices of every layer, with their offsets."""
    return shape.layers * 4 * (shape.width**2 + shape.width)


def feed_forward_weights(shape: Shape) -> int:
    """Out to four times the width and back, in every layer, with offsets."""
    return shape.layers * (8 * shape.width**2 + 5 * shape.width)


def weights(shape: Shape) -> int:
    """All of them, with a scale and an offset for each of the two normalisations a layer and the last one."""
    norms = (2 * shape.layers + 1) * 2 * shape.width
    return embedding_weights(shape) + attention_weights(shape) + feed_forward_weights(shape) + norms
