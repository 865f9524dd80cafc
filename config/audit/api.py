"""The trail through the API: the page's filters, for the page's readers."""

from typing import Any

from rest_framework import serializers
from rest_framework.generics import ListAPIView

from config.audit.filters import EntryFilter
from config.audit.models import Entry
from config.audit.views import only_readers


class EntrySerializer(serializers.ModelSerializer[Entry]):
    """One change; `chain` seals it and everything before it."""

    table = serializers.CharField(source="shape.table")

    class Meta:
        model = Entry
        fields = (
            "position",
            "at",
            "kind",
            "table",
            "row_id",
            "object_id",
            "actor_id",
            "request",
            "sealed_at",
            "row_digest",
            "chain",
        )


class Audit(ListAPIView[Entry]):
    """Changes, newest first."""

    serializer_class = EntrySerializer
    filterset_class = EntryFilter
    queryset = Entry.objects.none()

    def get_queryset(self) -> Any:
        only_readers(self.request.user)
        found = Entry.objects.visible_to(self.request.user).select_related("shape")
        return found.order_by("-position")
