"""The title of a bibliography's entry: what is quoted, else the sentence after the authors and the year."""

import re
from collections.abc import Iterator

LABEL = re.compile(r"^\s*(?:\[[^\]]{1,40}\]|\(\d{1,3}\)|\d{1,3}\.(?=\s))\s*")
_QUOTED = re.compile(r"[“\"‘](.{8,300}?)[,.?!]?[”\"’](?=[\s.,]|$)")
_COLON = re.compile(r"^(?:[^:]{0,300}?[A-Z]\.(?:,| and| &)?\s?(?:et al\.)?)\s*:\s+(?=[A-Z])")
_STOP = re.compile(r"[.?!]\s+(?=[^\W_a-z]|[\"“(])")
_YEAR = re.compile(r"\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s+")
_SURNAME_FIRST = re.compile(r",\s(?:[A-Z]\.?[-\s]?)+$")
_INITIAL = re.compile(r"(?:^|[\s.-])[A-Z]$")
_INITIAL_FIRST = re.compile(r"[A-Z]\.[\s-]")
_LINKING = {
    "and",
    "et",
    "al",
    "al.",
    "&",
    "van",
    "von",
    "de",
    "der",
    "den",
    "del",
    "della",
    "di",
    "la",
    "le",
    "jr",
    "jr.",
}
_VENUE = re.compile(
    r"\(?(?:19|20)\d\d|arxiv\b|corr\b|https?:|url\b|doi\b|pages?\b|proceedings\b|technical report|ph\.?d\b|"
    r"in:?\s+(?:proc|adv|intern|conf|annual|icml|nips|neurips|iclr|aaai|acl|cvpr)",
    re.IGNORECASE,
)
_TAIL = re.compile(
    r"[.,]?\s+(?:arXiv(?: preprint|:)|CoRR|In Proceedings|https?://|URL)|,\s+(?:\d{1,2}\s+|[A-Z][a-z]+\s+)?(?:19|20)\d\d[a-z]?\.?$"
)


def title(text: str) -> str:
    """The title; empty where none can be told."""
    body = LABEL.sub("", text)
    quoted = _QUOTED.search(body)
    if quoted and quoted.start() < 0.6 * len(body):
        return quoted[1].strip(" ,.")
    after_colon = _COLON.match(body)
    if after_colon:
        return _first_sentence(body[after_colon.end() :])
    chosen = next((rest for left, rest in _candidates(body) if _opens_title(left, rest)), None)
    if chosen is None:
        rests = (rest for left, rest in _candidates(body) if not _ends_with_initial(left) and not _VENUE.match(rest))
        chosen = next(rests, "")
    return _first_sentence(chosen)


def _ends_with_initial(text: str) -> bool:
    """Whether the text ends with a single capital: the full stop behind it ends no sentence."""
    return bool(_INITIAL.search(text[-2:]))


def _candidates(body: str) -> Iterator[tuple[str, str]]:
    """Every place where the authors can end: what stands before it, and the rest without a year."""
    for stop in _STOP.finditer(body):
        rest = _YEAR.sub("", body[stop.end() :], count=1) if _YEAR.match(body[stop.end() :]) else body[stop.end() :]
        yield body[: stop.start()], rest


def _opens_title(left: str, rest: str) -> bool:
    """Whether a title starts here, and not another author's name."""
    if not rest or _VENUE.match(rest) or _INITIAL_FIRST.match(rest):
        return False
    surname_first = bool(_SURNAME_FIRST.search(left))
    first = _first_sentence(rest)
    words = first.split()
    initial = _ends_with_initial(left)
    if any(word.lower() in _LINKING for word in words[:3]) and initial and not surname_first:
        return False
    if "," in " ".join(words[:3]) and (initial or len(words) < 3):
        return False
    if initial and not surname_first:
        return any(word[:1].islower() and word not in _LINKING for word in words[:4]) or ":" in first
    return len(words) > 1 or surname_first


def _first_sentence(text: str) -> str:
    """Up to the first full stop that ends a sentence, without what belongs to the venue."""
    stops = (stop.start() for stop in _STOP.finditer(text))
    end = next((stop for stop in stops if not _ends_with_initial(text[:stop])), len(text))
    sentence = _TAIL.split(text[:end], maxsplit=1)[0].strip(" .,;")
    return sentence if sum(map(str.isalpha, sentence)) > 3 and not _VENUE.match(sentence) else ""
