"""Looking after a library: the doctor, backups, and another person's library opened to be read."""
