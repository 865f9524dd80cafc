"""Numbers in addresses, forms and headers: what is none is said or passed over, never a fault."""

import pytest

from config.whole import whole
from tests.laws.sources import CODE

NONE = ("²", "٣", "9" * 5000, "-1", "1.0", " 1", "0x1", "")


@pytest.mark.parametrize(("text", "number"), [("0", 0), ("007", 7), ("123456789", 123_456_789)])
def test_plain_digits_are_a_number(text, number):
    assert whole(text) == number


@pytest.mark.parametrize("text", [*NONE, "1234567890"])
def test_anything_else_is_none(text):
    assert whole(text) is None


@pytest.mark.parametrize("text", NONE)
@pytest.mark.parametrize(
    "address",
    [
        "/initiatives?page={}", "/initiatives?view={}", "/initiatives?number={}", "/inbox?n={}",
        "/inbox?undo={}", "/rfcs?q={}", "/rfcs?author={}", "/decisions?q={}", "/search?q={}",
        "/portfolio/collisions?page={}", "/palette.json?q={}", "/intake?at={}",
    ],
)  # fmt: skip
def test_pages_bear_it(address, text, cast, as_):
    assert as_(cast.product_manager).get(address.format(text)).status_code < 500


def test_no_code_asks_whether_a_text_is_made_of_digits_by_a_word_that_int_does_not_share():
    found = [str(path) for path in CODE if ".isdigit()" in path.read_text()]
    assert found == []
