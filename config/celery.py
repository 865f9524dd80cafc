"""Celery as a doorbell: it carries (row, token) from the relay to a worker, and nothing else.

Recovery comes from the lease of the due row. The broker's own redelivery is only kept from doing
harm: the visibility timeout lies above every time limit, and no result is stored.
"""

import os

from celery import Celery
from django.conf import settings
from kombu.entity import Queue

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.dev")

app = Celery("gateline", set_as_current=True)
app.conf.update(
    broker_url=settings.REDIS_URL,
    broker_transport_options={
        "visibility_timeout": settings.VISIBILITY_TIMEOUT,
        "unacked_restore_interval": 5,
        "unacked_restore_throttle": 1,
    },
    broker_connection_retry_on_startup=True,
    broker_connection_max_retries=None,
    result_backend=None,
    task_ignore_result=True,
    task_store_errors_even_if_ignored=False,
    task_serializer="json",
    accept_content=["json"],
    task_queues=(Queue("due"), Queue("jobs")),
    task_default_queue="due",
    task_create_missing_queues=False,
    task_soft_time_limit=settings.VISIBILITY_TIMEOUT - 90,
    task_time_limit=settings.VISIBILITY_TIMEOUT - 60,
    task_send_sent_event=False,
    worker_send_task_events=False,
    worker_enable_remote_control=False,
    worker_prefetch_multiplier=1,
    # Only concerns late acknowledgement, which nothing here uses; unset it warns at each reconnect.
    worker_cancel_long_running_tasks_on_connection_loss=True,
    worker_hijack_root_logger=False,
    enable_utc=True,
    timezone="UTC",
)
app.autodiscover_tasks()
