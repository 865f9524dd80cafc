"""The limited process that renders large texts: two seconds, 512 MB, no Django.

Reads one JSON object from standard input, writes one to standard output. Started by
`rendering`; nothing else runs it.
"""

import json
import resource
import sys
from dataclasses import asdict

from rfc.text.conversion import convert


def limit(*, seconds: int, megabytes: int) -> None:
    """Lowers this process' own limits. The kernel ends it past them."""
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))


def main() -> None:
    limit(seconds=int(sys.argv[1]), megabytes=int(sys.argv[2]))
    order = json.load(sys.stdin)
    json.dump(asdict(convert(**order)), sys.stdout)


if __name__ == "__main__":
    main()
