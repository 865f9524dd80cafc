"""The search index, which lags behind the store and is not monotonic, as Jira's is."""

import copy
import time

from initiatives.jira.sandbox.world import Issue


class Index:
    """`lag` seconds pass before a change can be found. With `flicker` set, every second search
    leaves out the issues that came in during the last minute, even when found before.
    """

    def __init__(self) -> None:
        self.lag = 0.0
        self.flicker = False
        self.searches = 0
        self._shown: dict[str, tuple[float, Issue]] = {}
        self._coming: list[tuple[float, str, Issue | None]] = []

    def put(self, issue: Issue) -> None:
        self._coming.append((time.monotonic() + self.lag, issue.id, copy.deepcopy(issue)))

    def drop(self, issue_id: str) -> None:
        self._coming.append((time.monotonic() + self.lag, issue_id, None))

    def visible(self, fresh: dict[str, Issue]) -> list[Issue]:
        """What a search sees; `fresh` are issues the caller asked to reconcile."""
        now = time.monotonic()
        self.searches += 1
        self._arrive(now)
        hidden = 60.0 if self.flicker and self.searches % 2 == 0 else 0.0
        shown = {key: each for key, (at, each) in self._shown.items() if now - at >= hidden}
        return list({**shown, **fresh}.values())

    def _arrive(self, now: float) -> None:
        for due, issue_id, issue in [each for each in self._coming if each[0] <= now]:
            if issue is None:
                self._shown.pop(issue_id, None)
            else:
                since = self._shown[issue_id][0] if issue_id in self._shown else due
                self._shown[issue_id] = (since, issue)
        self._coming = [each for each in self._coming if each[0] > now]
