"""Periodic work of the audit trail."""

from config.audit.heads import write_head
from config.audit.sealing import seal
from config.due.periodic import every


@every(name="audit.seal", minutes=1)
def seal_changes() -> None:
    """Changes committed since the last run join the chain."""
    seal()


@every(name="audit.head", hours=1)
def write_heads() -> None:
    """The newest seal is written outside the database."""
    write_head()
