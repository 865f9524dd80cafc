"""How initiatives look in the API: rows, one, and what may be sent. Shape only."""

from typing import Any, ClassVar

from django.utils.functional import cached_property
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from accounts.models import BusinessLine, Person, Team
from config.rest.related import IdOf, SlugOf
from initiatives.models import Initiative, InitiativeComment, InitiativeWaiver, Source
from initiatives.phases import words
from kpis.models import KPI


@extend_schema_field(
    {
        "type": "object",
        "required": ["id", "name"],
        "properties": {"id": {"type": "integer"}, "name": {"type": "string"}},
    }
)
class PersonField(serializers.Field[Any, Any, Any, Any]):
    """A person as id and name; read only."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(read_only=True, **kwargs)

    def to_representation(self, value: Person) -> dict[str, Any]:
        return {"id": value.pk, "name": value.name}


class RowSerializer(serializers.ModelSerializer[Initiative]):
    """One initiative in a list."""

    key = serializers.CharField(read_only=True)
    phase_label = serializers.SerializerMethodField()
    source: Any = SlugOf(slug_field="slug", read_only=True)
    line: Any = SlugOf(slug_field="slug", read_only=True)
    owner = PersonField(allow_null=True)
    requester = PersonField()
    href = serializers.CharField(source="get_absolute_url", read_only=True)

    class Meta:
        model = Initiative
        fields: Any = (
            "key",
            "title",
            "phase",
            "phase_label",
            "source",
            "line",
            "owner",
            "requester",
            "deadline_date",
            "snoozed_until",
            "score",
            "score_missing",
            "state_entered_at",
            "created_at",
            "row_version",
            "flow_version",
            "href",
        )
        read_only_fields = fields

    def get_phase_label(self, row: Initiative) -> str:
        return words(row.phase)


class TouchedLineSerializer(serializers.Serializer[Any]):
    """A line it touches and that line's answer."""

    line = serializers.CharField(source="line.slug")
    answer = serializers.CharField()
    note = serializers.CharField()
    answered_at = serializers.DateTimeField(allow_null=True)


class InitiativeSerializer(RowSerializer):
    """One initiative whole."""

    designer = PersonField(allow_null=True)
    tpm = PersonField(allow_null=True)
    team: Any = SlugOf(slug_field="slug", read_only=True)
    lines = TouchedLineSerializer(many=True, read_only=True)
    duplicate_of = serializers.CharField(source="duplicate_of.key", default=None, read_only=True)
    hoped_kpi = serializers.CharField(source="hoped_kpi.key", default=None, read_only=True)

    class Meta(RowSerializer.Meta):
        fields: Any = (
            *RowSerializer.Meta.fields,
            "problem",
            "affected",
            "source_fields",
            "designer",
            "tpm",
            "team",
            "lines",
            "hoped_kpi",
            "duplicate_of",
            "duplicates_checked_at",
            "parked_from",
            "no_design_reason",
        )
        read_only_fields = fields


class Slugs(serializers.Serializer[Any]):
    """Fields that name other rows by slug or key, among what the caller may see."""

    source: Any = SlugOf(slug_field="slug", queryset=Source.objects.filter(active=True))
    line = SlugOf(
        slug_field="slug", queryset=BusinessLine.objects.all(), required=False, allow_null=True
    )
    hoped_kpi = SlugOf(
        slug_field="number", queryset=KPI.objects.all(), required=False, allow_null=True
    )

    @cached_property
    def person(self) -> Any:
        return self.context["request"].user


class ProposeSerializer(Slugs):
    """A new request: problem, who has it, source; the rest may come later."""

    problem = serializers.CharField(max_length=20_000)
    affected = serializers.CharField(max_length=500)
    title = serializers.CharField(max_length=200, required=False, allow_blank=True)
    deadline_date = serializers.DateField(required=False, allow_null=True)
    source_fields = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False
    )


class EditSerializer(Slugs):
    """Fields to change; what is left out stays."""

    title = serializers.CharField(max_length=200, required=False)
    problem = serializers.CharField(max_length=20_000, required=False)
    affected = serializers.CharField(max_length=500, required=False, allow_blank=True)
    source: Any = SlugOf(
        slug_field="slug", queryset=Source.objects.filter(active=True), required=False
    )
    team = SlugOf(slug_field="slug", queryset=Team.objects.all(), required=False, allow_null=True)
    deadline_date = serializers.DateField(required=False, allow_null=True)
    source_fields = serializers.DictField(
        child=serializers.CharField(allow_blank=True), required=False
    )


class CommentSerializer(serializers.ModelSerializer[InitiativeComment]):
    """A remark."""

    author = PersonField()
    answers = IdOf(
        source="parent", queryset=InitiativeComment.objects.all(), required=False, allow_null=True
    )
    line: Any = SlugOf(
        slug_field="slug", queryset=BusinessLine.objects.all(), required=False, allow_null=True
    )

    class Meta:
        model = InitiativeComment
        fields = ("id", "author", "text", "at", "answers", "line", "edited_at", "resolved_at")
        read_only_fields = ("id", "author", "at", "edited_at", "resolved_at")


class WaiverSerializer(serializers.ModelSerializer[InitiativeWaiver]):
    """A waiver of one gate; sent: gate, reason, expires_date, follow_up_owner (a person's id)."""

    granted_by = PersonField()
    in_force = serializers.BooleanField(read_only=True)
    follow_up_owner = IdOf(queryset=Person.objects.get_queryset().active())

    class Meta:
        model = InitiativeWaiver
        fields = (
            "id",
            "gate",
            "reason",
            "granted_by",
            "granted_at",
            "expires_date",
            "follow_up_owner",
            "withdrawn_at",
            "in_force",
        )
        read_only_fields = ("id", "granted_at", "withdrawn_at")


class LikenessSerializer(serializers.Serializer[Any]):
    """A likely duplicate and why it is one."""

    key = serializers.CharField()
    title = serializers.CharField()
    phase = serializers.CharField()
    alike = serializers.FloatField()
    reason = serializers.CharField()
    href = serializers.CharField()


class SeatSerializer(serializers.Serializer[Any]):
    """Who takes a seat: a person's id, or null for nobody."""

    person = IdOf(queryset=Person.objects.get_queryset().active(), allow_null=True)


class NameLineSerializer(serializers.Serializer[Any]):
    """A further line, by its slug."""

    line = SlugOf(slug_field="slug", queryset=BusinessLine.objects.all())


class QuestionSerializer(serializers.Serializer[Any]):
    """A question of a source; without a name it is a new one and gets a name after its label."""

    name = serializers.CharField(required=False, default="", max_length=60)
    label = serializers.CharField(max_length=120)  # type: ignore[assignment]  # DRF has its own
    kind = serializers.ChoiceField(choices=("text", "long", "date", "number"), default="text")
    help = serializers.CharField(required=False, default="", allow_blank=True, max_length=200)


class SourceSerializer(serializers.ModelSerializer[Source]):
    """A source with its own questions and its evidence rule."""

    fields = QuestionSerializer(many=True)  # type: ignore[assignment]  # the model calls it so

    class Meta:
        model = Source
        fields = ("slug", "name", "rule", "icon", "fields", "mandatory_lane", "active")
        read_only_fields = ("slug",)
        extra_kwargs: ClassVar[dict[str, Any]] = {"rule": {"required": True}}
