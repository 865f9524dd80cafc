"""Founding, changing, closing and reopening lines, teams and sub-teams; their history."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.mixins import LoginRequiredMixin
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as __
from django.views import View

from accounts import actions
from accounts.actions.membership import Elsewhere
from accounts.actions.places import may_change, roles_in
from accounts.closing import hindrances
from accounts.forms import CloseForm, LineForm, StartLineForm, SubTeamForm, TeamForm
from accounts.identity import signed_in
from accounts.models import BusinessLine, SubTeam, Team
from accounts.org_history import history_of
from accounts.permissions import is_cpo, may_found, may_staff
from config.flow.errors import NotAllowed, NotYours
from config.whole import whole

UNPROCESSABLE = 422


class PlaceMixin(LoginRequiredMixin):
    """Finds the line, team or sub-team of the address."""

    request: HttpRequest
    kwargs: dict[str, Any]

    @cached_property
    def line(self) -> BusinessLine:
        rows = BusinessLine.objects.visible_to(self.request.user)
        found: BusinessLine = get_object_or_404(rows, slug=self.kwargs["line"])
        return found

    @cached_property
    def team(self) -> Team:
        rows = Team.objects.visible_to(self.request.user).select_related("line")
        found: Team = get_object_or_404(rows, slug=self.kwargs["team"], line=self.line)
        return found

    @cached_property
    def place(self) -> Any:
        if "pk" in self.kwargs:
            rows = SubTeam.objects.visible_to(self.request.user).select_related("team__line")
            return get_object_or_404(rows, pk=self.kwargs["pk"], team=self.team)
        return self.team if "team" in self.kwargs else self.line

    @property
    def page_of(self) -> Any:
        """Whose page shows the place: a sub-team stands on its team's."""
        return self.team if "team" in self.kwargs else self.line


class PlaceFormView(PlaceMixin, View):
    """A form that founds or changes a place. Subclasses say which, and what it does."""

    form_class: type[Form] = TeamForm
    heading: Any = ""
    button: Any = ""

    def must(self) -> None:
        """Raise NotYours for who may not."""

    def initial(self) -> dict[str, Any]:
        return {}

    def act(self, **told: Any) -> Any:
        raise NotImplementedError

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.must()
        return self.show(self.form_class(initial=self.initial()))

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        self.must()
        form = self.form_class(request.POST)
        if not form.is_valid():
            return self.show(form, UNPROCESSABLE)
        try:
            done = self.act(**form.cleaned_data)
        except Elsewhere as refusal:
            return self.show(form, UNPROCESSABLE, elsewhere=refusal)
        except NotAllowed as refusal:
            for sentence in refusal.sentences:
                form.add_error(None, sentence)
            return self.show(form, UNPROCESSABLE)
        messages.success(request, _("Saved."))
        return redirect(done.team if isinstance(done, SubTeam) else done)

    def show(self, form: Form, status: int = 200, **more: Any) -> HttpResponse:
        found = self.page_of if "line" in self.kwargs else None
        context = {
            "form": form,
            "heading": self.heading,
            "button": self.button,
            "around": found,
            "line": self.line if found else None,
            "back": found.get_absolute_url() if found else "/teams",
            **more,
        }
        return render(self.request, "accounts/place_form.html", context, status=status)


class LineNew(PlaceFormView):
    """`/teams/new`."""

    form_class = LineForm
    heading, button = __("New business line"), __("Found line")

    def must(self) -> None:
        if not may_found(self.request.user):
            raise NotYours(_("Lines are founded by administrators and the chief product officer."))

    def act(self, **told: Any) -> Any:
        return actions.found_line(actor=signed_in(self.request), **told)


class StartLine(PlaceFormView):
    """`/teams/start-up`: a line begins with its product manager in every role."""

    form_class = StartLineForm
    heading, button = __("New line as a start-up"), __("Start line")

    def must(self) -> None:
        if not is_cpo(self.request.user):
            raise NotYours(_("A line is started as a start-up by the chief product officer."))

    def act(self, **told: Any) -> Any:
        move = "move" in self.request.POST
        actor = signed_in(self.request)
        return actions.start_line(actor=actor, backfill_order=[], move=move, **told)


