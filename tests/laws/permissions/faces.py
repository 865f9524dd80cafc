"""Addresses of the shared faces that belong to no app."""

from tests.laws.permissions import Row

ROWS = [
    Row("api_problem", {"anonymous": 200, "*": 200}, {"slug": "gates-unmet"}),
]
