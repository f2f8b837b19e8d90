"""What the reader can do from more than one screen."""
