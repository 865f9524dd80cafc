"""What every page of one initiative shares: finding it, its head with phase bar, ring and tabs."""

from typing import Any, ClassVar

from django.contrib.auth.mixins import LoginRequiredMixin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.views import View

from config.batch import Asker, together
from config.flow.steps import StepView, steps
from initiatives import permissions as may
from initiatives.models import Initiative
from initiatives.phases import status, words
from initiatives.queries.ages import ask_phase_ages
from initiatives.queries.following import ask_following
from initiatives.queries.one import (
    ask_tab_counts,
    next_step,
    one_initiative,
    phase_bar,
    ring_of,
    tabs,
)


class InitiativeMixin(LoginRequiredMixin):
    """Finds the initiative named in the address; what one may not see does not exist."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def initiative(self) -> Initiative:
        return one_initiative(self.request.user, self.kwargs["number"])


class InitiativeTabView(InitiativeMixin, View):
    """A tab. Subclasses name `tab`, `tab_label`, `template_name` and give `context()`.

    The template extends "initiatives/tab.html" and fills the blocks `content` and `side`.
    A `post` that finds bad input answers `self.show(status=422, form=form)`.
    """

    tab: ClassVar[str] = ""
    tab_label: ClassVar[Any] = ""
    template_name: ClassVar[str] = ""

    def get(self, request: HttpRequest, number: int, **kwargs: Any) -> HttpResponse:
        return self.show()

    def show(self, status: int = 200, **extra: Any) -> HttpResponse:
        """The page with its head, the tab's own context and `extra` on top."""
        context = {**self.head(), **self.context(), **extra}
        return render(self.request, self.template_name, context, status=status)

    def context(self) -> dict[str, Any]:
        """What this tab shows below the head."""
        return {}

    @cached_property
    def steps(self) -> list[StepView]:
        """Every step from here for this person, judged once per page."""
        return steps(self.initiative, self.request.user)

    def head(self) -> dict[str, Any]:
        """Key, chips, phase bar with gate ring, tabs."""
        ahead = next_step(self.steps)
        return {
            "initiative": self.initiative,
            "tab": self.tab,
            "tab_label": self.tab_label,
            "tabs": tabs(self.initiative, self.tab, self.told["counts"]),
            "steps": self.steps,
            "ages": self.ages,
            "phases": phase_bar(self.initiative, self.ages),
            "ring": ring_of(ahead),
            "ring_label": _("Gate: %s") % ahead.label if ahead else "",
            "phase_words": words(self.initiative.phase),
            "phase_status": status(self.initiative.phase),
            "line_chips": _line_chips(self.initiative),
            "may_edit": may.may_edit_request(self.request.user, self.initiative),
            "following": self.told["following"],
            "here": self.request.path,
        }

    def forget(self) -> None:
        """Read the row again: somebody, or a refused attempt, came between."""
        for name in ("initiative", "steps", "told"):
            self.__dict__.pop(name, None)

    def asks(self) -> dict[str, Asker]:
        """What this tab asks together with the head, by the name its answers get in `told`."""
        return {}

    @cached_property
    def told(self) -> dict[str, Any]:
        """What the head and the tab asked; one statement for each round of questions."""
        initiative = self.initiative
        head = {
            "counts": ask_tab_counts(initiative),
            "ages": ask_phase_ages(initiative),
            "following": ask_following(initiative, self.request.user),
        }
        more = self.asks()
        answers = together([*head.values(), *more.values()])
        told: dict[str, Any] = dict(zip((*head, *more), answers, strict=True))
        # Each part of the head is one thing; a tab's answers may be many.
        return told | {name: told[name][0] for name in head}

    @property
    def ages(self) -> dict[int, Any]:
        found: dict[int, Any] = self.told["ages"]
        return found


def _line_chips(initiative: Initiative) -> list[dict[str, Any]]:
    rows = list(initiative.lines.all())
    several = len(rows) > 1
    return [
        {"name": row.line.name, "leads": several and row.line_id == initiative.line_id}
        for row in rows
    ] or ([{"name": initiative.line.name, "leads": False}] if initiative.line else [])
