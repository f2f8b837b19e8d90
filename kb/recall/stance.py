"""Whether a sentence seems to speak for a claim or against it: a guess by its words, for a reader to judge."""

import re
from typing import Literal

from kb.recall.query import Wanted, wanted
from kb.recall.snippets import shares_words

Stance = Literal["supporting", "opposing"]
_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-Z0-9“\"(])")
_AGAINST = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|can't|don't|doesn't|didn't|isn't|aren't|won't|without|fail(?:s|ed|ing|ure|ures)?"
    r"|unable|unlikely|impossible|insufficient|contrary|refut\w+|contradict\w+|disprov\w+|counter-?examples?|worse|harm\w*"
    r"|limit(?:s|ed|ation|ations)|little|lack(?:s|ing|ed)?|break(?:s|ing)?|broke|hardly|barely|wrong|mislead\w*|undermin\w+)\b",
    re.IGNORECASE,
)


def telling_sentence(text: str, claim: str | Wanted) -> str:
    """The sentence that has the most of the claim's words; the first of those that have as many."""
    asked = wanted(claim) if isinstance(claim, str) else claim
    return max(sentences(text), key=lambda sentence: shares_words(sentence, asked), default=text)


def sentences(text: str) -> list[str]:
    """The text cut where sentences seem to end."""
    return [part.strip() for part in _SENTENCE.split(text) if part.strip()]


def stance(claim: str, sentence: str) -> Stance:
    """Opposing where one of the two denies and the other does not: two denials agree."""
    return "opposing" if _denies(claim) != _denies(sentence) else "supporting"


def _denies(text: str) -> bool:
    return len(_AGAINST.findall(text)) % 2 == 1
