"""Shapes of the API of RFCs."""

from typing import Any

from django.core.exceptions import ValidationError as FormError
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import BusinessLine, Person
from config.rest.related import IdOf, SlugOf
from rfc.filters import FUNCTIONS
from rfc.forms import initiative_named
from rfc.models import RFC, Position, Revision, RFCTemplate, Stance
from rfc.queries.decided import still_needed_things
from rfc.required import FLAGS
from rfc.standing import standing
from rfc.text.languages import CHOICES as LANGUAGES


@extend_schema_field(OpenApiTypes.INT)
class PersonField(IdOf):
    """A person by id; active people only."""

    def rows(self) -> Any:
        return Person.objects.active()


class NamedPersonSerializer(serializers.ModelSerializer):
    """Who."""

    class Meta:
        model = Person
        fields = ("id", "name")
        read_only_fields = fields


class RFCSerializer(serializers.ModelSerializer):
    """An RFC in a list."""

    key = serializers.CharField(read_only=True)
    state = serializers.CharField(source="phase", read_only=True)
    url = serializers.CharField(source="get_absolute_url", read_only=True)
    author = NamedPersonSerializer(read_only=True)
    line: Any = SlugOf(slug_field="slug", read_only=True)
    initiative = serializers.SerializerMethodField()
    revision = serializers.IntegerField(source="revision_count", read_only=True)

    class Meta:
        model = RFC
        fields = (
            "key",
            "title",
            "state",
            "url",
            "author",
            "line",
            "initiative",
            "revision",
            "summary_problem",
            "decision_asked",
            "window_ends_at",
            "created_date",
            "changed_at",
        )
        read_only_fields = fields

    def get_initiative(self, rfc: RFC) -> str | None:
        return str(rfc.initiative.key) if rfc.initiative else None


class RevisionSerializer(serializers.ModelSerializer):
    """A revision; it never changes."""

    author = NamedPersonSerializer(read_only=True)

    class Meta:
        model = Revision
        fields = (
            "number",
            "title",
            "summary_problem",
            "decision_asked",
            "body",
            "html",
            "toc",
            "note",
            "name",
            "editorial",
            "editorial_reason",
            "changed_sections",
            "author",
            "created_at",
            "content_hash",
        )
        read_only_fields = fields


class FunctionSerializer(serializers.Serializer):
    """How a required function stands on the current text."""

    function = serializers.CharField()
    reason = serializers.CharField()
    state = serializers.CharField()
    changed = serializers.ListField(child=serializers.CharField())
    who = serializers.CharField(source="position.who", allow_null=True, default=None)
    position = serializers.IntegerField(source="position.id", allow_null=True, default=None)


class NeededSerializer(serializers.Serializer):
    """One thing acceptance still lacks."""

    sentence = serializers.CharField()
    link = serializers.CharField()
    mender = serializers.CharField()


class RFCDetailSerializer(RFCSerializer):
    """One RFC with its functions, what it still needs and its draft's version."""

    decider = NamedPersonSerializer(read_only=True)
    co_authors = NamedPersonSerializer(many=True, read_only=True)
    functions = serializers.SerializerMethodField()
    needed = serializers.SerializerMethodField()
    unpublished_edits = serializers.BooleanField(source="has_unpublished_edits", read_only=True)
    superseded_by = serializers.CharField(source="superseded_by.key", default=None, read_only=True)

    class Meta(RFCSerializer.Meta):
        fields: Any = (
            *RFCSerializer.Meta.fields,
            "decider",
            "flags",
            "stands_alone_reason",
            "language",
            "template",
            "template_reason",
            "co_authors",
            "functions",
            "needed",
            "unpublished_edits",
            "superseded_by",
            "review_opened_at",
            "expiry_warned_at",
            "flow_version",
            "row_version",
        )
        read_only_fields: Any = fields

    def get_functions(self, rfc: RFC) -> list[dict[str, Any]]:
        return list(FunctionSerializer(standing(rfc), many=True).data)

    def get_needed(self, rfc: RFC) -> list[dict[str, Any]]:
        return list(NeededSerializer(still_needed_things(rfc), many=True).data)


