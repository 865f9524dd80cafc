"""The rows of Home that come from threads of RFCs and from the log of decisions."""

from typing import Any

from config.batch import Asker
from initiatives.queries.home import Need, needs
from initiatives.queries.needs import age_of
from rfc.queries.called import called_for


@needs
def called(person: Any) -> Asker:
    """Mentions, suggestions to judge, decisions to confirm or to look at again."""
    for row in (yield from called_for(person)):
        yield Need(
            kind="talk",
            icon=row.icon,
            title=row.title,
            href=row.href,
            meta=row.why,
            action=row.action,
            legal_date=row.day,
            blocked=row.blocked,
            age=age_of(row.since) if row.since else 0,
            expected=5,
        )
