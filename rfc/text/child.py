"""The limited process that renders large texts: two seconds, 512 MB, no Django.

Reads one JSON object from standard input, writes one to standard output. Started by
`rendering`; nothing else runs it.
"""

import json
import sys
from dataclasses import asdict

from config.web.child import limited
from rfc.text.conversion import convert


def main() -> None:
    limited()
    order = json.load(sys.stdin)
    json.dump(asdict(convert(**order)), sys.stdout)


if __name__ == "__main__":
    main()
