"""Whether a sentence seems to speak for a claim or against it: a guess by its words, for a reader to judge."""

import re
from typing import Literal

from kb.recall.query import ParsedQuery, wanted, words_of
from kb.recall.snippets import shares_words

Stance = Literal["supporting", "opposing"]
_SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bcf\.)(?<!\bal\.)(?<!\bFig\.)\s+(?:[-–•]\s+)?(?=[A-Z0-9“\"(•])"
)
_BULLET = re.compile(r"\A\s*[-–•]\s+")
_REFERENCE = re.compile(r"\barXiv:\s?\d{4}\.\d{4,5}|\bdoi\.org/10\.|\bdoi:\s?10\.", re.IGNORECASE)
_CLAUSE = re.compile(
    r"[;:—–]|\b(?:but|however|although|though|while|whereas|unless|because|since|despite|without|even when|if|which"
    r"|yet)\b",
    re.IGNORECASE,
)
_AGAINST = re.compile(
    r"\b(?:not|no|never|neither|nor|cannot|can['’]t|don['’]t|doesn['’]t|didn['’]t|isn['’]t|aren['’]t|won['’]t|without"
    r"|fail(?:s|ed|ing|ure|ures)?|unable|unlikely|impossible|insufficient|contrary|against|refut\w+|contradict\w+"
    r"|disprov\w+|counter-?examples?|worse|worsens?|harm(?:s|ed)?|limit(?:s|ed|ation|ations)|little|lack(?:s|ing|ed)?"
    r"|break(?:s|ing)?|broke|hardly|barely|wrong|mislead\w*|undermin\w+|poor(?:ly)?|difficult|far from|overfits?)\b",
    re.IGNORECASE,
)
_SUBORDINATE = re.compile(r"\b(?:that|which|who|without|even (?:when|if)|despite)\b", re.IGNORECASE)
_OPPOSITE = "mis un in ir dis non"
_NO_DENIAL = re.compile(r"\b(?:not only|no matter|not just|without loss of|nor only)\b", re.IGNORECASE)
_FOUND = re.compile(
    r"\b(?:we (?:find|found|show|showed|observe|observed|demonstrate|prove)|results? (?:show|suggest|indicate)"
    r"|outperform\w*|improv\w+|evidence|turns out|able to|in practice|significantly|consistently|achiev\w+)\b",
    re.IGNORECASE,
)
_PLANNED = re.compile(
    r"\b(?:we (?:investigate|study|explore|examine|ask|propose|hope|plan|describe|consider|use|append|train|measure)"
    r"|in this (?:section|paper|work)|future work|whether|to (?:measure|test|overcome|address)|could be|might|may be"
    r"|table|figure|appendix)\b|\?",
    re.IGNORECASE,
)


def is_title(sentence: str) -> bool:
    """Whether nearly every longer word begins with a capital: a title or a heading says nothing."""
    long = [word for word in words_of(sentence) if len(word) > 3]
    return sum(word[0].isupper() for word in long) > 0.7 * len(long)


def is_reference(sentence: str) -> bool:
    """Whether it is an entry of a bibliography, which names a work by its number."""
    return bool(_REFERENCE.search(sentence))


def sentences(text: str) -> list[str]:
    """The text cut where sentences, and entries of a list, seem to end."""
    return [part.strip() for part in _SENTENCE.split(_BULLET.sub("", text)) if part.strip()]


def stance(claim: str, sentence: str) -> Stance:
    """Opposing where one of the two denies and the other does not: two denials agree.

    Of the sentence only the clauses that speak of the claim are heard, since long ones deny much else.
    """
    asked = wanted(claim)
    denials = _denials(_SUBORDINATE.split(claim)[0]) + _denials(said := _on_the_claim(sentence, asked))
    return "opposing" if (denials + _opposites(said, asked)) % 2 else "supporting"


def reports(sentence: str) -> float:
    """1 for a sentence that says what was found, -1 for one that says what will be done or may be, else 0."""
    return float(bool(_FOUND.search(sentence))) - float(bool(_PLANNED.search(sentence)))


def _on_the_claim(sentence: str, asked: ParsedQuery) -> str:
    """The clauses with more than half as many of the claim's words as the one that has most."""
    clauses = [clause for clause in _CLAUSE.split(sentence) if clause.strip()]
    shares = [shares_words(clause, asked) for clause in clauses]
    most = max(shares, default=0.0)
    if not most:
        return sentence
    return " , ".join(clause for clause, share in zip(clauses, shares, strict=True) if share > most / 2)


def _denials(text: str) -> int:
    return len(_AGAINST.findall(_NO_DENIAL.sub("", text)))


def _opposites(text: str, asked: ParsedQuery) -> int:
    """Words such as *miscalibrated*, where the claim says *calibrated*."""
    stems = [word[: max(5, len(word) - 3)] for word in asked.words if len(word) > 5]
    opposites = tuple(prefix + stem for prefix in _OPPOSITE.split() for stem in stems)
    return int(any(word.startswith(opposites) for word in words_of(text.lower()))) if opposites else 0
