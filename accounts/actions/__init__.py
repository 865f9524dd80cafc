"""Verbs about people and roles: keyword-only, atomic, typed. One noun per file."""

from accounts.actions.digests import promise_digests
from accounts.actions.entry import (
    change_password,
    change_sign_in_rule,
    drop_recovery_codes,
    end_sessions,
    end_sessions_of,
    forget_factors,
    make_recovery_codes,
    tell_of_change,
)
from accounts.actions.following import (
    audience,
    follow_thing,
    thing_followed_by_itself,
    unfollow_thing,
)
from accounts.actions.inbox import (
    change_telling,
    mark_done,
    mark_unread,
    read,
    telling_of,
    undo_done,
)
from accounts.actions.invitations import (
    accept_invitation,
    invite,
    revoke_invitation,
    send_invitation_again,
)
from accounts.actions.membership import (
    Elsewhere,
    add_membership,
    change_last_day,
    end_membership,
    end_past_memberships,
    resume_membership,
)
from accounts.actions.own import ask_for_password_reset, change_settings
from accounts.actions.people import add_person, rename_person, take_back_people
from accounts.actions.places import (
    add_sub_team,
    add_team,
    change_place,
    close_place,
    found_line,
    reopen_place,
)
from accounts.actions.portrait import change_picture, remove_picture
from accounts.actions.reporting import change_reporting
from accounts.actions.start_up import declare_order, start_line
from accounts.actions.superiors import set_superiors
from accounts.actions.telling import News, settle, tell, withdraw
from accounts.actions.tokens import (
    make_personal_token,
    make_service_token,
    rename_token,
    revoke_token,
)
from accounts.actions.undoing import undo_change

__all__ = [
    "Elsewhere",
    "News",
    "accept_invitation",
    "add_membership",
    "add_person",
    "add_sub_team",
    "add_team",
    "ask_for_password_reset",
    "audience",
    "change_last_day",
    "change_password",
    "change_picture",
    "change_place",
    "change_reporting",
    "change_settings",
    "change_sign_in_rule",
    "change_telling",
    "close_place",
    "declare_order",
    "drop_recovery_codes",
    "end_membership",
    "end_past_memberships",
    "end_sessions",
    "end_sessions_of",
    "follow_thing",
    "forget_factors",
    "found_line",
    "invite",
    "make_personal_token",
    "make_recovery_codes",
    "make_service_token",
    "mark_done",
    "mark_unread",
    "promise_digests",
    "read",
    "remove_picture",
    "rename_person",
    "rename_token",
    "reopen_place",
    "resume_membership",
    "revoke_invitation",
    "revoke_token",
    "send_invitation_again",
    "set_superiors",
    "settle",
    "start_line",
    "take_back_people",
    "tell",
    "tell_of_change",
    "telling_of",
    "thing_followed_by_itself",
    "undo_change",
    "undo_done",
    "unfollow_thing",
    "withdraw",
]
