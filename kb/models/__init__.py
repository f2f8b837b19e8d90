"""The nouns of the reader's world: frozen values without any input or output of their own."""
