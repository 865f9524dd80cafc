"""Writes the pinned figures of the token file anew: `python -m tests.laws.pin_tokens`."""

import json

from tests.laws.test_tokens import COLOURS, PINNED, figures

if __name__ == "__main__":
    lines = (f'  "{name}": {json.dumps(row)}' for name, row in figures(COLOURS).items())
    PINNED.write_text("{\n" + ",\n".join(lines) + "\n}\n")
