"""First migrations make many tables that refer to each other; this makes them in one go.

Django renders the state anew after every single CreateModel, and every model here refers to
people, so each rendering touches nearly all of them: a hundred tables took a minute. Grouped, the
state is rendered once per group. The tables are the same.
"""

from itertools import groupby
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class CreateTogether(Operation):
    """Several CreateModel operations whose tables do not need each other's intermediate state."""

    def __init__(self, operations: list[Operation]) -> None:
        self.operations = operations

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        state.__dict__.pop("apps", None)
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in self.operations:
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,
    ) -> None:
        for operation in reversed(self.operations):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self) -> str:
        return f"Create {len(self.operations)} models"


class GroupedMigration(migrations.Migration):
    """A migration whose consecutive CreateModel operations are done together."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped: list[Operation] = []
        for creates, run in groupby(self.operations, _creates):
            together = list(run)
            grouped.extend([CreateTogether(together)] if creates else together)
        vars(self)["operations"] = grouped


def _creates(operation: Operation) -> bool:
    return isinstance(operation, migrations.CreateModel)
