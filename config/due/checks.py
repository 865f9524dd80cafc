"""System checks of due rows; they run with every management command."""

from typing import Any

from django.apps import apps
from django.core.checks import CheckMessage, Error, register

from config.due.models.row import DueRow


@register("models")
def due_rows_keep_their_meta(**_: Any) -> list[CheckMessage]:
    """A due row without the bell, the claim index or the constraints would be lost silently."""
    return [
        Error(
            f"{model._meta.label} does not inherit DueRow.Meta.",
            hint="Write `class Meta(DueRow.Meta): abstract = False` and extend its tuples.",
            obj=model,
            id="due.E001",
        )
        for model in apps.get_models()
        if issubclass(model, DueRow) and not _complete(model)
    ]


def _complete(model: type[DueRow]) -> bool:
    names = {c.name for c in model._meta.constraints} | {i.name for i in model._meta.indexes}
    name = model._meta.model_name
    triggers = {t.name for t in getattr(model._meta, "triggers", ())}
    needed = {f"{name}_known_due_state", f"{name}_lease_has_token", f"{name}_due"}
    return needed <= names and {"ring_on_insert", "ring_on_update"} <= triggers
