"""The sockets: HTTP/1.1 with keep-alive, one thread a connection, and bad manners on order."""

import logging
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from initiatives.jira.sandbox.app import Sandbox
from initiatives.jira.sandbox.exchange import Answer, Request

log = logging.getLogger(__name__)
BODY_LIMIT = 50 * 1024 * 1024


class Server(ThreadingHTTPServer):
    daemon_threads = True
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], box: Sandbox) -> None:
        super().__init__(address, Handler)
        self.box = box


class Handler(BaseHTTPRequestHandler):
    """Reads one request, asks the sandbox, sends the answer as its manners say."""

    protocol_version = "HTTP/1.1"
    server_version = "JiraSandbox/1"
    sys_version = ""
    timeout = 120
    disable_nagle_algorithm = True
    server: Server

    def _serve(self) -> None:
        try:
            answer = self.server.box.answer(self._request())
        except Exception:
            log.exception("the sandbox stumbled over %s %s", self.command, self.path)
            answer = Answer(500, {"errorMessages": ["The sandbox itself failed."]})
        self._send(answer)

    do_GET = do_POST = do_PUT = do_DELETE = _serve  # noqa: N815 - names of http.server

    def _request(self) -> Request:
        parts = urlsplit(self.path)
        return Request(
            method=self.command,
            path=parts.path,
            query=dict(parse_qsl(parts.query, keep_blank_values=True)),
            headers={name.title(): value for name, value in self.headers.items()},
            raw=self._body(),
            base=f"http://{self.headers.get('Host', 'localhost')}",
        )

    def _body(self) -> bytes:
        if self.headers.get("Transfer-Encoding", "").lower() == "chunked":
            return b"".join(self._chunks())
        length = int(self.headers.get("Content-Length") or 0)
        return self.rfile.read(min(length, BODY_LIMIT))

    def _chunks(self) -> Any:
        while True:
            length = int(self.rfile.readline().split(b";")[0], 16)
            piece = self.rfile.read(length)
            self.rfile.readline()
            if not length:
                return
            yield piece

    def _send(self, answer: Answer) -> None:
        if answer.manners.get("drop"):
            self.close_connection = True
            return
        raw, huge = answer.encoded(), int(answer.manners.get("huge", 0))
        if "drip_head" in answer.manners:
            self._drip_head(float(answer.manners["drip_head"]))
        self.send_response(answer.status)
        headers = {"Content-Type": "application/json;charset=UTF-8", **answer.headers}
        for name, value in headers.items():
            self.send_header(name, value)
        if answer.status != 204:
            self.send_header("Content-Length", str(huge or len(raw)))
        self._send_rest(answer, raw, huge)

    def _send_rest(self, answer: Answer, raw: bytes, huge: int) -> None:
        if "drip" in answer.manners:
            self._drip(raw, float(answer.manners["drip"]))
            return
        self.end_headers()
        if huge:
            self._pour(huge)
        elif answer.manners.get("truncate"):
            self.wfile.write(raw[: len(raw) // 2])
            self.close_connection = True
        elif answer.status != 204:
            self.wfile.write(raw)

    def _drip_head(self, pause: float) -> None:
        """A head that never ends."""
        for byte in b"HTTP/1.1 200 OK\r\nX-Slow: " + b"." * 600:
            self.wfile.write(bytes([byte]))
            self.wfile.flush()
            time.sleep(pause)

    def _drip(self, raw: bytes, pause: float) -> None:
        """Everything one byte at a time, slow enough to outlast each single read time-out."""
        self.end_headers()
        for number in range(len(raw)):
            self.wfile.write(raw[number : number + 1])
            self.wfile.flush()
            time.sleep(pause)

    def _pour(self, count: int) -> None:
        self.close_connection = True
        while count > 0:
            self.wfile.write(b"x" * min(count, 65_536))
            count -= 65_536

    def handle_one_request(self) -> None:
        """A caller that hangs up is normal here."""
        try:
            super().handle_one_request()
        except (BrokenPipeError, ConnectionResetError, TimeoutError):
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002 - signature of http.server
        log.debug(format, *args)
