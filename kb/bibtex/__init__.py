"""BibTeX and biblatex: entries scanned and read, names, titles, and the fields that are kept as they came."""
