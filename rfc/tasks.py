"""Periodic work of RFCs. Importing the actions also registers the way their steps are taken."""

from config.due.periodic import every
from rfc.actions.deciding import accept_where_windows_ended


@every(name="rfc.windows", minutes=1)
def windows_end() -> None:
    """Comment windows end without anybody clicking; may run twice."""
    accept_where_windows_ended()
