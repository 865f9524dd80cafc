"""Large migrations run in a few groups instead of operation by operation.

Django renders the state anew after every single operation, and every model here refers to people,
so each rendering touches nearly all of them: a hundred tables took a minute. In a group the state
is rendered once before and once after. The tables are the same.
"""

from itertools import groupby
from typing import Any

from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.operations.special import RunPython, RunSQL, SeparateDatabaseAndState
from django.db.migrations.state import ProjectState


class Together(Operation):
    """Several operations that do not need each other's intermediate state.

    Each sees the state before all of them and the state after all of them. That holds for tables
    made together, and for columns, indexes, constraints and triggers added, removed or altered, as
    long as no operation of the group undoes or changes what another one did.
    """

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
        return f"Do {len(self.operations)} operations together"


class GroupedMigration(migrations.Migration):
    """A migration whose operations run in groups: tables made in a row, and other changes in a row.

    Operations of one's own (RunPython, RunSQL) stand alone between the groups.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        grouped: list[Operation] = []
        for kind, run in groupby(self.operations, _kind):
            together = list(run)
            grouped.extend(together if kind == ALONE else [Together(together)])
        vars(self)["operations"] = grouped


CREATES, CHANGES, ALONE = "creates", "changes", "alone"


def _kind(operation: Operation) -> str:
    if isinstance(operation, migrations.CreateModel):
        return CREATES
    own = isinstance(operation, (RunPython, RunSQL, SeparateDatabaseAndState))
    return ALONE if own or type(operation).__module__.startswith("config.") else CHANGES
