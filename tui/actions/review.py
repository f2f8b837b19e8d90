"""What works while one reviews."""

from tui.actions.action import Action

ACTIONS: tuple[Action, ...] = (
    Action("review.answer", "s", "Answer", "Rate the belief blind, or show the answer.", show=True),
    Action("review.again", "1", "Again", "You did not remember it; it comes back soon.", show=True),
    Action("review.hard", "2", "Hard", "You remembered it with effort.", show=True),
    Action("review.good", "3", "Good", "You remembered it.", show=True),
    Action("review.easy", "4", "Easy", "You knew it at once; it comes back much later.", show=True),
    Action("review.add", "a", "Add a card", "Pick a note that you want to come back to.", show=True),
    Action("review.open", "o", "In the paper", "Open the paper at the words that it is about.", show=True),
    Action("review.remove", "d,delete", "Put away", "Do not ask this any more; the reviews so far are kept."),
    Action("review.standing", "t", "So far", "How beliefs drifted, and how your numbers held up.", show=True),
    Action("review.undo", "u", "Undo", "Take the last review back, and what it changed."),
    Action("review.next-pane", "tab", "Next pane", "From what is due to the card and back."),
    Action("review.back", "escape", "Back", "Back to the question; then to the library."),
)
