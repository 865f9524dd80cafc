"""Teams whom documents name. One that is unknown becomes a line of its own with one team."""

from collections.abc import Iterable

from django.utils.text import slugify

from accounts.models import BusinessLine, Team


def known_teams(
    owning: str, participating: Iterable[str]
) -> tuple[Team | None, list[Team], list[str]]:
    """(owning team, further teams, sentences about teams that were made)."""
    said: list[str] = []
    owner = _team(owning, said) if owning else None
    others: dict[int, Team] = {}
    for name in participating:
        team = _team(name, said)
        if owner is None or team.pk != owner.pk:
            others.setdefault(team.pk, team)
    return owner, list(others.values()), said


def _team(name: str, said: list[str]) -> Team:
    slug = slugify(name)[:50] or "team"
    found: Team | None = Team.objects.select_related("line").filter(slug=slug).first()
    if found:
        return found
    line, _ = BusinessLine.objects.get_or_create(slug=slug, defaults={"name": name[:120]})
    said.append(f"The team “{name}” was not known; it became a line of its own with one team.")
    made: Team = Team.objects.create(line=line, slug=slug, name=name[:120])
    return made
