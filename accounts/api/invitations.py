"""Views of the API of invitations."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers, status
from rest_framework.generics import ListAPIView
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import invite, revoke_invitation, send_invitation_again
from accounts.identity import signed_in
from accounts.models import LINE_ROLES, BusinessLine, Invitation, Role
from config.rest.related import SlugOf


class InvitationSerializer(serializers.ModelSerializer[Invitation]):
    """An invitation as it stands."""

    line = SlugOf(slug_field="slug", read_only=True)
    state = serializers.SerializerMethodField()

    class Meta:
        model = Invitation
        fields = ("public_id", "email", "name", "line", "role", "state", "created_at", "expires_at")
        read_only_fields = fields

    def get_state(self, row: Invitation) -> str:
        if row.accepted_at is not None:
            return "accepted"
        if row.revoked_at is not None:
            return "revoked"
        return "open" if Invitation.objects.open().filter(pk=row.pk).exists() else "expired"


class NewInvitation(serializers.Serializer[Any]):
    """Whom to invite, where to, as what."""

    email = serializers.EmailField(max_length=254)
    name = serializers.CharField(max_length=120, required=False, default="", allow_blank=True)
    line = SlugOf(
        slug_field="slug",
        queryset=BusinessLine.objects.all(),
        required=False,
        default=None,
        allow_null=True,
    )
    role = serializers.ChoiceField(
        choices=[(role, Role(role).label) for role in LINE_ROLES],
        required=False,
        default="",
        allow_blank=True,
    )


class Invitations(ListAPIView):
    """Invitations into the lines one staffs."""

    serializer_class = InvitationSerializer
    queryset = Invitation.objects.none()

    def get_queryset(self) -> QuerySet[Any]:
        found = Invitation.objects.visible_to(self.request.user)
        return found.select_related("line").order_by("-created_at", "-id")

    @extend_schema(request=NewInvitation, responses={201: InvitationSerializer})
    def post(self, request: Request) -> Response:
        told = NewInvitation(data=request.data)
        told.is_valid(raise_exception=True)
        made = invite(actor=signed_in(request), **told.validated_data)
        made.refresh_from_db()
        return Response(InvitationSerializer(made).data, status=status.HTTP_201_CREATED)


class _OneInvitation(APIView):
    """An act on one invitation."""

    act: Any = None

    @extend_schema(request=None, responses=InvitationSerializer)
    def post(self, request: Request, public_id: Any) -> Response:
        found = get_object_or_404(Invitation.objects.visible_to(request.user), public_id=public_id)
        type(self).act(actor=signed_in(request), invitation=found)
        found.refresh_from_db()
        return Response(InvitationSerializer(found).data)


class SendAgain(_OneInvitation):
    """Send it anew."""

    act = staticmethod(send_invitation_again)


class Revoke(_OneInvitation):
    """Make its link void."""

    act = staticmethod(revoke_invitation)
