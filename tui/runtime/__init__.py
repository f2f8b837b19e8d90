"""The application's own machinery: work in the background, leaving, memory, errors, the terminal."""
