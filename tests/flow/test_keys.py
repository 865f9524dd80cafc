"""Keys for people: read in any case and with any tail; numbers are handed out once."""

import pytest

from config.flow.keys import next_number, number_of


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("INI-12", 12),
        ("ini-12", 12),
        ("INI-12-instant-settlement", 12),
        (" INI-12 ", 12),
        ("INI-0", None),
        ("INI-012", None),
        ("RFC-12", None),
        ("INI-", None),
        ("twelve", None),
        ("", None),
    ],
)
def test_number_of(text, number):
    assert number_of("INI", text) == number


@pytest.mark.django_db
def test_numbers_follow_each_other_per_prefix():
    first, second = next_number("INI"), next_number("INI")
    assert (second, next_number("RFC") > 0) == (first + 1, True)
