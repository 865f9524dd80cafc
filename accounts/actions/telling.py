"""Telling people: the one way by which an act reaches an inbox, and from there a mail."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from accounts.models import Letter, Notice, NoticeSettings, Person, Reason, Tab
from accounts.signals import decision_told
from accounts.subjects import Subject

# Acts of one person on one thing share an entry while the last is no older than this.
TOGETHER = timedelta(minutes=5)
LONGEST_TEXT = 2_000


@dataclass(frozen=True)
class News:
    """What happened. `act` is a word for its kind; `key`, where given, is told once per person.

    `path` is where it is looked at; the subject's own page where it is empty.
    """

    subject: Subject | None
    act: str
    words: str
    text: str = ""
    path: str = ""
    key: str = ""

    @property
    def url(self) -> str:
        """Where the entry leads."""
        return self.path or (self.subject.url if self.subject else "/inbox")

    def burst(self, actor: Any) -> str:
        """What further acts must share to be added to an entry."""
        about = f"{self.subject.kind}:{self.subject.pk}" if self.subject else ""
        return f"{about}:{self.act}:{getattr(actor, 'pk', '')}"[:200]


Told = Mapping[Person, str] | Iterable[Person]
USUAL = {Tab.DECIDE: Reason.DECISION, Tab.MENTIONS: Reason.MENTION, Tab.FOLLOWING: Reason.FOLLOWED}


@transaction.atomic(savepoint=False)
def tell(people: Told, news: News, *, tab: str, actor: Any) -> list[Person]:
    """Put an act into inboxes, in the act's transaction; answers who is told.

    `people` may map each to a reason. Nobody hears of the own act, nor who cannot sign in. What is
    to be decided and mentions are mailed at once, with quiet hours; the rest is in the digest. A
    constant number of queries.
    """
    reasons = people if isinstance(people, Mapping) else dict.fromkeys(people, USUAL[Tab(tab)])
    own = getattr(actor, "pk", None)
    told = {p.pk: p for p in reasons if p.is_active and not p.is_service and p.pk != own}
    if news.key:
        known = Notice.objects.filter(key=news.key[:200], person__in=told)
        for pk in known.values_list("person_id", flat=True):
            del told[pk]
    if not told:
        return []
    why = {person.pk: reason for person, reason in reasons.items()}
    # A decision stands by itself: two questions are never one entry.
    added = set() if tab == Tab.DECIDE else _add_to_open(told, news, tab, actor)
    fresh = [_entry(told[pk], why[pk], news, tab, actor) for pk in told if pk not in added]
    Notice.objects.bulk_create(fresh, ignore_conflicts=True)
    if fresh and tab != Tab.FOLLOWING:
        _promise_mails(fresh, news)
    if tab == Tab.DECIDE:
        decision_told.send(sender=Notice, news=news, reasons={why[pk] for pk in told})
    return list(told.values())


def settle(person: Any, subject: Subject) -> int:
    """The person decided: what asked for it is put away."""
    asked = Notice.objects.open().filter(
        person=person, tab=Tab.DECIDE, kind=subject.kind, subject_id=subject.pk
    )
    now = timezone.now()
    return asked.update(done_at=now, read_at=now)


def withdraw(people: Iterable[Person], news: News) -> int:
    """These people are asked no more: their open entries that ask it, whoever asked, are put away."""
    asked = Notice.objects.open().filter(
        person__in=list(people), tab=Tab.DECIDE, burst__startswith=news.burst(None)
    )
    now = timezone.now()
    return asked.update(done_at=now, read_at=now)


def _entry(person: Person, reason: str, news: News, tab: str, actor: Any) -> Notice:
    about = news.subject
    return Notice(
        person=person,
        tab=tab,
        reason=reason,
        kind=about.kind if about else "",
        subject_id=about.pk if about else None,
        subject_key=about.key[:120] if about else "",
        subject_title=about.title[:255] if about else "",
        words=" ".join(news.words.split())[:300],
        text=news.text.strip()[:LONGEST_TEXT],
        url=news.url[:400],
        actor=actor,
        key=news.key[:200],
        burst=news.burst(actor),
    )


def _add_to_open(told: dict[int, Person], news: News, tab: str, actor: Any) -> set[int]:
    """Add the act to entries it belongs to; whose they are. Opened ones are unread again."""
    now = timezone.now()
    found = Notice.objects.open().filter(
        burst=news.burst(actor), at__gte=now - TOGETHER, person__in=told, tab=tab
    )
    entries = {entry.person_id: entry for entry in found.select_for_update(no_key=True)}
    for entry in entries.values():
        entry.count += 1
        entry.words = " ".join(news.words.split())[:300]
        entry.text = _joined(entry.text, news.text.strip())
        entry.url, entry.at, entry.read_at, entry.digest = news.url[:400], now, None, None
    changed = ["count", "words", "text", "url", "at", "read_at", "digest"]
    if entries:
        Notice.objects.bulk_update(list(entries.values()), changed)
    return set(entries)


def _joined(before: str, more: str) -> str:
    """The newest words first; what does not fit is the oldest."""
    parts = [more, *(part for part in before.split("\n\n") if part != more)]
    return "\n\n".join(part for part in parts if part)[:LONGEST_TEXT]


def _promise_mails(entries: list[Notice], news: News) -> None:
    """One due row for each new entry whose reason the person has not switched off."""
    people = [entry.person_id for entry in entries]
    off = dict(
        NoticeSettings.objects.filter(person__in=people).values_list("person_id", "unmailed")
    )
    stored = Notice.objects.filter(person__in=people, burst=entries[0].burst, done_at=None)
    newest = dict(stored.order_by("id").values_list("person_id", "pk"))
    Letter.objects.bulk_create(
        [
            Letter(
                person=entry.person,
                key=f"{news.key or newest[entry.person_id]}:{entry.person_id}",
                subject=news.words[:200],
                text="\n\n".join(
                    part
                    for part in (
                        f"{news.words}:" if news.text.strip() else f"{news.words}.",
                        news.text.strip(),
                        f"{Reason(entry.reason).label}.",
                    )
                    if part
                ),
                path=news.url,
                notice_id=newest.get(entry.person_id),
            )
            for entry in entries
            if entry.person.email and entry.reason not in off.get(entry.person_id, ())
        ],
        ignore_conflicts=True,
    )
