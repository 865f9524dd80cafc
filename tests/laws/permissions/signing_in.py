"""The way in: second steps, sessions, company accounts. Changes ask again who one is (302)."""

import uuid

from accounts.actions import invite
from accounts.mail import invitation_token
from tests.laws.permissions import Row

SEEN = {"anonymous": 302, "*": 200}
# Who has not just proved who it is, is sent to do so first.
AGAIN = {"anonymous": 302, "*": 302}
GONE = {"anonymous": 404, "*": 404}
NOBODY = {"provider_id": "none"}
NOWHERE = {"organization_slug": "none"}


def some_session(_world):
    return {"public_id": uuid.UUID(int=1)}


STAFF = {"anonymous": 302, "*": 403, "product_manager": 403, "cards_leader": 200}
LEADERS = {**STAFF, "business_leader": 200, "cpo": 200, "administrator": 200}
# Into Payments: another line's leader does not see it.
INTO = {"anonymous": 302, "*": 404, "cards_leader": 404, "business_leader": 302, "cpo": 302}
INTO_API = {"anonymous": 401, "*": 404, "cards_leader": 404, "business_leader": 200, "cpo": 200}
RULE = {"anonymous": 302, "*": 403, "cpo": 403}


def world(cast):
    line = cast.payments
    address = f"new.person@{line.slug}.example.com"
    made = invite(actor=cast.administrator, email=address, line=line)
    return {"invited": made, "line": line}


def invited(made):
    return {"public_id": made["invited"].public_id}


def anybody(made):
    return {"email": "another@example.com", "line": made["line"].pk}


def anybody_api(made):
    return {"email": "another@example.com", "line": "payments"}


def token(made):
    return {"token": invitation_token(made["invited"])}


ROWS = [
    Row("invitations", LEADERS),
    Row(
        "invitations",
        {
            **STAFF,
            "cards_leader": 422,
            "business_leader": 302,
            "cpo": 302,
            "administrator": 302,
        },
        method="post",
        data=anybody,
    ),
    Row("invitation_again", {**INTO, "administrator": 302}, invited, method="post"),
    Row("invitation_revoke", {**INTO, "administrator": 302}, invited, method="post"),
    Row("invitation_join", {"anonymous": 200, "*": 302}, token),
    Row("invitation_join", {"anonymous": 422, "*": 302}, token, method="post"),
    Row("sign_in_rule", {**RULE, "administrator": 200}),
    Row("sign_in_rule", {**RULE, "administrator": 302}, method="post"),
    Row("api_invitations", {"anonymous": 401, "*": 200, "business_leader": 200}),
    Row(
        "api_invitations",
        {
            "anonymous": 401,
            "*": 403,
            "cards_leader": 403,
            "business_leader": 201,
            "cpo": 201,
            "administrator": 201,
        },
        method="post",
        data=anybody_api,
    ),
    Row("api_invitation_again", {**INTO_API, "administrator": 200}, invited, method="post"),
    Row("api_invitation_revoke", {**INTO_API, "administrator": 200}, invited, method="post"),
    Row("account_login", {"anonymous": 200, "*": 302}),
    Row("mfa_authenticate", AGAIN),
    Row("mfa_authenticate", AGAIN, method="post", data={"code": "000000"}),
    Row("mfa_login_webauthn", AGAIN),
    Row("mfa_login_webauthn", AGAIN, method="post", data={"credential": "{}"}),
    Row("openid_connect_login", GONE, NOBODY),
    Row("openid_connect_callback", GONE, NOBODY),
    Row("saml_login", GONE, NOWHERE),
    Row("saml_finish_acs", GONE, NOWHERE),
    Row("saml_metadata", GONE, NOWHERE),
    Row("saml_acs", GONE, NOWHERE, method="post", data={"SAMLResponse": "x"}),
    Row("saml_sls", GONE, NOWHERE),
    Row("security", SEEN),
    Row("password_change", AGAIN),
    Row("password_change", AGAIN, method="post"),
    Row("account_reauthenticate", SEEN),
    Row("account_reauthenticate", {"anonymous": 302, "*": 422}, method="post"),
    Row("mfa_reauthenticate", AGAIN),
    Row("mfa_reauthenticate", AGAIN, method="post", data={"code": "000000"}),
    Row("mfa_reauthenticate_webauthn", AGAIN),
    Row("mfa_reauthenticate_webauthn", AGAIN, method="post", data={"credential": "{}"}),
    Row("mfa_activate_totp", AGAIN),
    Row("mfa_activate_totp", AGAIN, method="post", data={"code": "000000"}),
    Row("mfa_deactivate_totp", {"anonymous": 302, "*": 404}),
    Row("mfa_deactivate_totp", {"anonymous": 302, "*": 404}, method="post"),
    Row("mfa_add_webauthn", AGAIN),
    Row("mfa_add_webauthn", AGAIN, method="post", data={"credential": "{}"}),
    Row("mfa_remove_webauthn", AGAIN, {"pk": 1}),
    Row("mfa_remove_webauthn", AGAIN, {"pk": 1}, method="post"),
    Row("recovery_codes", AGAIN),
    Row("recovery_codes", AGAIN, method="post"),
    Row("session_end", AGAIN, some_session, method="post"),
    Row("sessions_end", AGAIN, method="post"),
]
