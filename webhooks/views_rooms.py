"""Pages of chat rooms where they differ from those of webhooks: the list, a new one, a change."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.identity import signed_in
from config.flow.errors import Refusal
from webhooks import actions
from webhooks.forms_rooms import NewRoomForm, RoomForm
from webhooks.queries import endpoints_for
from webhooks.views import EditEndpoint, Keeping


class RoomList(Keeping):
    """`/chat`: the chat rooms one keeps, and how they fare."""

    rooms = True

    def get(self, request: HttpRequest) -> HttpResponse:
        context = {"rows": endpoints_for(request.user, rooms=True)}
        return render(request, "webhooks/rooms.html", context)


class NewRoom(Keeping):
    """`/chat/new`: register one."""

    rooms = True

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.show(
            NewRoomForm(person=signed_in(request), wanted=request.GET.get("place", ""))
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewRoomForm(request.POST, person=signed_in(request))
        if not form.is_valid():
            return self.show(form, 422)
        try:
            made = actions.register_room(actor=signed_in(request), **form.told())
        except Refusal as refusal:
            form.add_error(None, " ".join(refusal.sentences))
            return self.show(form, refusal.status)
        messages.success(request, _("It is on. Send a test to see that it reaches the room."))
        return redirect(made)

    def show(self, form: RoomForm, status: int = 200) -> HttpResponse:
        return render(self.request, "webhooks/room_form.html", {"form": form}, status=status)


class EditRoom(EditEndpoint):
    """`/chat/<id>/edit`."""

    rooms = True
    template_name = "webhooks/room_form.html"

    def form(self, sent: Any = None) -> RoomForm:
        return RoomForm(sent, room=self.endpoint)

    def change(self, seen: int | None, told: dict[str, Any]) -> None:
        actor = signed_in(self.request)
        actions.change_room(actor=actor, room=self.endpoint, seen_version=seen, **told)
