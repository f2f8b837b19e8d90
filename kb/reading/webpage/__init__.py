"""From a saved web page to text that reads like an article: its main part, its formulas as TeX, its footnotes kept."""
