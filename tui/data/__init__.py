"""What the screen knows of the library: the client, its queries and commands, and the rows that are shown."""
