"""Talk on an initiative: remarks, answers, edits, settling a thread, and telling whom it names."""

from typing import Any

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.actions import News, tell
from accounts.mentions import named_in
from accounts.models import BusinessLine, Person, Tab
from config.flow.errors import NotAllowed, NotYours, WrongState
from initiatives import permissions as may
from initiatives.actions.acting import acting
from initiatives.actions.follow import follow_by_itself
from initiatives.actions.news import tell_followers
from initiatives.models import Follow, Initiative, InitiativeComment, Mention
from initiatives.subjects import subject_of

EXCERPT = 300


@acting
@transaction.atomic
def comment(
    *,
    initiative: Initiative,
    actor: Any,
    text: str,
    answers: InitiativeComment | None = None,
    line: BusinessLine | None = None,
) -> InitiativeComment:
    """A remark, kept for good; `answers` an earlier one; `line` makes it about that line's answer.

    Whom it mentions is told on Home and by one mail, and follows from now on. An answer reads the
    mentions of its thread. Raises NotAllowed when it says nothing.
    """
    if not text.strip():
        raise NotAllowed("An empty comment says nothing; write a sentence.")
    root = _root_of(answers) if answers else None
    if root is not None and root.initiative_id != initiative.pk:
        raise NotAllowed("This thread belongs to another initiative.")
    made = InitiativeComment.objects.create(
        initiative=initiative,
        author=actor,
        text=text.strip(),
        parent=root,
        line=root.line if root else line,
    )
    if root is not None:
        _reopen(root)
        read_thread(root=root, person=actor)
    mentioned = _tell(made, actor, already=set())
    tell_followers(
        initiative,
        "comment",
        _("%(who)s commented on %(key)s") % {"who": actor, "key": initiative.key},
        actor=actor,
        text=made.text[:EXCERPT],
        path=f"{initiative.tab_url('activity')}#comment-{made.pk}",
        without=mentioned,
    )
    return made


@acting
@transaction.atomic
def edit_comment(*, comment: InitiativeComment, actor: Any, text: str) -> InitiativeComment:
    """Change one's own words; the change is marked and history keeps the former ones.

    Somebody mentioned anew is told. Raises NotYours or NotAllowed.
    """
    if comment.author_id != actor.pk:
        raise NotYours(f"Only {comment.author} changes these words.")
    if not text.strip():
        raise NotAllowed("An empty comment says nothing; write a sentence.")
    locked = InitiativeComment.objects.select_for_update(no_key=True).get(pk=comment.pk)
    if locked.text == text.strip():
        return locked
    locked.text = text.strip()
    locked.edited_at = timezone.now()
    locked.save(update_fields=["text", "edited_at"])
    _tell(locked, actor, already=set(locked.mentions.values_list("person_id", flat=True)))
    return locked


@acting
@transaction.atomic
def resolve_thread(*, comment: InitiativeComment, actor: Any) -> InitiativeComment:
    """Say that a thread is settled: its author, or whoever runs the initiative.

    Raises NotYours, or WrongState when somebody settled it already.
    """
    root = _root_of(comment)
    if not may_resolve(actor, root):
        raise NotYours(f"This thread is settled by {root.author} or the product manager.")
    if root.resolved_at is not None:
        raise WrongState(f"{root.resolved_by} settled this thread already.")
    root.resolved_at, root.resolved_by = timezone.now(), actor
    root.save(update_fields=["resolved_at", "resolved_by"])
    Mention.objects.filter(_of_thread(root), read_at=None).update(read_at=timezone.now())
    return root


@acting
@transaction.atomic
def reopen_thread(*, comment: InitiativeComment, actor: Any) -> InitiativeComment:
    """Take a settled thread up again; everybody may. `actor` is whom history names."""
    root = _root_of(comment)
    if not actor.is_active:
        raise NotYours("Threads are taken up again by people who can sign in.")
    return _reopen(root)


@transaction.atomic
def read_thread(*, root: InitiativeComment, person: Any) -> int:
    """The person has read what the thread says to them."""
    unread = Mention.objects.filter(_of_thread(root), person=person, read_at=None)
    return unread.update(read_at=timezone.now())


def may_resolve(person: Any, root: InitiativeComment) -> bool:
    """Whoever began the thread, and whoever runs the initiative."""
    return root.author_id == person.pk or may.manages(person, root.initiative)


def _root_of(said: InitiativeComment) -> InitiativeComment:
    """The thread of a remark, locked as it is now."""
    locked = InitiativeComment.objects.select_for_update(no_key=True)
    return locked.get(pk=said.parent_id or said.pk)


def _of_thread(root: InitiativeComment) -> Any:
    return Q(comment=root) | Q(comment__parent=root)


def _reopen(root: InitiativeComment) -> InitiativeComment:
    if root.resolved_at is not None:
        root.resolved_at = root.resolved_by = None
        root.save(update_fields=["resolved_at", "resolved_by"])
    return root


def _tell(said: InitiativeComment, actor: Any, already: set[int]) -> list[Person]:
    """Mentions become rows, followers and one entry each; who is told."""
    initiative = said.initiative
    words: dict[int, tuple[Person, str]] = {}
    for named in named_in(said.text, line=said.line_id or initiative.line_id):
        for person in named.people:
            words.setdefault(person.pk, (person, named.written))
    words.pop(actor.pk, None)
    told = [pair for pk, pair in words.items() if pk not in already]
    Mention.objects.bulk_create(
        [Mention(comment=said, person=person, word=word[:120]) for person, word in told],
        ignore_conflicts=True,
    )
    people = [person for person, _word in told]
    follow_by_itself(initiative=initiative, people=people, why=Follow.Why.MENTIONED)
    news = News(
        subject_of(initiative),
        "mention",
        f"{actor} mentioned you on {initiative.key}",
        text=said.text[:EXCERPT],
        path=f"{initiative.tab_url('activity')}#comment-{said.pk}",
        key=f"mention:initiative:{said.pk}",
    )
    tell(people, news, tab=Tab.MENTIONS, actor=actor)
    return people
