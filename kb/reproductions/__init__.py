"""Small reproductions of papers' key experiments: a prediction, a run in a limited child, a verdict by a fixed rule."""
