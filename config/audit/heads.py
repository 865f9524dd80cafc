"""The newest seal, written to a file outside the database: who cuts the end of the chain is seen."""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.conf import settings

from config.audit.sealing import last_seal


def write_head() -> bool:
    """Append position and seal of the newest entry unless the file ends with them already."""
    position, chain = last_seal()
    written = [head["position"] for head in heads()][-1:]
    if not position or written == [position]:
        return False
    path = Path(settings.AUDIT_HEADS)
    path.parent.mkdir(parents=True, exist_ok=True)
    line = {"position": position, "chain": chain, "at": datetime.now(UTC).isoformat()}
    with path.open("a", encoding="utf-8") as file:
        file.write(json.dumps(line) + "\n")
        file.flush()
        os.fsync(file.fileno())
    return True


def heads() -> Iterator[dict[str, Any]]:
    """Every head written so far, oldest first. A line that is no head is told as one at 0."""
    path = Path(settings.AUDIT_HEADS)
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            yield _head(line, number)


def _head(line: str, number: int) -> dict[str, Any]:
    try:
        head = json.loads(line)
        return {"position": int(head["position"]), "chain": str(head["chain"]), "line": number}
    except (ValueError, KeyError, TypeError):
        return {"position": 0, "chain": "", "line": number}
