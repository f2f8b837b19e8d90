"""The step of the tutorial, above the line of notices; not there while no tutorial runs."""

from rich.text import Text
from textual.reactive import reactive
from textual.widget import Widget

from tui.render.colors import color
from tui.tutorial.steps import STEPS


class TutorialLine(Widget):
    """Number and title of the step, and what to do."""

    step: reactive[int] = reactive(-1, layout=True)

    def watch_step(self, step: int) -> None:
        """Shown only while there is a step."""
        self.display = step >= 0

    def render(self) -> Text:
        """A few lines."""
        if self.step < 0:
            return Text("")
        step = STEPS[self.step]
        text = Text()
        text.append(f" Tutorial {self.step + 1} of {len(STEPS)} ", color(self.app, "here"))
        text.append(" ✓" * bool(self.step), color(self.app, "accent"))
        text.append(f" {step.title}. ", color(self.app, "strong"))
        text.append(step.text, color(self.app, "plain"))
        text.append("  f8 skips · f9 puts this away", color(self.app, "dim"))
        return text
