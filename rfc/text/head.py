"""The head of an RFC taken away as Markdown, and taking it off again, byte for byte.

`parted(headed(facts, body))` gives the facts and the very same body. Pure.
"""

import re
from dataclasses import dataclass, field
from typing import Any

from rfc.importing.plainyaml import read_yaml

_HEAD = re.compile(r"\A---\n(?P<yaml>(?:.*\n)*?)---\n\n?")
_ESCAPED = {"\\": "\\\\", '"': '\\"', "\n": " "}
# What YAML does not take as it is: control characters and its other line ends.
_UNPRINTABLE = re.compile(
    r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]"
)


@dataclass(frozen=True, slots=True)
class Parted:
    """A text and what its head says. Without a head of ours `facts` is empty."""

    body: str
    facts: dict[str, str] = field(default_factory=dict)


def headed(facts: dict[str, Any], body: str) -> str:
    """The body below a head another tool can read. Empty facts are left out."""
    lines = [f"{name}: {_scalar(value)}" for name, value in facts.items() if value not in ("", 0)]
    return "---\n" + "\n".join(lines) + "\n---\n\n" + body


def parted(text: str) -> Parted:
    """The body without our head. A head that names no RFC belongs to the text and stays.

    Raises Unreadable where a head names an RFC but is no YAML.
    """
    found = _HEAD.match(text)
    if found is None or not re.search(r"^rfc:", found["yaml"], re.MULTILINE):
        return Parted(text)
    values = read_yaml(found["yaml"], "The head")
    facts = {name: str(value) for name, value in values.items()}
    return Parted(text[found.end() :], facts)


def _scalar(value: Any) -> str:
    if isinstance(value, int):
        return str(value)
    text = "".join(_ESCAPED.get(char, char) for char in str(value))
    return '"' + _UNPRINTABLE.sub(lambda m: f"\\u{ord(m[0]):04x}", text) + '"'
