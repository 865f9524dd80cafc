"""What every API view of one initiative shares: finding it, checking input, answering."""

from typing import Any, TypeVar

from django.shortcuts import get_object_or_404
from django.utils.functional import cached_property
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from initiatives.models import Initiative

Shape = TypeVar("Shape", bound=serializers.BaseSerializer[Any])


class OfInitiative(APIView):
    """A view below `/api/v1/initiatives/INI-12/`; what one may not see answers 404."""

    request: Request

    @cached_property
    def initiative(self) -> Initiative:
        rows = Initiative.objects.visible_to(self.request.user).select_related("line", "source")
        found: Initiative = get_object_or_404(rows, number=self.kwargs["number"])
        return found

    def told(self, shape: type[Shape]) -> dict[str, Any]:
        """The request's data in the given shape; 422 with a pointer per field otherwise."""
        serializer = shape(data=self.request.data)
        serializer.is_valid(raise_exception=True)
        return dict(serializer.validated_data)

    def answered(self, row: Any, shape: type[Shape], status: int = 201) -> Response:
        """A row in the given shape."""
        return Response(shape(row).data, status=status)
