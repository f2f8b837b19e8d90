"""From blocks to lines on a screen and back: pure functions, no widgets."""
