"""Templates in the API: read only; administrators change them where effects are seen."""

from typing import Any

from django.db.models import QuerySet
from rest_framework import generics, serializers

from config.rest.related import SlugOf
from rfc.models import RFCTemplate, TemplateSection


class TemplateSectionSerializer(serializers.ModelSerializer):
    """One section with its question."""

    class Meta:
        model = TemplateSection
        fields = ("heading", "slug", "guidance", "required", "material", "functions")
        read_only_fields = fields


class TemplateSerializer(serializers.ModelSerializer):
    """One version of a template. Without line and source it is for all others."""

    line: Any = SlugOf(slug_field="slug", read_only=True)
    sections = TemplateSectionSerializer(many=True, read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = RFCTemplate
        fields = (
            "id",
            "name",
            "version",
            "current",
            "line",
            "source",
            "note",
            "made_at",
            "url",
            "sections",
        )
        read_only_fields = fields


class _Templates:
    request: Any

    def get_queryset(self) -> QuerySet[RFCTemplate]:
        found: QuerySet[RFCTemplate] = (
            RFCTemplate.objects.visible_to(self.request.user)
            .select_related("line")
            .prefetch_related("sections")
        )
        return found


class Templates(_Templates, generics.ListAPIView):
    """Every version, by name, newest first; `current` marks what new RFCs start from."""

    serializer_class = TemplateSerializer
    filterset_class = None
    ordering = ("name", "-version")
    queryset = RFCTemplate.objects.none()  # what the schema is made from


class OneTemplate(_Templates, generics.RetrieveAPIView):
    """One version."""

    serializer_class = TemplateSerializer
    filterset_class = None
    queryset = RFCTemplate.objects.none()  # what the schema is made from
