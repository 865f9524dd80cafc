"""Places of the organisation can be closed; they are never deleted."""

from config.flow.visibility import VisibleQuerySet


class PlaceQuerySet(VisibleQuerySet):
    """Lines, teams and sub-teams."""

    def open(self) -> "PlaceQuerySet":
        """Those that take people and work."""
        return self.filter(closed_at=None)
