"""Which database this installation works in. A copy of it is another database and sends nothing."""

from typing import Any, ClassVar

from django.db import models
from django.db.models.functions import Now


class Installation(models.Model):
    """The one row: the server and database whose due work is done. See `config.due.hold`."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    server = models.CharField(max_length=40)
    database = models.CharField(max_length=40)
    since = models.DateTimeField(db_default=Now())

    objects: ClassVar[Any] = models.Manager()

    class Meta:
        constraints = (
            models.CheckConstraint(condition=models.Q(id=1), name="installation_is_one"),
        )

    def __str__(self) -> str:
        return f"{self.server}/{self.database}"
