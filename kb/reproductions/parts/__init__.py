"""What several experiments share: the digits, small networks and how they are trained, a small transformer."""
