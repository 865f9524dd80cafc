"""The abstract due row and the two concrete ones that belong to no app: Job and ScheduledSlot."""

from config.due.models.job import Job, JobLine
from config.due.models.row import DueQuerySet, DueRow, DueState
from config.due.models.slot import ScheduledSlot

__all__ = ["DueQuerySet", "DueRow", "DueState", "Job", "JobLine", "ScheduledSlot"]
