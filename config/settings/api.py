"""Settings of the API: how far tokens reach, and how much may be asked."""

from django.core.exceptions import ImproperlyConfigured

from config.settings import environment

# Addresses of the API where somebody speaks and changes nothing else: a token with the scope
# "comment" may send to them.
API_COMMENT_ROUTES = frozenset(
    {
        "api_initiative_comments",
        "api_comment",
        "api_comment_act",
        "api_rfc_threads",
        "api_rfc_thread",
        "api_rfc_thread_answers",
        "api_rfc_thread_refuse",
        "api_rfc_thread_reopen",
        "api_rfc_thread_resolve",
        "api_rfc_looks",
        "api_follow",
        "api_follow_thing",
        "api_view_mark",
    }
)
# Addresses that administer: a token needs "admin" there, for reading too.
API_ADMIN_ROUTES = frozenset(
    {
        "api_audit",
        "api_dead",
        "api_dead_again",
        "api_invitation_again",
        "api_invitation_revoke",
        "api_invitations",
        "api_person_sessions_end",
        "api_service_token",
        "api_service_tokens",
    }
)

API_TOKEN_LONGEST_DAYS = 366
API_TOKENS_MOST = 50


# Pages that cost the server much, by what they are counted under. Previews are drawn while somebody
# types.
HEAVY_ROUTES = {
    "rfc_preview": "preview",
    **dict.fromkeys(
        (
            "audit_export",
            "initiative_brief",
            "initiative_brief_form",
            "initiative_export",
            "kpi_csv",
            "referral_csv",
            "rfc_compare",
            "rfc_list_csv",
            "rfc_pdf",
            "rfc_revision_pdf",
            "search",
        ),
        "heavy",
    ),
}


def rates(told: list[str]) -> dict[str, int]:
    """Requests a minute: of one token, of one person signed in, of one address that is neither; of
    one person the heavy pages and the previews.
    """
    known = {"token": 600, "person": 600, "anonymous": 60, "heavy": 120, "preview": 600}
    for each in told:
        name, _equals, number = each.partition("=")
        if name not in known or not number.isdecimal() or int(number) < 1:
            message = f"GATELINE_API_RATES: “{each}” is not one of {', '.join(known)} with = and a number."
            raise ImproperlyConfigured(message)
        known[name] = int(number)
    return known


API_RATES = rates(environment.API_RATES)
# Which token a secret belongs to; see config/rest/tokens.py.
API_TOKEN_OF = "accounts.queries_tokens.token_of"  # noqa: S105 - a path
