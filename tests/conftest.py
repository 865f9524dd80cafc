"""Fixtures every test may ask for."""

import socket

import pytest
from django.test import Client
from rest_framework.test import APIClient

from accounts.actions import make_personal_token
from tests.cast import Cast, build_cast
from tests.chromium import chromium  # noqa: F401 - a fixture


@pytest.fixture
def cast(db) -> Cast:
    """The shared cast; see tests/cast.py."""
    return build_cast()


@pytest.fixture
def as_():
    """`as_(person)`: a fresh browser in which that person is signed in."""

    def sign_in(person=None) -> Client:
        browser = Client()
        if person is not None:
            browser.force_login(person)
        return browser

    return sign_in


@pytest.fixture
def api_as():
    """`api_as(person)`: an API client that acts as that person."""

    def sign_in(person=None) -> APIClient:
        caller = APIClient()
        if person is not None:
            caller.force_authenticate(person)
        return caller

    return sign_in


@pytest.fixture
def api_with():
    """`api_with(person, scope, lines)`: an API client that signs in with a token of its own."""

    def sign_in(person, scope="write", lines=()) -> APIClient:
        secret = make_personal_token(
            actor=person, name="A script", scope=scope, lines=lines, days=1
        )[1]
        caller = APIClient()
        caller.credentials(HTTP_AUTHORIZATION=f"Bearer {secret}")
        return caller

    return sign_in


@pytest.fixture
def broker_out_of_reach(monkeypatch):
    """Any connection Python itself opens fails the test; the database's own library still may."""

    def refuse(self, address):
        pytest.fail(f"A request tried to reach {address}")

    monkeypatch.setattr(socket.socket, "connect", refuse)
