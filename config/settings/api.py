"""Settings of the API: how far tokens reach, and how much may be asked."""

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
        "api_service_token",
        "api_service_tokens",
    }
)

API_TOKEN_LONGEST_DAYS = 366
API_TOKENS_MOST = 50
