"""How an app hooks its changes in: once per model, whatever door the change came through.

Receivers run in the transaction of the change, so that the change and its deliveries are one.
"""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Model
from django.db.models.signals import post_save

from config.flow.asking import one_reading
from config.flow.signals import step_taken


def on_created(model: type[Model], say: Callable[[Any], None]) -> None:
    """Call `say(row)` for every new row of a model; rows loaded from a file are not new."""

    def created(instance: Any, created: bool, raw: bool, **_more: Any) -> None:
        if created and not raw:
            say(instance)

    post_save.connect(created, sender=model, weak=False, dispatch_uid=f"tell.{model._meta.label}")


def say_created(rows: Iterable[Model]) -> None:
    """Tell of rows written many at once, which say nothing themselves. Who wants to hear of them
    is read once: nothing else is written meanwhile.
    """
    with one_reading(afresh=True):
        for row in rows:
            post_save.send(
                sender=type(row), instance=row, created=True, raw=False, using=row._state.db
            )


def on_step(model: type[Model], say: Callable[[Any, Any], None]) -> None:
    """Call `say(row, record)` for every step the doorman took with a row of a model."""

    def taken(subject: Any, record: Any, **_more: Any) -> None:
        say(subject, record)

    step_taken.connect(taken, sender=model, weak=False, dispatch_uid=f"tell.{model._meta.label}")


def moved(record: Any) -> dict[str, Any]:
    """What is told of a step: its name and the states; the note stays here."""
    return {"step": record.step, "from": record.from_state, "to": record.to_state}
