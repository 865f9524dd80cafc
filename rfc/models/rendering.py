"""The work of turning a large revision into HTML outside the request."""

from django.db import models

from config.due.models import DueRow
from rfc.models.revision import Revision
from rfc.text import rendering


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
        """Render and store; only the three columns that may be rendered anew change."""
        rendered = rendering.render(self.revision.body)
        self.renew()
        Revision.objects.filter(pk=self.revision_id).update(
            html=rendered.html, toc=rendered.toc_data(), renderer_version=rendered.version
        )
