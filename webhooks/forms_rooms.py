"""The shape of what people say about a chat room."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from accounts.models import BusinessLine, Person, Team
from webhooks.events import ROOM_KINDS
from webhooks.models import ROOM_FORMS, Endpoint
from webhooks.queries import lines_offered, teams_offered


class RoomForm(forms.Form):
    """Name, chat, address, and what the room is told."""

    name = forms.CharField(
        label=_("Name"),
        max_length=80,
        help_text=_("As the chat calls it, for example “#payments”."),
    )
    form = forms.ChoiceField(label=_("Chat"), choices=ROOM_FORMS)
    address = forms.URLField(
        label=_("Address of its incoming webhook"),
        max_length=500,
        assume_scheme="https",
        widget=forms.URLInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_(
            "From the settings of the chat. Whoever knows it can write there, so it is kept sealed and "
            "not shown again. The host must be one this deployment may call."
        ),
    )
    kinds = forms.MultipleChoiceField(
        label=_("What the room is told"),
        choices=[],
        widget=forms.CheckboxSelectMultiple,
        initial=list(ROOM_KINDS),
    )
    with_titles = forms.BooleanField(
        label=_("Say titles, names of KPIs and values"),
        required=False,
        help_text=_(
            "Otherwise keys, counts and links only. What is said stays in the chat, with everybody "
            "whom it lets in."
        ),
    )

    def __init__(self, data: Any = None, *, room: Endpoint | None = None) -> None:
        known = {}
        if room is not None:
            known = {n: getattr(room, n) for n in ("name", "form", "kinds", "with_titles")}
        super().__init__(data, initial=known)
        chosen: Any = self.fields["kinds"]
        chosen.choices = list(ROOM_KINDS.items())
        if room is not None:
            address = self.fields["address"]
            address.required = False
            address.help_text = _now("Left empty, it stays: %(url)s") % {"url": room.url}


class NewRoomForm(RoomForm):
    """A new room: of a line, or of one team."""

    place = forms.ChoiceField(label=_("Whose things"), choices=[])
    field_order = ("name", "place", "form", "address", "kinds", "with_titles")

    def __init__(self, data: Any = None, *, person: Person, wanted: str = "") -> None:
        super().__init__(data)
        lines, teams = list(lines_offered(person)), list(teams_offered(person))
        self.places: dict[str, tuple[BusinessLine, Team | None]] = {
            f"line:{line.slug}": (line, None) for line in lines
        }
        self.places |= {f"team:{team.slug}": (team.line, team) for team in teams}
        choices: list[Any] = []
        if lines:
            choices.append((_("Lines"), [(f"line:{one.slug}", one.name) for one in lines]))
        if teams:
            told = [(f"team:{one.slug}", f"{one.name} · {one.line.name}") for one in teams]
            choices.append((_("Teams"), told))
        place: Any = self.fields["place"]
        place.choices = choices
        if wanted in self.places:
            self.initial["place"] = wanted

    def told(self) -> dict[str, Any]:
        """Arguments of `register_room`."""
        given = dict(self.cleaned_data)
        line, team = self.places[given.pop("place")]
        return {**given, "line": line, "team": team}
