"""Spans the door counts in."""

from datetime import timedelta

MINUTE = timedelta(minutes=1)
