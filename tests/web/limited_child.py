"""What tests/web/test_child.py starts: it lowers its limits, then does what it was asked to."""

import os
import resource
import sys
import time
from pathlib import Path

from config.web.child import limited


def main() -> None:
    act, *rest = limited()
    order = sys.stdin.buffer.read()
    if act == "spin":
        while True:
            pass
    if act == "limits":
        names = ("RLIMIT_CPU", "RLIMIT_AS", "RLIMIT_CORE", "RLIMIT_FSIZE")
        rest = [resource.getrlimit(getattr(resource, name)) for name in names]
    if act == "eat":
        bytearray(200 << 20)
    if act == "hang":
        time.sleep(60)
    if act == "write":
        Path(rest[0]).write_text("x")
    sys.stdout.write(f"{order.decode()} {sorted(set(os.environ) - {'LC_CTYPE'})} {rest}")
    if act == "fail":
        sys.exit(3)


if __name__ == "__main__":
    main()
