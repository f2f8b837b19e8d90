"""The steps of the tutorial: what to do, and how the program knows that it was done."""

from collections.abc import Callable
from dataclasses import dataclass, field

PARAGRAPHS = 4
"""Paragraphs that the reader is asked to go on by."""


@dataclass(frozen=True)
class TutorialState:
    """What can be seen of what the reader did."""

    mode: str = ""
    opened: str = ""
    """The paper that is open."""
    block: int = 0
    came_from: str = ""
    """The place from which the paper was opened."""
    kinds: dict[str, int] = field(default_factory=dict)
    """How many notes of each kind there are."""
    credences: int = 0
    exports: int = 0
    dialog: str = ""
    """The name of the form or list that stands over the screen."""

    def more(self, before: "TutorialState", kind: str) -> bool:
        """Whether there are more notes of a kind than before."""
        return self.kinds.get(kind, 0) > before.kinds.get(kind, 0)


@dataclass(frozen=True)
class TutorialStep:
    """One thing to do; ``done`` compares what is with what was when the step began."""

    title: str
    text: str
    done: Callable[[TutorialState, TutorialState], bool]


STEPS: tuple[TutorialStep, ...] = (
    TutorialStep(
        "Open a paper",
        "This is your library. j and k move, enter opens what is under the cursor. Open a primer.",
        lambda before, now: now.mode == "reader" and bool(now.opened),
    ),
    TutorialStep(
        "Read on",
        "J goes to the next paragraph, space a screenful on, ] to the next heading. Go on by a few paragraphs.",
        lambda before, now: now.mode == "reader" and now.block >= before.block + PARAGRAPHS,
    ),
    TutorialStep(
        "Keep a sentence",
        "s selects the sentence under the cursor, once more adds the next. h keeps it as a highlight.",
        lambda before, now: now.more(before, "highlight"),
    ),
    TutorialStep(
        "Write a claim",
        "Stand on a sentence that claims something and press c. Say it in your own words; tab goes to Agendas, where "
        "rlhf:supports ties it to one. ^s saves.",
        lambda before, now: now.more(before, "claim"),
    ),
    TutorialStep(
        "See your notes beside the text",
        "o shows the notes of this paper and goes to them. j goes to your claim; c asks how probable you hold it: "
        "type 60 and a reason, then enter.",
        lambda before, now: now.credences > before.credences,
    ),
    TutorialStep(
        "Find something by what it means",
        "f searches everything while you type: words at once, meaning a moment later. Try “reward hacking” or a "
        "thought of your own, and press enter on a hit; escape will bring you back.",
        lambda before, now: now.mode == "reader" and now.came_from == "search",
    ),
    TutorialStep(
        "Look at an agenda",
        "5 shows the agendas: each a chain of claims, with what speaks for and against every link.",
        lambda before, now: now.mode == "agendas",
    ),
    TutorialStep(
        "Hand on what you read",
        "2 brings you back to the paper. E writes a summary of it with all your notes, as Markdown.",
        lambda before, now: now.exports > before.exports,
    ),
    TutorialStep(
        "Find your way later",
        "? lists every key that works where you are, and ^p finds any command, paper or list by its name. Press ? now.",
        lambda before, now: now.dialog == "HelpScreen",
    ),
)
"""Ten minutes, in the order of a reading session."""

LAST = "That was the tutorial. In a shell: kb fetch spine-10h --week 1 begins the reading; kb lists shows all."
