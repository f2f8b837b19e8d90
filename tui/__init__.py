"""The screen: a Textual application over the library."""

import os

os.environ.setdefault("TEXTUAL_FPS", "120")  # a key's effect waits for the next frame: here half as long as usual
