"""The API of superiors by name."""

from typing import Any

from django.shortcuts import get_object_or_404
from drf_spectacular.utils import extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from accounts.actions import set_superiors
from accounts.api.serializers import PersonRef
from accounts.identity import signed_in
from accounts.models import Person, ReportsTo
from config.rest.related import IdOf


class SuperiorsSerializer(serializers.ModelSerializer[ReportsTo]):
    """To whom somebody reports, by name; null where nobody is named."""

    divisional = PersonRef(allow_null=True)
    functional = PersonRef(allow_null=True)

    class Meta:
        model = ReportsTo
        fields = ("divisional", "functional")


class SuperiorsWrite(serializers.Serializer[Any]):
    """A person's id for one line of reporting or both; null names nobody."""

    divisional: Any = IdOf(queryset=Person.objects.none(), required=False, allow_null=True)
    functional: Any = IdOf(queryset=Person.objects.none(), required=False, allow_null=True)

    def get_fields(self) -> dict[str, Any]:
        fields = super().get_fields()
        if request := self.context.get("request"):
            for field in fields.values():
                field.queryset = Person.objects.visible_to(request.user).active()  # type: ignore[attr-defined]
        return fields


class Superiors(APIView):
    """To whom somebody reports by name; a circle is refused."""

    def find(self) -> Person:
        found: Person = get_object_or_404(
            Person.objects.visible_to(self.request.user), pk=self.kwargs["pk"]
        )
        return found

    @extend_schema(responses=SuperiorsSerializer)
    def get(self, request: Request, pk: int) -> Response:
        person = self.find()
        rows = ReportsTo.objects.select_related("divisional", "functional")
        row = rows.filter(person=person).first() or ReportsTo(person=person)
        return Response(SuperiorsSerializer(row).data)

    @extend_schema(request=SuperiorsWrite, responses=SuperiorsSerializer)
    def patch(self, request: Request, pk: int) -> Response:
        person = self.find()
        given = SuperiorsWrite(data=request.data, context={"request": request})
        given.is_valid(raise_exception=True)
        row = set_superiors(actor=signed_in(request), person=person, **given.validated_data)
        return Response(SuperiorsSerializer(row).data)
