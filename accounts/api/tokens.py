"""The API of tokens: one's own, and for administrators those of services and of everybody."""

from typing import Any

from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.generics import GenericAPIView
from rest_framework.request import Request
from rest_framework.response import Response

from accounts.actions import make_personal_token, make_service_token, rename_token, revoke_token
from accounts.api.serializers import PersonRef
from accounts.identity import signed_in
from accounts.models import ApiToken, BusinessLine, Role, Scope
from accounts.permissions import is_admin
from accounts.queries_tokens import TokenRow, token_rows, tokens_for
from config.flow.errors import NotYours
from config.rest.related import SlugOf

CREATED, NO_CONTENT = 201, 204


class TokenSerializer(serializers.Serializer[Any]):
    """A token. Its secret is not among what can be read."""

    id = serializers.IntegerField(source="token.pk")
    name = serializers.CharField(source="token.name")
    kind = serializers.CharField(source="token.kind")
    begin = serializers.CharField(source="token.begin")
    scope = serializers.CharField(source="token.scope")
    every_line = serializers.SerializerMethodField()
    lines = serializers.ListField(child=serializers.CharField())
    person = PersonRef(source="token.person")
    made_by = PersonRef(source="token.made_by")
    created_at = serializers.DateTimeField(source="token.created_at")
    expires_at = serializers.DateTimeField(source="token.expires_at")
    last_used_at = serializers.DateTimeField(source="token.last_used_at", allow_null=True)
    state = serializers.CharField(source="token.state")

    def get_every_line(self, row: TokenRow) -> bool:
        return row.token.line_ids is None


class MadeTokenSerializer(TokenSerializer):
    """A token just made, with the secret that is never shown again."""

    secret = serializers.CharField()


class NewTokenSerializer(serializers.Serializer[Any]):
    """What a new token is told."""

    name = serializers.CharField(max_length=80)
    scope = serializers.ChoiceField(choices=Scope.choices, default=Scope.READ)
    lines: Any = SlugOf(
        slug_field="slug", many=True, required=False, queryset=BusinessLine.objects.none()
    )
    days = serializers.IntegerField(min_value=1, default=90)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            seen = BusinessLine.objects.visible_to(request.user)
            fields["lines"].child_relation.queryset = seen  # type: ignore[attr-defined]
        return fields


class NewServiceTokenSerializer(NewTokenSerializer):
    """A new service; the role decides what it may change."""

    role = serializers.ChoiceField(choices=Role.choices, required=False, default="")


class TokenNameSerializer(serializers.Serializer[Any]):
    """Another name."""

    name = serializers.CharField(max_length=80)


class Tokens(GenericAPIView):
    """One's own tokens, newest first; a new one, whose secret is answered this once."""

    queryset = ApiToken.objects.none()
    serializer_class = TokenSerializer
    everybody = False

    def get_queryset(self) -> QuerySet[Any]:
        return tokens_for(self.request.user, everybody=self.everybody).order_by("-id")

    @extend_schema(responses=TokenSerializer(many=True))
    def get(self, request: Request) -> Response:
        page = self.paginate_queryset(self.get_queryset()) or []
        return self.get_paginated_response(TokenSerializer(token_rows(page), many=True).data)

    @extend_schema(request=NewTokenSerializer, responses={201: MadeTokenSerializer})
    def post(self, request: Request) -> Response:
        return self.made(request, NewTokenSerializer, make_personal_token)

    def made(self, request: Request, shape: type[NewTokenSerializer], make: Any) -> Response:
        told = shape(data=request.data, context={"request": request})
        told.is_valid(raise_exception=True)
        token, secret = make(actor=signed_in(request), **told.validated_data)
        shown = TokenSerializer(token_rows([token])[0]).data
        headers = {"Cache-Control": "no-store", "Location": f"{request.path}{token.pk}/"}
        return Response({**shown, "secret": secret}, status=CREATED, headers=headers)


class OneToken(GenericAPIView):
    """One of one's own tokens: read, rename, revoke."""

    queryset = ApiToken.objects.none()
    serializer_class = TokenSerializer
    everybody = False

    def token(self, pk: int) -> ApiToken:
        return get_object_or_404(tokens_for(self.request.user, everybody=self.everybody), pk=pk)

    @extend_schema(responses=TokenSerializer)
    def get(self, request: Request, pk: int) -> Response:
        return Response(TokenSerializer(token_rows([self.token(pk)])[0]).data)

    @extend_schema(request=TokenNameSerializer, responses=TokenSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        told = TokenNameSerializer(data=request.data)
        told.is_valid(raise_exception=True)
        rename_token(actor=signed_in(request), token=self.token(pk), **told.validated_data)
        return Response(TokenSerializer(token_rows([self.token(pk)])[0]).data)

    @extend_schema(responses={204: None})
    def delete(self, request: Request, pk: int) -> Response:
        revoke_token(actor=signed_in(request), token=self.token(pk))
        return Response(status=NO_CONTENT)


class Administering:
    """For administrators; others are told so."""

    everybody = True

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        super().initial(request, *args, **kwargs)  # type: ignore[misc]
        if not is_admin(request.user):
            raise NotYours("Tokens of services and of other people are an administrator’s.")


class ServiceTokens(Administering, Tokens):
    """Tokens of services and of everybody; a new service."""

    @extend_schema(request=NewServiceTokenSerializer, responses={201: MadeTokenSerializer})
    def post(self, request: Request) -> Response:
        return self.made(request, NewServiceTokenSerializer, make_service_token)


class OneServiceToken(Administering, OneToken):
    """One token of a service or of anybody."""
