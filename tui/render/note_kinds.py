"""How each kind of note is shown: its sign, and the colour that it marks the text with, by the kind's name."""

from kb.models.note_kind import KINDS

SIGN_OF = {kind.value: spec.sign for kind, spec in KINDS.items()}
COLOR_OF = {kind.value: spec.color for kind, spec in KINDS.items()}
ORDER = [kind.value for kind in KINDS]
