"""The one way out: allow-list, address rule, resolve once, deadline (T41, T54, T55)."""

import socket
from ipaddress import ip_address, ip_network

import httpcore
import httpx
import pytest

from config import outbound

NOT_PUBLIC = [
    "127.0.0.1",
    "10.1.2.3",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "169.254.169.254",
    "0.0.0.0",
    "224.0.0.1",
    "255.255.255.255",
    "192.0.0.1",
    "192.88.99.1",
    "198.18.0.1",
    "203.0.113.5",
    "::1",
    "::",
    "fe80::1",
    "fc00::1",
    "fd00:ec2::254",
    "ff02::1",
    "::ffff:127.0.0.1",
    "::127.0.0.1",
    "::ffff:169.254.169.254",
    "64:ff9b::a9fe:a9fe",
    "64:ff9b:1::1",
    "2002:7f00:1::",
    "3fff::1",
    "2001:db8::1",
    "fec0::1",
]


@pytest.mark.parametrize("text", NOT_PUBLIC)
def test_addresses_that_are_not_the_open_internet(text):
    assert not outbound.is_public(ip_address(text))


@pytest.mark.parametrize("text", ["8.8.8.8", "104.192.142.19", "2606:4700::1111"])
def test_addresses_that_are(text):
    assert outbound.is_public(ip_address(text))


@pytest.mark.parametrize(
    "text", ["169.254.169.254", "fe80::1", "100.100.100.200", "0.0.0.0", "224.0.0.1"]
)
def test_no_named_network_opens_link_local_or_metadata(text):
    everything = ip_network("::/0") if ":" in text else ip_network("0.0.0.0/0")
    assert not outbound.may_connect(ip_address(text), everything)


def test_a_named_network_opens_itself_only():
    network = ip_network("10.4.0.0/16")
    assert outbound.may_connect(ip_address("10.4.9.9"), network)
    assert not outbound.may_connect(ip_address("10.5.0.1"), network)


ALLOWED = outbound.parse_allowed(
    [
        "site.atlassian.net",
        "*.example.org",
        "127.0.0.1:8081",
        "jira.example.com=10.4.0.0/16",
        "localhost",
    ]
)


@pytest.mark.parametrize(
    "url",
    [
        "https://site.atlassian.net/x",
        "https://a.example.org",
        "http://127.0.0.1:8081/rest",
        "http://jira.example.com",
        "https://jira.example.com:8443",
        "http://localhost:9000",
    ],
)
def test_what_the_allow_list_lets_out(url):
    assert outbound.entry_for(url, ALLOWED)


@pytest.mark.parametrize(
    "url",
    [
        "https://other.atlassian.net",
        "http://site.atlassian.net",
        "https://site.atlassian.net.evil.org",
        "https://a.b.example.org",
        "https://example.org",
        "http://127.0.0.1:8082",
        "http://127.1:8081",
        "http://0x7f.1:8081",
        "http://2130706433:8081",
        "http://①②⑦.0.0.1:8081",
        "https://me:secret@site.atlassian.net",
        "ftp://site.atlassian.net",
        "file:///etc/passwd",
        "https://",
        "nonsense",
        "https://site.atlassian.net:99999",
    ],
)
def test_what_it_keeps_in(url):
    with pytest.raises(outbound.NotAllowedOut):
        outbound.entry_for(url, ALLOWED)


def test_an_empty_list_lets_nothing_out_and_says_who_can_mend_it():
    with pytest.raises(outbound.NotAllowedOut, match="GATELINE_OUTBOUND_HOSTS"):
        outbound.entry_for("https://site.atlassian.net", ())


@pytest.mark.parametrize("entry", [":80", "host=notanet"])
def test_an_unreadable_entry_is_an_error_at_start(entry):
    with pytest.raises(ValueError):
        outbound.parse_allowed([entry])


def resolves_to(monkeypatch, *rounds):
    answers = iter(rounds)

    def look_up(_host, port, **_):
        found = next(answers)
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (each, port)) for each in found]

    monkeypatch.setattr(socket, "getaddrinfo", look_up)


def test_one_private_address_among_several_refuses_the_host(monkeypatch):
    resolves_to(monkeypatch, ["104.192.142.19", "10.0.0.1"])
    with pytest.raises(outbound.NotAllowedOut, match="never connects to"):
        outbound.resolve("site.atlassian.net", 443, None)


def test_the_checked_address_is_the_one_connected_to(monkeypatch):
    """Rebinding: a second look-up would say something else, so there is none."""
    dialled = []
    resolves_to(monkeypatch, ["104.192.142.19"], ["127.0.0.1"])

    def dial(_self, host, _port, *_args, **_kwargs):
        dialled.append(host)
        raise httpcore.ConnectError("not today")

    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", dial)
    with outbound.client(ALLOWED) as client, pytest.raises(httpx.ConnectError):
        client.get("https://site.atlassian.net/")
    assert dialled == ["104.192.142.19"]


def test_a_name_that_leads_inside_is_refused_before_any_socket(monkeypatch):
    resolves_to(monkeypatch, ["169.254.169.254"])
    opened = []
    monkeypatch.setattr(httpcore.SyncBackend, "connect_tcp", lambda *_a, **_k: opened.append(1))
    with outbound.client(ALLOWED) as client, pytest.raises(outbound.NotAllowedOut):
        client.get("https://site.atlassian.net/")
    assert opened == []


def test_no_proxy_of_the_environment_and_no_redirect_is_followed(monkeypatch):
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    with outbound.client(ALLOWED) as client:
        assert not client.follow_redirects
        assert client._mounts == {}
        assert isinstance(client._transport._pool._network_backend, outbound.GuardedBackend)
