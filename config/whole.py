"""Numbers that come as text: from an address, a form, a header."""

import re


def whole(text: str, digits: int = 9) -> int | None:
    """The number written with so many plain digits at most; None for anything else.

    `isdigit` also takes what `int` refuses (a raised two), and `int` refuses thousands of digits.
    """
    return int(text) if re.fullmatch(f"[0-9]{{1,{digits}}}", text) else None
