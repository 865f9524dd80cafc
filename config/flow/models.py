"""What every stateful row has, and the counters of keys. The doorman's abstract base lives here."""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.db import models
from django.utils import timezone

from config.flow.fsm import state_field
from config.flow.record import StepRecord, Waiver

__all__ = ["KeyCounter", "StatefulModel", "StepRecord", "Waiver"]


class KeyCounter(models.Model):
    """The last number handed out per key prefix."""

    prefix = models.CharField(max_length=5, primary_key=True)
    last = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.prefix}-{self.last}"


class StatefulModel(models.Model):
    """A row that the doorman moves. Concrete models add one StateField and a StepRecord."""

    flow_version = models.PositiveIntegerField(default=0, editable=False)
    state_entered_at = models.DateTimeField(default=timezone.now, editable=False)
    process_version = models.PositiveIntegerField(default=1, editable=False)

    record_model: ClassVar[type[StepRecord]]

    class Meta:
        abstract = True

    @property
    def state(self) -> str:
        """The current state, whatever the field is called."""
        return str(getattr(self, state_field(type(self)).attname))

    def refresh_from_db(self, *args: Any, **kwargs: Any) -> None:
        """A protected state field refuses a second assignment; forget it first."""
        fields = kwargs.get("fields")
        name = state_field(type(self)).attname
        if fields is None or name in fields:
            self.__dict__.pop(name, None)
        super().refresh_from_db(*args, **kwargs)

    def waivers_in_force(self) -> dict[str, Waiver]:
        """Waivers that hold today, by gate name."""
        return {}

    def neighbours(self) -> Iterable[models.QuerySet[Any]]:
        """Rows whose change would change what a gate sees; locked while a step is decided."""
        return ()
