"""The formats of exports, a file each; every file has a ``FORMAT``, and nothing else needs to know of a new one."""
