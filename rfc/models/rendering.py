"""The work of turning a large revision into HTML outside the request."""

from django.db import models

from config.due.models import DueRow
from rfc.models.drawing import drawn
from rfc.models.revision import Revision


class Rendering(DueRow):
    """One revision waits for its HTML. May run twice: the result is the same."""

    kind_label = "Rendering of an RFC"

    revision = models.OneToOneField(Revision, on_delete=models.CASCADE, related_name="rendering")

    class Meta(DueRow.Meta):
        abstract = False

    def __str__(self) -> str:
        return self.describe()

    def describe(self) -> str:
        return f"Rendering of {self.revision}"

    def subject_url(self) -> str:
        return self.revision.get_absolute_url()

    def work(self) -> None:
        """Draw and store; only columns that may be drawn anew change."""
        columns = drawn(self.revision.rfc, self.revision.body)
        self.renew()
        Revision.objects.filter(pk=self.revision_id).update(**columns)
