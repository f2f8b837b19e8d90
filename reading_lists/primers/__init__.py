"""Short primers written for this project: Markdown with YAML front matter, read like any other paper."""