class TeamNew(PlaceFormView):
    """`/teams/<line>/teams/new`."""

    heading, button = __("New team"), __("Add team")

    def must(self) -> None:
        _must_organise(self.request, self.line)

    def act(self, **told: Any) -> Any:
        return actions.add_team(actor=signed_in(self.request), line=self.line, **told)


class SubTeamNew(PlaceFormView):
    """`/teams/<line>/<team>/sub-teams/new`."""

    form_class = SubTeamForm
    heading, button = __("New sub-team"), __("Add sub-team")

    def must(self) -> None:
        _must_organise(self.request, self.line)

    def act(self, **told: Any) -> Any:
        return actions.add_sub_team(actor=signed_in(self.request), team=self.team, **told)


class PlaceEdit(PlaceFormView):
    """`/teams/<line>/edit`, `/teams/<line>/<team>/edit` and a sub-team's."""

    heading, button = __("Change"), __("Save")

    @property
    def form_class(self) -> type[Form]:  # type: ignore[override]
        forms: dict[type[Any], type[Form]] = {
            BusinessLine: LineForm, Team: TeamForm, SubTeam: SubTeamForm}  # fmt: skip
        return forms[type(self.place)]

    def must(self) -> None:
        _must_change(self.request, self.place)

    def initial(self) -> dict[str, Any]:
        return {name: getattr(self.place, name) for name in self.form_class.base_fields}

    def act(self, **told: Any) -> Any:
        return actions.change_place(actor=signed_in(self.request), place=self.place, **told)


class PlaceClose(PlaceMixin, View):
    """`…/close` says what stands in the way and asks first."""

    def get(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        _must_change(request, self.place)
        return self.show(CloseForm())

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        form = CloseForm(request.POST)
        form.is_valid()
        try:
            actions.close_place(
                actor=signed_in(request), place=self.place, end_roles=form.cleaned_data["end_roles"]
            )
        except NotAllowed as refusal:
            return self.show(form, UNPROCESSABLE, refused=refusal.sentences)
        messages.success(request, _("%s is closed. Its records stay.") % self.place)
        return redirect(self.page_of)

    def show(self, form: CloseForm, status: int = 200, **more: Any) -> HttpResponse:
        context = {
            "place": self.place,
            "line": self.line,
            "form": form,
            "roles": roles_in(self.place).count(),
            "hindrances": hindrances(self.place),
            "cancel_href": self.page_of.get_absolute_url(),
            "action_label": _("Close %s") % self.place,
            "danger": True,
            **more,
        }
        return render(self.request, "accounts/place_close.html", context, status=status)


class PlaceReopen(PlaceMixin, View):
    """`POST …/reopen`."""

    http_method_names = ("post", "options")

    def post(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        actions.reopen_place(actor=signed_in(request), place=self.place)
        messages.success(request, _("%s is open again.") % self.place)
        return redirect(self.page_of)


class LineHistory(PlaceMixin, View):
    """`/teams/<line>/history`: what happened; the newest change of each thing can be taken back."""

    def get(self, request: HttpRequest, line: str) -> HttpResponse:
        context = {
            "line": self.line,
            "changes": history_of(self.line),
            "may_staff": may_staff(request.user, self.line),
        }
        return render(request, "accounts/line_history.html", context)

    def post(self, request: HttpRequest, line: str) -> HttpResponse:
        actions.undo_change(
            actor=signed_in(request),
            line=self.line,
            table=request.POST.get("table", ""),
            event=whole(request.POST.get("event", ""), 15) or 0,
        )
        messages.success(request, _("Taken back."))
        return redirect("line_history", line=self.line.slug)


def _must_organise(request: HttpRequest, line: BusinessLine) -> None:
    if not may_staff(request.user, line):
        raise NotYours(
            _(
                "Teams of %s are kept by administrators, the chief product officer and its "
                "business leader."
            )
            % line
        )


def _must_change(request: HttpRequest, place: Any) -> None:
    if isinstance(place, BusinessLine) and not may_found(request.user):
        raise NotYours(_("Lines are kept by administrators and the chief product officer."))
    if not may_change(request.user, place):
        _must_organise(request, place.line if isinstance(place, Team) else place.team.line)
