"""A paper's road into the library: fetched or found, read, stored and indexed. Begin with ``pipeline``."""
