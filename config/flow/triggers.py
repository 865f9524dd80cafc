"""One migration operation for all triggers of an app's first tables.

`pgtrigger.migrations.AddTrigger` makes Django draw up every related model anew per trigger, which
for a fresh database is most of the time. Later triggers use that operation as usual.
"""

from typing import Any

from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState


class InstallTriggers(Operation):
    """Install the triggers that the models of this app declare in their options."""

    reduces_to_sql = True
    reversible = True

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The options of the models say it already."""

    def database_forwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        for (label, _name), model in to_state.models.items():
            if label == app_label:
                for trigger in model.options.get("triggers", ()):
                    # No parameters: the text of a trigger may hold percent signs.
                    schema_editor.execute(trigger.install_sql, params=None)

    def database_backwards(
        self, app_label: str, schema_editor: Any, from_state: ProjectState, to_state: ProjectState
    ) -> None:
        """The tables go next, and their triggers with them."""

    def describe(self) -> str:
        return "Install the triggers of these tables"
