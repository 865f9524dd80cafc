"""A request as the sandbox sees it, an answer as it gives it, and the table of routes."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote


@dataclass
class Request:
    """`person` is the signed-in account id, empty for an anonymous call."""

    method: str
    path: str
    query: dict[str, str] = field(default_factory=dict)
    headers: dict[str, str] = field(default_factory=dict)
    raw: bytes = b""
    person: str = ""
    base: str = ""
    names: dict[str, str] = field(default_factory=dict)

    @property
    def json(self) -> Any:
        try:
            return json.loads(self.raw) if self.raw else {}
        except ValueError:
            raise Refusal(
                400, "There was an error parsing JSON. Check your request body."
            ) from None

    def number(self, name: str, default: int) -> int:
        text = self.query.get(name, "")
        return int(text) if text.isdecimal() else default

    def listed(self, name: str) -> list[str]:
        return [part.strip() for part in self.query.get(name, "").split(",") if part.strip()]


@dataclass
class Answer:
    """`body` is JSON unless it is bytes; None is an empty answer. `manners` bend the sending."""

    status: int = 200
    body: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    manners: dict[str, Any] = field(default_factory=dict)

    def encoded(self) -> bytes:
        if isinstance(self.body, bytes):
            return self.body
        return b"" if self.body is None else json.dumps(self.body).encode()


class Refusal(Exception):
    """An answer outside 2xx, in Jira's error shape."""

    def __init__(self, status: int, /, *messages: str, **errors: str) -> None:
        super().__init__(status)
        self.status = status
        self.messages = list(messages)
        self.errors = errors

    def answer(self) -> Answer:
        return Answer(self.status, {"errorMessages": self.messages, "errors": self.errors})


Handler = Callable[[Any, Request], Answer]


@dataclass(frozen=True)
class Route:
    method: str
    pattern: re.Pattern[str]
    handler: Handler
    writes: bool


class Routes:
    """Method and path pattern to handler; `{name}` in a pattern takes one segment."""

    def __init__(self) -> None:
        self.known: list[Route] = []

    def add(
        self, method: str, pattern: str, *, writes: bool = False
    ) -> Callable[[Handler], Handler]:
        expression = re.compile(re.sub(r"\{(\w+)\}", r"(?P<\1>[^/]+)", pattern))

        def keep(handler: Handler) -> Handler:
            self.known.append(Route(method, expression, handler, writes))
            return handler

        return keep

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]] | None:
        for route in self.known:
            match = route.pattern.fullmatch(path)
            if match and route.method == method:
                return route, {key: unquote(text) for key, text in match.groupdict().items()}
        return None

    def methods(self, path: str) -> list[str]:
        return sorted({route.method for route in self.known if route.pattern.fullmatch(path)})


routes = Routes()
