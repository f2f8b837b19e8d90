"""A folder of Markdown files in step with the library, for Obsidian or any editor; hand-written text is left alone."""
