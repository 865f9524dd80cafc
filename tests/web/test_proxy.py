"""The address of a person behind a proxy: believed from our own proxy only."""

import pytest
from django.http import HttpResponse

from config.web.proxy import ForwardedMiddleware

PROXY = ("HTTP_X_FORWARDED_PROTO", "https")


@pytest.mark.parametrize(
    ("behind", "told", "address"),
    [
        (PROXY, "203.0.113.7", "203.0.113.7"),
        (PROXY, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (PROXY, "2001:db8::1", "2001:db8::1"),
        (PROXY, "nonsense", "127.0.0.1"),
        (PROXY, "203.0.113.7\r\nx: y", "127.0.0.1"),
        (PROXY, "", "127.0.0.1"),
        (None, "203.0.113.7", "127.0.0.1"),
    ],
)
def test_the_last_address_counts_and_only_behind_a_proxy(rf, settings, behind, told, address):
    settings.SECURE_PROXY_SSL_HEADER = behind
    request = rf.get("/", headers={"x-forwarded-for": told} if told else {})
    seen = ForwardedMiddleware(lambda asked: HttpResponse(asked.META["REMOTE_ADDR"]))(request)
    assert seen.content.decode() == address
