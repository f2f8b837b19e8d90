"""How the screen is opened: in this terminal, or served to a browser on this machine."""
