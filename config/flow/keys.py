"""Keys for people (INI-12, RFC-7, KPI-3): numbers without gaps by failure, from a row under lock."""

import re

from django.db import connection

KEY = re.compile(r"^(?P<prefix>[A-Z]{2,5})-(?P<number>[1-9][0-9]{0,8})$")


def next_number(prefix: str) -> int:
    """The next number of a prefix; the counter row stays locked until the transaction ends."""
    return next_numbers(prefix, 1)[0]


def next_numbers(prefix: str, count: int) -> range:
    """The next so many numbers of a prefix, in one statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO flow_keycounter (prefix, last) VALUES (%s, %s) ON CONFLICT (prefix) "
            "DO UPDATE SET last = flow_keycounter.last + EXCLUDED.last RETURNING last",
            [prefix, count],
        )
        last = int(cursor.fetchone()[0])
    return range(last - count + 1, last + 1)


def number_of(prefix: str, text: str) -> int | None:
    """The number in `INI-12` (any case, a readable tail allowed), or None when it is no such key."""
    head = "-".join(text.strip().upper().split("-")[:2])
    match = KEY.match(head)
    return int(match["number"]) if match and match["prefix"] == prefix else None
