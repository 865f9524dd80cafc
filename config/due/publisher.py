"""Handing claims to the broker, never waiting long for it. Only the relay publishes."""

import logging
from typing import Any

from celery import Celery
from kombu.exceptions import OperationalError as BrokerUnreachable
from redis.exceptions import RedisError

from config.due.claim import Claim

log = logging.getLogger("gateline.due")

# One silent broker costs a round at most connect + answer; a request never waits for it at all.
PATIENCE = {"socket_connect_timeout": 1.0, "socket_timeout": 1.0, "retry_on_timeout": False}
# kombu's own repetition would otherwise add four to six seconds to each refusal.
ONE_TRY = {"max_retries": 1, "interval_start": 0, "interval_step": 0, "interval_max": 0}
UNREACHABLE = (BrokerUnreachable, RedisError, OSError)
EVICTS = (
    "Redis may throw away queued work: it has a memory limit and the policy “{policy}”. "
    "Run `redis-cli CONFIG SET maxmemory-policy noeviction`, write the same line into redis.conf, "
    "then start again."
)


class UnsafeBroker(Exception):
    """The broker would lose messages silently; the sentence says what cures it."""


class Publisher:
    """A connection to the broker that answers within two seconds or not at all."""

    def __init__(self, app: Celery) -> None:
        self._app = app
        self._connection: Any = None

    def ready(self) -> bool:
        """Whether the broker answers now. Raises UnsafeBroker for one that evicts."""
        try:
            if self._connection is None:
                self._connect()
            self._connection.default_channel.client.ping()
        except UNREACHABLE as error:
            log.warning("The broker does not answer: %s", error)
            self.close()
            return False
        return True

    def send(self, claim: Claim) -> bool:
        """Hand one claim to a worker; False when the broker did not take it for certain."""
        try:
            self._app.send_task(
                "due.run",
                args=(claim.label, claim.pk, str(claim.token)),
                queue=claim.queue,
                connection=self._connection,
                retry=False,
                ignore_result=True,
            )
        except UNREACHABLE as error:
            log.warning("The broker did not take a message: %s", error)
            self.close()
            return False
        return True

    def close(self) -> None:
        """Drop the connection; the next `ready` makes a new one."""
        if self._connection is not None:
            self._connection.collect(socket_timeout=0.1)
            self._connection = None

    def _connect(self) -> None:
        options = {**self._app.conf.broker_transport_options, **PATIENCE, **ONE_TRY}
        self._connection = self._app.connection_for_write(
            transport_options=options, connect_timeout=1
        )
        refuse_eviction(self._connection.default_channel.client)


def refuse_eviction(client: Any) -> None:
    """Raise UnsafeBroker when the server has a memory limit and a policy that evicts."""
    memory = client.info("memory")
    policy = memory.get("maxmemory_policy", "noeviction")
    if int(memory.get("maxmemory", 0)) and policy != "noeviction":
        raise UnsafeBroker(EVICTS.format(policy=policy))
