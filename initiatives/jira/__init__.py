"""Everything about Jira: the client, what Jira offers, the mapping, texts, and the sandbox.

Nothing in this folder knows a page. What keeps rows lives in `initiatives.models.jira`.
"""
