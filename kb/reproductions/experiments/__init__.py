"""One file an experiment; a file that defines ``REPRODUCTION`` is listed, run and tested without further ado."""