def named_initiative(serializer: Any, key: str) -> Any:
    """The initiative of a key the caller may see."""
    try:
        return initiative_named(key, serializer.context["request"].user)
    except FormError as error:
        raise serializers.ValidationError(error.messages) from error


class BesideSerializer(serializers.Serializer):
    """What stands beside the text of a new RFC."""

    initiative = serializers.CharField(required=False, allow_blank=True, default="")
    line = SlugOf(
        slug_field="slug", queryset=BusinessLine.objects.all(), required=False, allow_null=True
    )
    stands_alone_reason = serializers.CharField(required=False, allow_blank=True, max_length=400)
    flags = serializers.MultipleChoiceField(choices=list(FLAGS), required=False)
    template = IdOf(
        queryset=RFCTemplate.objects.filter(current=True), required=False, allow_null=True
    )

    def validate_initiative(self, key: str) -> Any:
        return named_initiative(self, key)


class NewSerializer(BesideSerializer):
    """What an RFC starts with."""

    title = serializers.CharField(max_length=255)
    summary_problem = serializers.CharField(required=False, allow_blank=True, max_length=400)
    decision_asked = serializers.CharField(required=False, allow_blank=True, max_length=400)
    body = serializers.CharField(required=False, trim_whitespace=False)


class DetailsSerializer(serializers.Serializer):
    """What stands beside the text; `language` "" has it detected."""

    initiative = serializers.CharField(allow_blank=True)
    stands_alone_reason = serializers.CharField(allow_blank=True, max_length=400)
    decider = PersonField(allow_null=True)
    co_authors = PersonField(many=True)
    flags = serializers.MultipleChoiceField(choices=list(FLAGS))
    language = serializers.ChoiceField(choices=LANGUAGES, allow_blank=True)

    def validate_initiative(self, key: str) -> Any:
        return named_initiative(self, key)


class DraftSerializer(serializers.Serializer):
    """The draft: any of its four texts may be sent alone."""

    title = serializers.CharField(max_length=255, required=False)
    summary_problem = serializers.CharField(max_length=400, required=False, allow_blank=True)
    decision_asked = serializers.CharField(max_length=400, required=False, allow_blank=True)
    body = serializers.CharField(required=False, allow_blank=True, trim_whitespace=False)
    base_number = serializers.IntegerField(read_only=True)
    row_version = serializers.IntegerField(read_only=True)
    updated_at = serializers.DateTimeField(read_only=True)


class PublishSerializer(serializers.Serializer):
    """What changed, in a sentence; `editorial` says why nothing that matters did.

    Fingerprints alone decide which approvals still stand, whatever is said here.
    """

    note = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    editorial = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")
    name = serializers.CharField(required=False, allow_blank=True, max_length=80, default="")


class TakePositionSerializer(serializers.Serializer):
    """A position on the revision that was read."""

    function = serializers.ChoiceField(choices=FUNCTIONS)
    stance = serializers.ChoiceField(choices=Stance.choices)
    revision = serializers.IntegerField(min_value=1)
    text = serializers.CharField(required=False, allow_blank=True, default="")
    resolution_owner = PersonField(required=False, allow_null=True, default=None)


class PositionSerializer(serializers.ModelSerializer):
    """A position as it stands on record."""

    person = NamedPersonSerializer(read_only=True)
    revision = serializers.IntegerField(source="revision.number", read_only=True)

    class Meta:
        model = Position
        fields = (
            "id",
            "function",
            "stance",
            "text",
            "revision",
            "person",
            "person_roles",
            "on_behalf_name",
            "at",
            "expires_at",
            "closed_at",
            "closing_note",
        )
        read_only_fields = fields
