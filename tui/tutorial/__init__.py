"""The tutorial: its steps, and what leads through them."""
