"""Webhooks out: one signed delivery per change, from a thread of its own; at least once, unordered.

Settings: `url` (empty means off), `secret`, and the bad habits `double`, `reverse`, `lose`.
"""

import hashlib
import hmac
import json
import logging
import queue
import threading
import time
import urllib.error
import urllib.request
import uuid
from dataclasses import dataclass
from typing import Any

log = logging.getLogger(__name__)
TRIES = 5


@dataclass
class HookSettings:
    url: str = ""
    secret: str = ""
    double: bool = False
    reverse: bool = False
    lose: int = 0


class Hooks:
    """Keeps the last 200 deliveries with the status each got, for the control interface."""

    def __init__(self) -> None:
        self.settings = HookSettings()
        self.sent: list[dict[str, Any]] = []
        self._waiting: queue.Queue[dict[str, Any]] = queue.Queue()
        threading.Thread(target=self._deliver_for_ever, daemon=True).start()

    def announce(self, event: dict[str, Any]) -> None:
        if not self.settings.url:
            return
        if self.settings.lose > 0:
            self.settings.lose -= 1
            return
        event = {"timestamp": int(time.time() * 1000), **event}
        self._waiting.put(event)

    def _deliver_for_ever(self) -> None:
        while True:
            batch = [self._waiting.get()]
            time.sleep(0.05)
            while not self._waiting.empty():
                batch.append(self._waiting.get())
            for event in reversed(batch) if self.settings.reverse else batch:
                self._deliver(event)

    def _deliver(self, event: dict[str, Any]) -> None:
        name = str(uuid.uuid4())
        for _ in range(2 if self.settings.double else 1):
            for number in range(TRIES):
                status = self._post(event, name)
                self.sent = [
                    *self.sent,
                    {"id": name, "event": event["webhookEvent"], "status": status},
                ]
                self.sent = self.sent[-200:]
                if status not in {0, 408, 409, 425, 429} and status < 500:
                    break
                time.sleep(min(2**number, 8))

    def _post(self, event: dict[str, Any], name: str) -> int:
        raw = json.dumps(event).encode()
        headers = {"Content-Type": "application/json", "X-Atlassian-Webhook-Identifier": name}
        if self.settings.secret:
            digest = hmac.new(self.settings.secret.encode(), raw, hashlib.sha256).hexdigest()
            headers["X-Hub-Signature"] = f"sha256={digest}"
        try:
            request = urllib.request.Request(self.settings.url, raw, headers)  # noqa: S310 - the tester's URL
            with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310
                return int(answer.status)
        except urllib.error.HTTPError as error:
            return error.code
        except (OSError, ValueError) as error:
            log.warning("webhook not delivered: %s", error)
            return 0
