"""The reproductions: what there is to run, and runs under way."""
