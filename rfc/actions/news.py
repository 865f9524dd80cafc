"""Telling those who follow an RFC what became of it: authors, whoever took part, its team's."""

from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext as _

from accounts.actions import News, audience, tell, thing_followed_by_itself, withdraw
from accounts.models import Person, Reason, Role, Tab
from rfc.models import RFC, Comment, Position, Revision, Stance
from rfc.subjects import subject_of

EXCERPT = 300


def follow_by_itself(rfc: RFC, person: Any) -> None:
    """Whoever takes part follows, unless they left before."""
    thing_followed_by_itself(kind="rfc", pk=rfc.pk, people=[person])


def followers_of(rfc: RFC) -> dict[Person, str]:
    """Its authors, its followers and those of its team, and why. Two queries."""
    authors = [rfc.author, *rfc.co_authors.all()]
    also = [(person, str(Reason.AUTHOR)) for person in authors]
    return audience("rfc", rfc.pk, team=rfc.owning_team_id, also=also)


def tell_followers(
    rfc: RFC,
    act: str,
    words: str,
    *,
    actor: Any,
    text: str = "",
    path: str = "",
    without: Iterable[Person] = (),
) -> None:
    """Put what happened into the inboxes of those who follow, except `without`."""
    already = set(without)
    people = {p: why for p, why in followers_of(rfc).items() if p not in already}
    news = News(subject_of(rfc), act, words, text=text, path=path)
    tell(people, news, tab=Tab.FOLLOWING, actor=actor)


def tell_of_step(rfc: RFC, record: Any, actor: Any) -> None:
    """A step was taken, by a person or by itself; imports bring many states and tell nobody."""
    if record.step == "record-imported":
        return
    said = {"who": actor or "Gateline", "key": rfc.key, "state": rfc.get_state_label()}
    words = _("%(who)s: %(key)s is now “%(state)s”") % said
    tell_followers(rfc, f"step:{record.step}", words, actor=actor, text=record.note)


def tell_of_revision(revision: Revision, actor: Any, *, without: Iterable[Person]) -> None:
    """A new text is out."""
    rfc = revision.rfc
    said = {"who": actor, "r": revision.number, "key": rfc.key}
    words = _("%(who)s published r%(r)s of %(key)s") % said
    tell_followers(rfc, "revision", words, actor=actor, text=revision.note, without=without)


def tell_of_comment(comment: Comment, actor: Any, *, without: Iterable[Person]) -> None:
    """Somebody remarked or answered, and follows from now on."""
    rfc = comment.rfc
    follow_by_itself(rfc, actor)
    words = _("%(who)s commented on %(key)s") % {"who": actor, "key": rfc.key}
    tell_followers(
        rfc,
        "comment",
        words,
        actor=actor,
        text=comment.text[:EXCERPT],
        path=comment.get_absolute_url(),
        without=without,
    )


def tell_of_position(position: Position, actor: Any) -> None:
    """Somebody answered for a function."""
    said = {
        "who": position.person_name,
        "stance": Stance(position.stance).label,
        "role": Role(position.function).label,
        "key": position.rfc.key,
    }
    words = _("%(who)s: “%(stance)s” for %(role)s on %(key)s") % said
    act = f"position:{position.function}"
    tell_followers(position.rfc, act, words, actor=actor, text=position.text[:EXCERPT])


def tell_of_block(position: Position, actor: Any) -> None:
    """Whoever has to resolve a block is asked to."""
    owner = position.resolution_owner
    if owner is not None:
        tell({owner: str(Reason.OWNER)}, _asked_by_block(position), tab=Tab.DECIDE, actor=actor)


def block_is_over(position: Position) -> None:
    """Nobody is asked any more to resolve this block."""
    if position.resolution_owner is not None:
        withdraw([position.resolution_owner], _asked_by_block(position))


def tell_of_closing(position: Position, actor: Any) -> None:
    """A block was closed: those who follow hear how it was resolved."""
    block_is_over(position)
    said = {"who": actor, "role": Role(position.function).label, "key": position.rfc.key}
    words = _("%(who)s closed the block of %(role)s on %(key)s") % said
    text = position.closing_note[:EXCERPT]
    tell_followers(position.rfc, "block-closed", words, actor=actor, text=text)


def _asked_by_block(position: Position) -> News:
    said = {"who": position.person_name, "key": position.rfc.key}
    words = _("%(who)s blocks %(key)s and names you to resolve it") % said
    subject = subject_of(position.rfc)
    return News(
        subject,
        f"block-{position.pk}",
        words,
        text=position.text[:EXCERPT],
        path=f"{subject.url}#position-{position.pk}",
        key=f"rfc-block:{position.pk}",
    )


def tell_of_ended_hold(position: Position) -> list[Person]:
    """A hold ended by itself: whoever held is asked for an answer."""
    rfc = position.rfc
    said = {"key": rfc.key, "role": Role(position.function).label}
    words = _("Your hold on %(key)s has ended; %(role)s has not answered") % said
    news = News(
        subject_of(rfc),
        "hold-ended",
        words,
        text=position.text[:EXCERPT],
        path=f"{rfc.get_absolute_url()}#review",
        key=f"rfc-hold:{position.pk}",
    )
    return tell([position.person], news, tab=Tab.DECIDE, actor=None)


def tell_of_look(rfc: RFC, people: Iterable[Person], actor: Any, note: str) -> None:
    """These people are asked to read."""
    words = _("%(who)s asks you to look at %(key)s") % {"who": actor, "key": rfc.key}
    news = News(subject_of(rfc), "look", words, text=note.strip()[:EXCERPT])
    tell(dict.fromkeys(people, str(Reason.LOOK)), news, tab=Tab.FOLLOWING, actor=actor)
