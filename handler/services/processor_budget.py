"""The processor time that a refresh may take.

Lambda gives a function of 256 MB a seventh of a processor: 300 seconds are 43 of its time.
"""

from collections.abc import Callable

from handler.domain.errors import OverBudget
from handler.domain.text import RenderedDescription
from handler.ports import MarkdownRenderer

MAX_PROCESSOR_SECONDS = 30.0
"""A refresh of 540 models takes 2 seconds, one of 10,000 takes 20."""
_RENDERING_SHARE = 0.5

_LATER = RenderedDescription("", "")


class ProcessorBudget:
    """The processor time of one refresh, by a clock in seconds."""

    def __init__(self, clock: Callable[[], float], seconds: float = MAX_PROCESSOR_SECONDS) -> None:
        self._clock = clock
        self._seconds = seconds
        self._start = clock()
        self.left_for_later = 0

    def spent(self) -> float:
        """Return the seconds of processor time since the start."""
        return self._clock() - self._start

    def check(self, step: str) -> None:
        """Raise OverBudget, naming the step that comes next, if the time is spent."""
        if self.spent() > self._seconds:
            raise OverBudget(
                f"{step} was not begun: the refresh has taken {self.spent():.0f} s of processor "
                f"time, and may take {self._seconds:.0f}. The stored catalog stays"
            )

    def limit(self, render: MarkdownRenderer) -> MarkdownRenderer:
        """Return a renderer that leaves descriptions for a later refresh past its share."""

        def render_in_time(markdown: str) -> RenderedDescription:
            if markdown and self.spent() > _RENDERING_SHARE * self._seconds:
                self.left_for_later += 1
                return _LATER
            return render(markdown)

        return render_in_time
