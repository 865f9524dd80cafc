"""Shapes of the API of the review."""

from typing import Any

from rest_framework import serializers

from accounts.models import Person
from rfc.api.serializers import NamedPersonSerializer, PersonField
from rfc.filters import FUNCTIONS
from rfc.models import Delegation


class DiffLineSerializer(serializers.Serializer):
    """A line of a difference; `html` has the changed words in `ins` and `del`."""

    kind = serializers.CharField()
    old = serializers.IntegerField(allow_null=True)
    new = serializers.IntegerField(allow_null=True)
    text = serializers.CharField()
    html = serializers.CharField()
    count = serializers.IntegerField()


class ChangedSectionSerializer(serializers.Serializer):
    """A changed section."""

    heading = serializers.CharField()
    slug = serializers.CharField(source="block.slug")
    kind = serializers.CharField(source="block.kind")
    added = serializers.IntegerField(source="block.added")
    removed = serializers.IntegerField(source="block.removed")
    lines = DiffLineSerializer(source="block.lines", many=True)


class ComparisonSerializer(serializers.Serializer):
    """What changed between two revisions, by section."""

    old = serializers.IntegerField(source="before.number")
    new = serializers.IntegerField(source="after.number")
    old_title = serializers.CharField(source="before.title")
    new_title = serializers.CharField(source="after.title")
    added = serializers.IntegerField()
    removed = serializers.IntegerField()
    sections = ChangedSectionSerializer(many=True)


class ToldSerializer(serializers.Serializer):
    """One person an asked decision is told, and why."""

    person = NamedPersonSerializer()
    why = serializers.ListField(child=serializers.CharField())


class AskedSerializer(serializers.Serializer):
    """Everybody an asked decision is told. Send `listed` back to tell exactly these."""

    told = ToldSerializer(many=True)
    unheld = serializers.ListField(child=serializers.CharField())
    listed = serializers.CharField()
    many = serializers.BooleanField()  # type: ignore[assignment]  # the word is the API\'s


class AskForDecisionSerializer(serializers.Serializer):
    """A decision asked. `many` confirms a long list."""

    note = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    listed = serializers.CharField(required=False, allow_blank=True, allow_null=True, default=None)
    many = serializers.BooleanField(required=False, default=False)  # type: ignore[assignment]  # the word is the API\'s


class LookSerializer(serializers.Serializer):
    """Whom to ask for a look; `publish` makes the draft the revision they read."""

    people = serializers.ListField(child=PersonField(), allow_empty=False)
    note = serializers.CharField(required=False, allow_blank=True, max_length=400, default="")
    publish = serializers.BooleanField(required=False, default=False)


class LooksSerializer(serializers.Serializer):
    """Who is asked to look."""

    people = NamedPersonSerializer(many=True)


class ReaffirmSerializer(serializers.Serializer):
    """Which approval is repeated, on which revision."""

    function = serializers.ChoiceField(choices=FUNCTIONS)
    revision = serializers.IntegerField(min_value=1)


class CloseBlockSerializer(serializers.Serializer):
    """How the block was resolved."""

    note = serializers.CharField()


class RevisionNameSerializer(serializers.Serializer):
    """The name of a revision; empty takes it away."""

    name = serializers.CharField(allow_blank=True, max_length=80)
    revision = serializers.IntegerField(
        required=False, allow_null=True, min_value=1, max_value=2**31 - 1, default=None
    )


class WaitingSectionSerializer(serializers.Serializer):
    """A section that awaits one of the person's functions."""

    rfc = serializers.CharField(source="rfc.key")
    title = serializers.CharField(source="rfc.title")
    section = serializers.CharField()
    slug = serializers.CharField()
    function = serializers.CharField()
    why = serializers.CharField()
    stale = serializers.BooleanField()
    since = serializers.DateTimeField()
    url = serializers.CharField(source="href")
    in_place_of = serializers.CharField()


class DelegationSerializer(serializers.ModelSerializer):
    """Who answers for whom, and until when."""

    person = NamedPersonSerializer(read_only=True)
    delegate = NamedPersonSerializer(read_only=True)

    class Meta:
        model = Delegation
        fields = (
            "id",
            "person",
            "delegate",
            "function",
            "starts_on",
            "ends_on",
            "reason",
            "created_at",
            "ended_at",
        )
        read_only_fields = fields


class NewDelegationSerializer(serializers.Serializer):
    """A function handed over; the last day is included."""

    function = serializers.ChoiceField(choices=FUNCTIONS)
    delegate = PersonField()
    starts_on = serializers.DateField(required=False, allow_null=True, default=None)
    ends_on = serializers.DateField()
    reason = serializers.CharField(required=False, allow_blank=True, max_length=300, default="")

    def validate_delegate(self, person: Any) -> Person:
        return Person.objects.get(pk=person.pk)


class HealthAskedSerializer(serializers.Serializer):
    """What was asked."""

    days = serializers.IntegerField()
    idle = serializers.IntegerField()
    team = serializers.CharField(allow_blank=True)
    line = serializers.CharField(allow_blank=True)


class TeamHealthSerializer(serializers.Serializer):
    """One team; shares are null where too few people stand behind them."""

    team = serializers.CharField(source="slug", allow_blank=True)
    name = serializers.CharField(allow_blank=True)
    answers = serializers.IntegerField(source="first_answers")
    approvals = serializers.IntegerField()
    quick_share = serializers.FloatField(allow_null=True)
    all_approve = serializers.BooleanField(allow_null=True)
    in_review = serializers.IntegerField()
    stale = serializers.IntegerField()
    zombies = serializers.IntegerField()


class FunctionHealthSerializer(serializers.Serializer):
    """One function. Hours are working hours: 24 of each day from Monday to Friday, no holidays."""

    function = serializers.CharField()
    answered = serializers.IntegerField()
    median_hours = serializers.FloatField(allow_null=True)
    open = serializers.IntegerField()
    oldest_hours = serializers.FloatField(allow_null=True)


class ZombieSerializer(serializers.Serializer):
    """An RFC that stands still."""

    rfc = serializers.CharField(source="rfc.key")
    title = serializers.CharField(source="rfc.title")
    state = serializers.CharField(source="rfc.phase")
    moved_at = serializers.DateTimeField()


class ReviewHealthSerializer(serializers.Serializer):
    """How reviews go."""

    asked = HealthAskedSerializer()
    least_people = serializers.IntegerField()
    teams = TeamHealthSerializer(many=True)
    functions = FunctionHealthSerializer(many=True)
    zombies = ZombieSerializer(many=True)
