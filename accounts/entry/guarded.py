"""The questions single sign-on asks a provider go out by the one client there is.

The package speaks the dialect of `requests`; errors are told in it, so that it shows its page.
"""

from typing import Any, Self

import httpx
import requests

from config import outbound

SECONDS = 10.0


class GuardedSession:
    """As much of a `requests.Session` as the package uses, over `config.outbound`."""

    def __init__(self) -> None:
        self._client = outbound.client()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self._client.close()

    def get(self, url: str, **more: Any) -> "GuardedAnswer":
        return self.request("GET", url, **more)

    def post(self, url: str, **more: Any) -> "GuardedAnswer":
        return self.request("POST", url, **more)

    def request(self, method: str, url: str, *, auth: Any = None, **more: Any) -> "GuardedAnswer":
        """One call, read to its end within ten seconds."""
        basic = (auth.username, auth.password) if auth is not None else None
        told = {name: value for name, value in more.items() if value is not None}
        try:
            with outbound.deadline(SECONDS):
                answer = self._client.request(method, url, auth=basic, **told)
        except (httpx.HTTPError, outbound.NotAllowedOut) as error:
            raise requests.ConnectionError(str(error)) from error
        return GuardedAnswer(answer)


class GuardedAnswer:
    """An answer whose refusals are errors of `requests`."""

    def __init__(self, answer: httpx.Response) -> None:
        self._answer = answer

    def __getattr__(self, name: str) -> Any:
        return getattr(self._answer, name)

    def raise_for_status(self) -> None:
        if self._answer.is_error or self._answer.is_redirect:
            raise requests.HTTPError(f"The provider answered {self._answer.status_code}.")

    def json(self) -> Any:
        try:
            return self._answer.json()
        except ValueError as error:
            raise requests.JSONDecodeError(str(error), "", 0) from error
