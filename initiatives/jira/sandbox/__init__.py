"""A stateful stand-in of Jira Cloud v3 in a process of its own: `python -m initiatives.jira.sandbox`.

It serves the demo and the tests. It shares no code with the client, so that a misunderstanding
on one side does not repeat itself on the other, and needs nothing but the standard library.
"""
