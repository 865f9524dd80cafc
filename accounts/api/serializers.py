"""What people, lines and teams look like in the API."""

from typing import Any

from rest_framework import serializers

from accounts.models import BusinessLine, Membership, Person, Team
from config.rest.related import SlugOf


class LineRef(serializers.ModelSerializer):
    """A line, named."""

    class Meta:
        model = BusinessLine
        fields = ("slug", "name")


class PersonRef(serializers.ModelSerializer):
    """A person, named."""

    class Meta:
        model = Person
        fields = ("id", "name")


class RoleSerializer(serializers.ModelSerializer):
    """A role held now."""

    line = serializers.SerializerMethodField()
    team: Any = SlugOf(slug_field="slug", read_only=True)

    class Meta:
        model = Membership
        fields = ("role", "line", "team", "acting", "started_at")

    def get_line(self, held: Membership) -> str | None:
        line = held.team.line if held.team else held.line
        return line.slug if line else None


class PersonSerializer(serializers.ModelSerializer):
    """A person with the roles held now."""

    roles = RoleSerializer(source="held", many=True, read_only=True)

    class Meta:
        model = Person
        fields = ("id", "name", "handle", "is_active", "roles")


class MeSerializer(serializers.ModelSerializer):
    """Oneself; name, zone, theme and keys can be changed."""

    roles = serializers.SerializerMethodField()

    class Meta:
        model = Person
        fields = (
            "id",
            "email",
            "name",
            "time_zone",
            "theme",
            "density",
            "letter_keys",
            "is_staff",
            "roles",
        )
        read_only_fields = ("id", "email", "is_staff")

    def get_roles(self, person: Person) -> list[dict[str, Any]]:
        return list(RoleSerializer(person.current_memberships(), many=True).data)


class TeamSerializer(serializers.ModelSerializer):
    """A team of a line."""

    line: Any = SlugOf(slug_field="slug", read_only=True)

    class Meta:
        model = Team
        fields = ("slug", "name", "line", "closed_at")


class TeamRef(serializers.ModelSerializer):
    """A team, named."""

    class Meta:
        model = Team
        fields = ("slug", "name")


class LineSerializer(serializers.ModelSerializer):
    """A line with its teams."""

    teams = TeamRef(many=True, read_only=True)

    class Meta:
        model = BusinessLine
        fields = ("slug", "name", "purpose", "start_up", "time_zone", "closed_at", "teams")
