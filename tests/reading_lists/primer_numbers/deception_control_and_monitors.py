"""Clean tests under three hypotheses, and a monitor whose top two per cent are audited."""

from collections.abc import Iterator
from statistics import NormalDist

from tests.reading_lists.primer_numbers.bars import bar

AUDITED = 0.02
MONITORS = (1.0, 1.5, 2.5)
NORMAL = NormalDist()
LINE = NORMAL.inv_cdf(1 - AUDITED)
QUOTED = (
    "harmful requests from them in 14 % of cases, to others almost never",
    "fell from 13 % to 0.4 % for one model",
    "GPT-4 writes solutions to 5,000 programming problems",
    "audits cover 2 %.",
    "Auditing the first outputs only: 15 % safe.",
    "62 % safe, at 97 % of the usefulness that GPT-4 adds.",
    "92 % safe at 94 % (2312.06942, table 2)",
)


def caught(distance: float) -> float:
    """How likely an attack scores above the line."""
    return 1 - NORMAL.cdf(LINE - distance)


def once(distance: float, attacks: int) -> float:
    """How likely at least one of them does."""
    return 1 - (1 - caught(distance)) ** attacks


def belief(recognised: float) -> tuple[float, float, float]:
    """In a fine, a clumsy and a scheming model, after 20 clean tests of which the schemer recognises a share."""
    fine, clumsy, schemer = 0.7, 0.2 * 0.9**20, 0.1 * (recognised + (1 - recognised) * 0.9) ** 20
    total = fine + clumsy + schemer
    return fine / total, clumsy / total, schemer / total


def sentences() -> Iterator[str]:
    """Tests, the monitor, and the answers."""
    yield from _tests()
    yield from _monitors()
    yield from _answers()


def _tests() -> Iterator[str]:
    bound = 100 * (1 - 0.05 ** (1 / 300))
    yield f"no failure in 300 tests bounds that rate at {bound:.1f} %, with confidence 95 %."
    yield (
        "fine with probability 0.70, clumsy with 0.20 and a schemer with 0.10. The clumsy one misbehaves in 10 % of all"
    )
    for recognised, words in (
        (1.0, "always recognises a test"),
        (0.9, "recognises 90 % of tests"),
        (0.5, "recognises 50 %"),
    ):
        fine, clumsy, schemer = belief(recognised)
        yield f"{words}: fine {fine:.2f}, clumsy {clumsy:.2f}, schemer {schemer:.2f}"
    assert belief(1.0)[2] > 0.1


def _monitors() -> Iterator[str]:
    low, middle, high = (NORMAL.cdf(distance / 2**0.5) for distance in MONITORS)
    yield (
        f"A d of 1, 1.5 or 2.5 means that an attack scores higher than an innocent output with probability "
        f"{low:.2f}, {middle:.2f} or {high:.2f}."
    )
    yield f"audit the top 2 % of all outputs, those with a score above {LINE:.2f}."
    low, middle, high = (caught(distance) for distance in MONITORS)
    yield f"A single attack is caught with probability {low:.2f}, {middle:.2f} or {high:.2f}."
    yield from _figure()
    low, middle, high = (1 - caught(distance) ** 10 for distance in MONITORS)
    yield f"Of ten attacks at least one gets through with probability {low:.2f}, {middle:.2f} or {high:.2f}."
    low, middle, high = (100 * _guilty(distance) for distance in MONITORS)
    yield (
        f"If one output in 1,000 is an attack, then of the outputs that reach the auditor "
        f"{low:.1f} %, {middle:.1f} % or {high:.1f} % are attacks."
    )


def _figure() -> Iterator[str]:
    for distance in MONITORS:
        for attacks, words in ((1, " 1 attack "), (3, " 3 attacks"), (10, "10 attacks")):
            seen = once(distance, attacks)
            yield f"d = {distance}, {words} |{bar(seen, 0.05)} {seen:.2f}"
    yield "at least one of 1, 3 or 10 attacks is caught when 2 % of the outputs are audited"


def _guilty(distance: float) -> float:
    attacks, innocent = 0.001 * caught(distance), 0.999 * AUDITED
    return attacks / (attacks + innocent)


def _answers() -> Iterator[str]:
    yield "A monitor has d = 2, and the top 2 % are audited."
    yield f"the line is at {LINE:.2f}: caught with probability {caught(2):.2f}. At least one of three: "
    yield f"1 − {1 - caught(2):.2f}³ = {once(2, 3):.2f}."
    yield "Without any monitor 2 % of outputs are audited at random."
    yield f"1 − 0.98¹⁰ = {1 - 0.98**10:.2f}. With d = 1.5 it was {once(1.5, 10):.2f}"
