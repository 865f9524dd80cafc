"""The abstract due row, the two concrete ones that belong to no app, and where work is done."""

from config.due.models.installation import Installation
from config.due.models.job import Job, JobLine
from config.due.models.row import DueQuerySet, DueRow, DueState
from config.due.models.slot import ScheduledSlot

__all__ = ["DueQuerySet", "DueRow", "DueState", "Installation", "Job", "JobLine", "ScheduledSlot"]
