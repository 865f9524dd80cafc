"""A receiver of webhooks as a process of its own: how it answers is named by the path.

Every message it takes in is a line of JSON in the file named first. Prints its port.
"""

import json
import sys
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

LOG = sys.argv[1]
HUGE = 300 * 1024 * 1024


class Receiver(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers["Content-Length"]))
        told = {"path": self.path, "headers": dict(self.headers), "body": body.decode()}
        with open(LOG, "a") as log:
            log.write(json.dumps(told) + "\n")
        getattr(self, f"on_{self.path.strip('/').split('/')[0]}")()

    def answer(self, status, **headers):
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()

    def on_ok(self):
        self.answer(204)

    def on_500(self):
        self.answer(500)

    def on_410(self):
        self.answer(410)

    def on_redirect(self):
        self.answer(302, Location="/ok")

    def on_busy(self):
        self.answer(429, Retry_After="600")

    def on_slow(self):
        time.sleep(30)

    def on_drip(self):
        self.wfile.write(b"HTTP/1.1 200 OK\r\n")
        for number in range(300):
            self.wfile.write(f"X-{number}: y\r\n".encode())
            self.wfile.flush()
            time.sleep(0.1)

    def on_closed(self):
        self.connection.close()

    def on_huge(self):
        self.answer(200, Content_Length=str(HUGE))
        for _ in range(HUGE // 1_000_000):
            self.wfile.write(b"x" * 1_000_000)

    def log_message(self, *args):
        """Quiet."""


server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
sys.stdout.write(f"{server.server_port}\n")
sys.stdout.flush()
server.serve_forever()
