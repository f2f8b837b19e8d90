"""From characters on pages to a text that reads like the paper; pure functions that know nothing of any PDF library."""
