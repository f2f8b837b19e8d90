"""What works found on a link of a chain, in words: the map's own evidence, beside what the reader noted."""

from collections.abc import Iterator
from dataclasses import dataclass

from kb.insight.cited_works import Reading
from kb.models.agenda import ChainClaim, LinkBearing

OURS = (
    "Dates, scales and probabilities in outcomes and thresholds are this map's own, set so that informed people "
    "disagree; they are no author's forecast."
)
"""What every page with an outcome says beside it."""


@dataclass(frozen=True)
class BearingView:
    """What one work found on a link, with what the citation stands for."""

    bearing: LinkBearing
    reading: Reading

    @property
    def place(self) -> str:
        """``Sleeper Agents (2024, section 4; frontier model)``."""
        facts = ", ".join(str(part) for part in (self.reading.year, self.bearing.where) if part)
        kind = f"; {self.bearing.kind}" if self.bearing.kind else ""
        return f"{self.reading.title} ({facts}{kind})"


def outcome_words(claim: ChainClaim) -> str:
    """What an outcome is measured by, and by when: ``Outcome; scale: …; by 2030``; empty for other links."""
    if not claim.outcome:
        return ""
    scale = f"; scale: {claim.scale}" if claim.scale else ""
    return f"Outcome{scale}{f'; by {claim.date}' if claim.date else ''}"


def movers(claim: ChainClaim) -> Iterator[tuple[str, str]]:
    """What would raise a credence in it, and what would lower one, each with its label."""
    yield from (("raises", text) for text in claim.raises)
    yield from (("lowers", text) for text in claim.lowers)
