"""People named with @ in a comment: kept, and told at once by mail, never about oneself."""

from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.mentions import named_in
from accounts.models import Person, Tab
from config.flow.errors import NotAllowed
from rfc.models import Comment, Mention
from rfc.subjects import subject_of

MOST = 15


def mention(comment: Comment, actor: Any) -> list[Person]:
    """Keep who is newly named in a comment and promise each a mail; who is told."""
    rfc = comment.rfc
    known = set(comment.mentions.values_list("person", flat=True))
    reached = [p for each in named_in(comment.text, line=rfc.line_id) for p in each.people]
    people = [p for p in dict.fromkeys(reached) if p.pk not in known and p.pk != actor.pk]
    if len(known) + len(people) > MOST:
        raise NotAllowed(
            f"The comment reaches {len(known) + len(people)} people; {MOST} is the most. "
            "Name fewer, or ask for a look: that reaches as many as you choose."
        )
    if not people:
        return []
    Mention.objects.bulk_create(
        [Mention(comment=comment, person=person) for person in people], ignore_conflicts=True
    )
    told = {"who": actor.name, "key": rfc.key, "title": rfc.title}
    news = News(
        subject_of(rfc),
        "mention",
        _("%(who)s mentions you in %(key)s %(title)s") % told,
        text=comment.text,
        path=comment.get_absolute_url(),
        key=f"mention:rfc:{comment.pk}",
    )
    tell(people, news, tab=Tab.MENTIONS, actor=actor)
    return people


def reaches_nobody(text: str, *, line: Any = None) -> list[str]:
    """Sentences about names in a text that reach nobody."""
    return [each.why for each in named_in(text, line=line) if each.why]


def seen(thread: Comment, person: Any) -> int:
    """The person has read the thread; nothing in it waits for that any more."""
    mine = Mention.objects.filter(
        Q(comment=thread) | Q(comment__parent=thread), person=person, seen_at=None
    )
    return mine.update(seen_at=timezone.now())
