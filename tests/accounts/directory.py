"""A directory to test against: a real OIDC provider process, and an identity provider for SAML."""

import base64
import datetime as dt
import json
import socket
import subprocess
import sys
import time
import uuid
import zlib
from contextlib import contextmanager
from urllib.parse import parse_qs, urlsplit

import httpx
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.x509.oid import NameOID
from lxml import etree
from onelogin.saml2.utils import OneLogin_Saml2_Utils

PEOPLE = [
    {"sub": "known", "email": "Engineer@example.com", "email_verified": True, "name": "Eng Ineer"},
    {"sub": "liar", "email": "administrator@example.com", "email_verified": False, "name": "Eve"},
    {
        "sub": "fresh",
        "email": "fresh@example.com",
        "email_verified": True,
        "name": "Fay Fresh",
        "groups": ["gateline-growth", "unmapped"],
    },
    {"sub": "bare", "name": "Without Address"},
    {"sub": "gone", "email": "gone@example.com", "email_verified": True, "groups": []},
]


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def oidc_provider():
    """The address of a provider that is another process."""
    port = free_port()
    claims = [part for one in PEOPLE for part in ("--user-claims", json.dumps(one))]
    program = [sys.executable, "-m", "oidc_provider_mock", "--port", str(port), *claims]
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    child = subprocess.Popen(program, **quiet)
    try:
        _wait(f"http://127.0.0.1:{port}/.well-known/openid-configuration", child)
        yield f"http://127.0.0.1:{port}"
    finally:
        child.terminate()
        child.wait(10)


def _wait(address, child):
    for _ in range(600):
        assert child.poll() is None, "the provider ended"
        try:
            httpx.get(address).raise_for_status()
        except httpx.HTTPError:
            time.sleep(0.1)
        else:
            return
    raise AssertionError("the provider did not start")


def oidc_settings(address, **more):
    app = {
        "provider_id": "company",
        "name": "Harbour Light",
        "client_id": "gateline",
        "secret": "only-for-tests",
        "settings": {"server_url": address, **more},
    }
    return {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}


def agree(authorize_url, sub):
    """What a person does at the provider; answers the address the browser is sent back to."""
    answer = httpx.post(authorize_url, data={"sub": sub})
    assert answer.status_code in (302, 303), answer.text
    back = urlsplit(answer.headers["location"])
    return f"{back.path}?{back.query}"


# SAML

SSO = "https://directory.example/sso"
ENTITY = "https://directory.example/metadata"


def key_and_certificate():
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "directory.example")])
    now = dt.datetime.now(dt.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .sign(key, hashes.SHA256())
    )
    private = key.private_bytes(
        serialization.Encoding.PEM,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    return private.decode(), made.public_bytes(serialization.Encoding.PEM).decode()


def question_id(redirect_url):
    """The id of the question Gateline sent."""
    packed = parse_qs(urlsplit(redirect_url).query)["SAMLRequest"][0]
    return etree.fromstring(zlib.decompress(base64.b64decode(packed), -15)).get("ID")


ANSWER = """<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" ID="_{id}" Version="2.0" IssueInstant="{now}" Destination="{acs}" InResponseTo="{question}"><saml:Issuer>{entity}</saml:Issuer><samlp:Status><samlp:StatusCode Value="urn:oasis:names:tc:SAML:2.0:status:Success"/></samlp:Status>{assertion}</samlp:Response>"""
ASSERTION = """<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" ID="_{id}" Version="2.0" IssueInstant="{now}"><saml:Issuer>{entity}</saml:Issuer><saml:Subject><saml:NameID Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent">{name_id}</saml:NameID><saml:SubjectConfirmation Method="urn:oasis:names:tc:SAML:2.0:cm:bearer"><saml:SubjectConfirmationData NotOnOrAfter="{later}" Recipient="{acs}" InResponseTo="{question}"/></saml:SubjectConfirmation></saml:Subject><saml:Conditions NotBefore="{before}" NotOnOrAfter="{later}"><saml:AudienceRestriction><saml:Audience>{audience}</saml:Audience></saml:AudienceRestriction></saml:Conditions><saml:AuthnStatement AuthnInstant="{now}" SessionIndex="_s"><saml:AuthnContext><saml:AuthnContextClassRef>urn:oasis:names:tc:SAML:2.0:ac:classes:Password</saml:AuthnContextClassRef></saml:AuthnContext></saml:AuthnStatement><saml:AttributeStatement>{attributes}</saml:AttributeStatement></saml:Assertion>"""


def saml_answer(asked, key, certificate, attributes, signing=None, **more):
    """A signed answer of the directory, as the form field a browser carries."""
    now = dt.datetime.now(dt.UTC)
    host = "http://gateline.example/sign-in/saml/company"
    told = {
        "question": asked,
        "entity": ENTITY,
        "acs": f"{host}/acs",
        "audience": f"{host}/metadata",
        "name_id": "person-1",
        "now": f"{now:%Y-%m-%dT%H:%M:%SZ}",
        "before": f"{now - dt.timedelta(minutes=2):%Y-%m-%dT%H:%M:%SZ}",
        "later": f"{now + dt.timedelta(minutes=5):%Y-%m-%dT%H:%M:%SZ}",
        **more,
    }
    spelled = "".join(
        f'<saml:Attribute Name="{name}">'
        + "".join(f"<saml:AttributeValue>{v}</saml:AttributeValue>" for v in values)
        + "</saml:Attribute>"
        for name, values in attributes.items()
    )
    bare = ASSERTION.format(id=uuid.uuid4().hex, attributes=spelled, **told)
    signed = OneLogin_Saml2_Utils.add_sign(bare, key, certificate, **signing or {}) if key else bare
    text = signed.decode() if isinstance(signed, bytes) else signed
    whole = ANSWER.format(id=uuid.uuid4().hex, assertion=text, **told)
    return base64.b64encode(whole.encode()).decode()
