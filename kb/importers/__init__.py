"""What other programs keep of papers, read as works with their files, marks and notes."""
