"""A round of many small calls: what it may take, and which calls are still worth beginning."""

from collections import deque
from collections.abc import Callable, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass

from handler.adapters.http.client import FetchError
from handler.ports import EndpointResponse


@dataclass(frozen=True, slots=True)
class Budget:
    """What a round of calls may take. Times in seconds, sizes in bytes of inflated JSON.

    `per_second` calls begin at most, `math.inf` for no limit, of which `concurrency` are open at a
    time. A model is tried `attempts` times; after `failures_in_a_row` upstream counts as down, as
    it does if it knows none of so many models.
    """

    seconds: float = 300.0
    calls: int = 600
    concurrency: int = 8
    per_second: float = 2.0
    read_timeout_seconds: float = 10.0
    attempts: int = 2
    failures_in_a_row: int = 10
    max_body_bytes: int = 256 * 1024
    largest_total: int = 16 * 1024 * 1024


class Round:
    """Which models are still to be asked for, and what the calls so far gave."""

    def __init__(
        self,
        model_ids: Sequence[str],
        budget: Budget,
        call: Callable[[str], Future[EndpointResponse | FetchError]],
    ) -> None:
        self.failures: dict[str, FetchError] = {}
        self.ended: str | None = None
        self._answers: dict[str, EndpointResponse | None] = dict.fromkeys(model_ids)
        self._waiting = deque(self._answers)
        self._tries = dict.fromkeys(self._answers, 0)
        self._open: dict[Future[EndpointResponse | FetchError], str] = {}
        self._budget = budget
        self._call = call
        self._in_a_row = 0
        self._bytes = 0

    def wanted(self) -> bool:
        """Wait until another call may begin, or none will any more; return which."""
        self._settle(0)
        while self._open and (not self._waiting or len(self._open) >= self._budget.concurrency):
            self._settle(None)
        tried = sum(self._tries.values())
        return bool(self._waiting) and tried < self._budget.calls and self.ended is None

    def begin(self) -> None:
        """Ask for the next model."""
        model_id = self._waiting.popleft()
        self._tries[model_id] += 1
        self._open[self._call(model_id)] = model_id

    def finish(self) -> None:
        """Wait for the calls that are open: they end by themselves."""
        while self._open:
            self._settle(None)
        found = self.found()
        unknown = [details for details in found if details.record is None]
        if len(unknown) == len(found) >= self._budget.failures_in_a_row:
            # So many cannot all be gone: the address is wrong, and what is stored stays true.
            self._answers.clear()
            self.ended = f"knows none of {len(found)} models"

    def found(self) -> list[EndpointResponse]:
        """Return what was found, in the order of the models."""
        return [answer for answer in self._answers.values() if answer]

    def _settle(self, timeout: float | None) -> None:
        for future in wait(self._open, timeout, FIRST_COMPLETED).done:
            model_id, answer = self._open.pop(future), future.result()
            if isinstance(answer, FetchError):
                self._fail(model_id, answer)
            else:
                self._keep(model_id, answer)

    def _keep(self, model_id: str, answer: EndpointResponse) -> None:
        self._answers[model_id] = answer
        self.failures.pop(model_id, None)
        self._in_a_row = 0
        self._bytes += len(answer.body)
        if self._bytes > self._budget.largest_total:
            self.ended = f"more than {self._budget.largest_total:,} bytes in all"

    def _fail(self, model_id: str, failure: FetchError) -> None:
        self.failures[model_id] = failure
        self._in_a_row += 1
        if self._in_a_row >= self._budget.failures_in_a_row:
            self.ended = f"given up after {self._in_a_row} failures in a row"
        elif not failure.final and self._tries[model_id] < self._budget.attempts:
            self._waiting.append(model_id)
