"""YAML as plain text: maps, lists and strings only, no types, no aliases, a limit on size.

Every value stays as written ("0940", "no", "2019-13-01"); what it means is decided by those
who know the field.
"""

from typing import Any

import yaml

from rfc.importing.text import Unreadable

MOST_CHARS = 64_000
Value = str | list[Any] | dict[str, Any]


class _PlainLoader(yaml.BaseLoader):
    """Refuses aliases: they are how a small file becomes a huge one."""

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            event: Any = self.peek_event()  # type: ignore[no-untyped-call]
            raise yaml.composer.ComposerError(
                None, None, "aliases (*name) are not read", event.start_mark
            )
        return super().compose_node(parent, index)


def read_yaml(text: str, name: str) -> dict[str, Value]:
    """The map this YAML holds; keys as written."""
    if len(text) > MOST_CHARS:
        raise Unreadable(f"{name} is longer than {MOST_CHARS:,} characters.")
    try:
        value = yaml.load(text, Loader=_PlainLoader)  # noqa: S506 a BaseLoader: strings only
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise Unreadable(f"{name} is not valid YAML: line {line}, {error.problem}.") from error
    except (yaml.YAMLError, RecursionError, ValueError, TypeError) as error:
        raise Unreadable(f"{name} is not valid YAML that can be read safely.") from error
    if not isinstance(value, dict):
        raise Unreadable(f"{name} does not hold named values.")
    return {str(key): item for key, item in value.items()}
