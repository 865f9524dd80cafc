"""Promising mails to people about an act."""

from collections.abc import Iterable
from typing import Any

from accounts.models import Letter, Person


def write_letters(
    people: Iterable[Person], *, key: str, subject: str, text: str, path: str, actor: Any = None
) -> list[Person]:
    """Promise one mail about one act to each of these people; call it in the act's transaction.

    `key` names the act; the same act promises nobody a second mail. Nobody hears of the own act,
    and who cannot sign in gets none. Answers who is told.
    """
    told = {p.pk: p for p in people if p.is_active and p.email and p.pk != getattr(actor, "pk", 0)}
    Letter.objects.bulk_create(
        [
            Letter(person=p, key=f"{key}:{p.pk}", subject=subject[:200], text=text, path=path)
            for p in told.values()
        ],
        ignore_conflicts=True,
    )
    return list(told.values())
