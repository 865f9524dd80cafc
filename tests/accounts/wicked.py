"""An OIDC provider that answers whatever a test tells it to: a server of its own, real tokens."""

import json
import threading
import time
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt
from cryptography.hazmat.primitives.asymmetric import rsa


def key_pair():
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


class Wicked:
    """What the provider says; a test changes one thing of it."""

    def __init__(self, address):
        self.address, self.issuer, self.algorithm = address, address, "RS256"
        self.key = self.signing_key = key_pair()
        # What the id token says beside, or instead of, what is right; None leaves a claim out.
        self.claims, self.userinfo, self.sends_token = {}, {"sub": "known"}, True
        self.kid = "one"

    def answer(self, path):
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return {
            "/.well-known/openid-configuration": {
                "issuer": self.issuer,
                "authorization_endpoint": f"{self.address}/authorize",
                "token_endpoint": f"{self.address}/token",
                "userinfo_endpoint": f"{self.address}/userinfo",
                "jwks_uri": f"{self.address}/keys",
            },
            "/keys": {"keys": [{**public, "kid": "one", "alg": "RS256"}]},
            "/userinfo": {
                "email": "engineer@example.com",
                "email_verified": True,
                **self.userinfo,
            },
            "/token": {"access_token": "a", "token_type": "Bearer"},
        }[path]

    def ask(self, authorize_url):
        """What the browser brings along; answers the way back."""
        asked = {k: v[0] for k, v in parse_qs(urlsplit(authorize_url).query).items()}
        self.asked = asked
        return f"{urlsplit(asked['redirect_uri']).path}?code=c&state={asked['state']}"

    def token(self):
        right = {
            "iss": self.address,
            "aud": "gateline",
            "sub": "known",
            "nonce": self.asked.get("nonce"),
            "exp": int(time.time()) + 300,
        }
        told = {k: v for k, v in {**right, **self.claims}.items() if v is not None}
        key = {"HS256": "a" * 32, "none": None}.get(self.algorithm, self.signing_key)
        return jwt.encode(
            told, key, algorithm=self.algorithm, headers={"kid": self.kid} if self.kid else {}
        )


@contextmanager
def wicked_provider():
    """One that is well-behaved until it is told otherwise."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self):
            told = provider.answer(self.path)
            if self.path == "/token" and provider.sends_token:
                told["id_token"] = provider.token()
            body = json.dumps(told).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def do_POST(self):
            self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answers)
    provider = Wicked(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield provider
    finally:
        server.shutdown()
        server.server_close()
