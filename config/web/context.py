"""What every page's shell needs, asked only when the template asks for it."""

from functools import cached_property
from typing import Any

from django.http import HttpRequest

from config.web import nav
from config.web.theme import theme_of


class Shell:
    """Rail, foot, scope switch and theme of one page."""

    def __init__(self, request: HttpRequest) -> None:
        self.request = request

    @cached_property
    def rail(self) -> list[nav.Shown]:
        return nav.shown(nav.RAIL, self.request)

    @cached_property
    def starred(self) -> list[nav.Starred]:
        return nav.starred(self.request)

    @cached_property
    def foot(self) -> list[nav.Shown]:
        return nav.shown(nav.FOOT, self.request)

    @cached_property
    def phone(self) -> list[nav.Shown]:
        return nav.shown(nav.PHONE, self.request)

    @cached_property
    def scopes(self) -> list[nav.Scope]:
        return nav.lines(self.request)

    @cached_property
    def scope(self) -> nav.Scope | None:
        wanted = self.request.GET.get("line", "")
        return next((s for s in self.scopes if s.slug == wanted), None)

    @property
    def kept(self) -> list[tuple[str, str]]:
        """The address' other parameters, so that a changed scope keeps the filters."""
        dropped = {"line", "page", "cursor"}
        return [
            (key, value)
            for key, values in self.request.GET.lists()
            for value in values
            if key not in dropped
        ]

    @property
    def person(self) -> Any:
        """Who is signed in, or nobody."""
        person = getattr(self.request, "user", None)
        return person if getattr(person, "is_authenticated", False) else None

    @property
    def theme(self) -> str:
        return theme_of(self.request)

    @property
    def letter_keys(self) -> bool:
        person: Any = self.request.user
        return bool(getattr(person, "letter_keys", True))

    @property
    def new(self) -> str:
        return nav.address("initiative_new")

    @property
    def search(self) -> str:
        return nav.address("search")

    @property
    def palette(self) -> str:
        return nav.address("palette")

    @property
    def set_theme(self) -> str:
        return nav.address("set_theme")

    @property
    def sign_out(self) -> str:
        return nav.address("sign_out")

    @property
    def settings(self) -> str:
        return nav.address("settings")


def shell(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"shell": Shell(request)}
