"""How each kind of note is shown: its sign in the margin, its key, and the colour that it marks the text with."""

KINDS: tuple[tuple[str, str, str], ...] = (
    ("highlight", "▪", "highlight"),
    ("claim", "●", "claim"),
    ("evidence", "■", "claim"),
    ("method", "▲", "claim"),
    ("lesson", "◆", "claim"),
    ("question", "?", "question"),
    ("idea", "✦", "question"),
    ("term", "≡", "claim"),
    ("summary", "§", "claim"),
)
"""Kind, sign, and the name of its colour."""

SIGN_OF = {kind: sign for kind, sign, _ in KINDS}
COLOUR_OF = {kind: colour for kind, _, colour in KINDS}
ORDER = [kind for kind, _, _ in KINDS]
