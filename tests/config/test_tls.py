"""Whom we call proves who it is: a certificate nobody vouches for ends the call."""

import ssl
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import httpx
import pytest

from config import outbound
from tests.accounts.directory import key_and_certificate


@pytest.fixture
def stranger(tmp_path):
    """The port of a server on this machine with a certificate it made itself."""
    place = tmp_path / "both.pem"
    place.write_text("".join(key_and_certificate()))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(place)
    server = ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


def test_a_certificate_of_its_own_making_is_refused(stranger):
    allowed = outbound.parse_allowed([f"127.0.0.1:{stranger}"])
    with (
        outbound.client(allowed) as browser,
        pytest.raises(httpx.ConnectError, match="CERTIFICATE_VERIFY_FAILED"),
    ):
        browser.get(f"https://127.0.0.1:{stranger}/")
