"""Text made safe for each syntax that it is written into."""
