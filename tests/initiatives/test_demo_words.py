"""Whom the texts of the demo name is there: an @ that reaches nobody would tell nobody."""

from pathlib import Path

from accounts.mentions import mentions_in
from initiatives.demo import company

FOLDER = Path(company.__file__).parent


def test_every_name_after_an_at_is_an_address_of_the_demo():
    lines = [row[0] for row in company.LINES]
    staff = [part for _role, part, _names in company.STAFF]
    known = {part for _role, part, _name in (*company.COMPANY, *company.TERMINALS)} | {"admin"}
    known |= {*staff, *(f"{part}.{line}" for part in staff for line in lines[1:])}
    named = {
        name
        for path in FOLDER.glob("*.py")
        for text in path.read_text().splitlines()
        if '"' in text and not text.startswith("@")
        for name in mentions_in(text)
        if not name.startswith(("team/", "role/"))
    }
    assert {"risk", "bl.savings", "tpm"} <= named
    assert named <= known
