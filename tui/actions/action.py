"""One thing that a key can do, and how its keys are written for people."""

from dataclasses import dataclass

KEY_NAMES = {
    "question_mark": "?", "slash": "/", "greater_than_sign": ">", "less_than_sign": "<", "full_stop": ".", "comma": ",",
    "right_parenthesis": ")", "left_parenthesis": "(", "right_curly_bracket": "}", "left_curly_bracket": "{",
    "right_square_bracket": "]", "left_square_bracket": "[", "pagedown": "pgdn", "pageup": "pgup",
    "down": "↓", "up": "↑", "left": "←", "right": "→", "plus": "+", "minus": "-", "equals_sign": "=",
    "apostrophe": "'", "quotation_mark": '"', "semicolon": ";", "colon": ":", "asterisk": "*", "exclamation_mark": "!",
}  # fmt: skip
"""How keys are written for people."""


@dataclass(frozen=True)
class Action:
    """One thing that a reader can do; ``reader.highlight`` calls ``action_highlight`` where the reader is."""

    id: str
    key: str
    label: str
    """One or two words, for the foot of the screen."""
    help: str
    show: bool = False
    """Whether the foot of the screen names it."""
    priority: bool = False
    """Whether the key works even where text is being typed."""
    mode: bool = False
    """Whether the action goes to the mode that has its name."""

    @property
    def scope(self) -> str:
        """The place in which the key works."""
        return self.id.partition(".")[0]

    @property
    def method(self) -> str:
        """The action as Textual calls it; going to a mode is one action with a parameter."""
        name = self.id.partition(".")[2].replace("-", "_")
        return f"mode('{name}')" if self.mode else name


def shown_keys(key: str) -> str:
    """Keys as people write them: ``j ↓``."""
    return " ".join(shown_key(one.strip()) for one in key.split(","))


def shown_key(key: str) -> str:
    """One key as people write it: ``^s`` for control and s."""
    modifiers, _, name = key.rpartition("+")
    return modifiers.replace("ctrl", "^").replace("+", "") + KEY_NAMES.get(name, name)
