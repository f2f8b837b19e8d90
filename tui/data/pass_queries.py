"""What the form of a pass asks of the passes that were made before."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kb.models.reading_pass import ReadingPass


def unscored(made: "tuple[ReadingPass, ...]") -> "ReadingPass | None":
    """The oldest pass whose prediction waits for its score."""
    return next((one for one in made if one.prediction and one.prediction.came_true is None), None)
