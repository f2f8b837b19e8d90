"""What every part that keeps a file of its own stands on."""
