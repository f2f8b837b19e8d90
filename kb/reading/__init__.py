"""From bytes to a text that a person can read: pages, structure, references and passages."""
