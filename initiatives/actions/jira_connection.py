"""Connecting a line to Jira: saved at once, checked by a Job, switched off and on by a person."""

import re
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils.translation import gettext as _

from accounts.models import BusinessLine, Person
from config import outbound
from config.due.errors import TryLater
from config.due.jobs import start_job
from config.due.models import DueState, Job
from config.flow.errors import NotAllowed, NotYours
from config.flow.versions import write
from config.seal import SealBroken
from initiatives import permissions as may
from initiatives.jira import catalogue, errors
from initiatives.jira.client import Jira
from initiatives.jira.reach import note_state, open_jira, sealed_token
from initiatives.models import JiraConnection, JiraItem

CHECK = "jira.check"
KEY = re.compile(r"[A-Z][A-Z0-9_]{1,19}")
State = JiraConnection.State


def _must_connect(actor: Person | None, line: BusinessLine) -> None:
    if actor is not None and not may.may_connect_jira(actor, line):
        raise NotYours(
            _("The connection of %(line)s belongs to its TPM and to administrators.")
            % {"line": line}
        )


@transaction.atomic
def connect_jira(  # noqa: PLR0913 - a connection is its parts
    *,
    line: BusinessLine,
    actor: Person | None,
    base_url: str,
    email: str,
    project_key: str,
    token: str = "",
    browse_url: str = "",
    seen_version: int | None = None,
    here: bool = False,
) -> tuple[JiraConnection, Job]:
    """Create or change the connection of a line; a Job asks Jira whether it works.

    An empty token keeps the one that is stored. `actor` None is the operator at the command line.
    `here` keeps the Job from the relay for a command that runs it itself.
    """
    _must_connect(actor, line)
    for address in filter(None, (base_url, browse_url)):
        _must_be_allowed(address)
    key = project_key.strip().upper()
    if not KEY.fullmatch(key):
        raise NotAllowed(_("“%(key)s” is no project key; it looks like PAY.") % {"key": key})
    facts: dict[str, Any] = {
        "base_url": base_url.strip().rstrip("/"),
        "browse_url": browse_url.strip().rstrip("/"),
        "email": email.strip(),
        "project_key": key,
    }
    if token.strip():
        facts["token_sealed"] = sealed_token(token.strip(), line_id=line.pk)
    connection = _saved(line, facts, seen_version)
    job = start_job(
        kind=CHECK,
        owner=actor,
        title=_("Check the connection of %(line)s") % {"line": line},
        payload={"connection": connection.pk},
        here=here,
    )
    return connection, job


def _must_be_allowed(address: str) -> None:
    try:
        outbound.entry_for(address, outbound.deployment_allowed())
    except outbound.NotAllowedOut as refused:
        raise NotAllowed(str(refused)) from None


def _saved(line: BusinessLine, facts: dict[str, Any], seen_version: int | None) -> JiraConnection:
    asked: dict[str, Any] = {"state": State.UNCHECKED, "state_note": _("Being checked.")}
    held = JiraConnection.objects.select_for_update(no_key=True).filter(line=line).first()
    if held is None:
        if "token_sealed" not in facts:
            raise NotAllowed(_("A new connection needs a token."))
        return JiraConnection.objects.create(line=line, **facts, **asked)
    other = facts["project_key"] != held.project_key
    if other and held.items.exclude(issue_id="").exists():
        said = _("Issues of this line are in %(key)s already, so its project stays.")
        raise NotAllowed(said % {"key": held.project_key})
    moved = other or facts["base_url"] != held.base_url
    if moved and "token_sealed" not in facts:
        # A stored token never travels to another address because somebody edited a form.
        raise NotAllowed(_("Enter the token again: it is sent to a new address or project."))
    changed: JiraConnection = write(held, seen_version=seen_version, **facts)
    changed.touch_state(**asked)
    return changed


@transaction.atomic
def switch_push(*, connection: JiraConnection, actor: Person | None, on: bool) -> JiraConnection:
    """Off stops every item of the line at once; on checks the connection again first."""
    _must_connect(actor, connection.line)
    locked = JiraConnection.objects.select_for_update(no_key=True).get(pk=connection.pk)
    if on != (locked.state == State.OFF):
        return locked
    state = State.UNCHECKED if on else State.OFF
    note = (
        _("Being checked.")
        if on
        else _("Switched off by %(who)s.") % {"who": actor or _("the operator")}
    )
    locked.touch_state(state=state, state_note=note)
    if on:
        ask_for_check(connection=locked, actor=actor)
    return locked


def ask_for_check(*, connection: JiraConnection, actor: Person | None) -> Job:
    """Start the Job that asks Jira whether the connection works."""
    _must_connect(actor, connection.line)
    title = _("Check the connection of %(line)s") % {"line": connection.line}
    told = {"connection": connection.pk}
    return start_job(kind=CHECK, owner=actor, title=title, payload=told)


def check_connection(job: Job) -> None:
    """The Job: who are we there, what does the project offer, may we write. Run by a worker."""
    connection = JiraConnection.objects.select_related("line").get(pk=job.payload["connection"])
    try:
        with open_jira(connection) as jira:
            said = _checked(connection, jira)
    except SealBroken as broken:
        said = f"{broken} {_('Enter the token again.')}"
        note_state(connection, State.REFUSED, said)
    except errors.BadCredentials as error:
        said = str(error)
        note_state(connection, State.REFUSED, said)
    except (errors.Unavailable, errors.Limited) as error:
        said = _("%(why)s Gateline tries again.") % {"why": error}
        note_state(connection, State.UNCHECKED, said)
        raise TryLater(getattr(error, "retry_after", None) or 10, said) from None
    except errors.JiraError as error:
        said = _("Jira answered, but the project %(key)s cannot be used: %(why)s")
        said %= {"key": connection.project_key, "why": error}
        note_state(connection, State.UNCHECKED, said)
    job.note(said)
    job.report(answer=said)
    job.progress(1, 1)


def _checked(connection: JiraConnection, jira: Jira) -> str:
    who = jira.myself()
    offered = catalogue.read(jira, connection.project_key)
    told = {"who": who.name or who.id, "project": offered.project_name, "n": len(offered.types)}
    more: dict[str, Any] = {"project_id": offered.project_id, "account_id": who.id}
    more |= {"catalogue": offered.as_json()}
    if _elsewhere(connection, offered.project_id):
        said = _("%(project)s there is another project than the one that holds the issues.") % told
        note_state(connection, State.UNCHECKED, said)
        return said
    missing = [level for level in (1, 0, -1) if not offered.at(level)]
    if offered.lacking or missing:
        lacking = ", ".join(offered.lacking) or _("an issue type for every level")
        said = _("%(who)s is signed in, but %(project)s lacks: %(lacking)s.")
        said %= {**told, "lacking": lacking}
        note_state(connection, State.UNCHECKED, said, **more)
        return said
    said = _("Signed in as %(who)s; %(project)s offers %(n)s issue types.") % told
    note_state(connection, State.READY, said, **more)
    JiraConnection.objects.filter(pk=connection.pk).update(catalogue_at=Now())
    waiting = JiraItem.objects.filter(connection=connection, state=DueState.DUE, lease_token=None)
    waiting.update(due_at=Now())
    return said


def _elsewhere(connection: JiraConnection, project_id: str) -> bool:
    """Whether the address changed to a Jira that does not hold what was pushed."""
    known = connection.project_id
    return bool(known and known != project_id and connection.items.exclude(issue_id="").exists())
