"""Finding papers and lists: curated lists, arXiv, the web, and local files."""
