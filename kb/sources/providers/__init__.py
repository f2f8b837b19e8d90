"""The sources of papers, a file each; every file has a ``SOURCE``, and nothing else needs to know of a new one."""
