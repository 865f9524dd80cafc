"""What stops a command before or while it runs. Texts are whole sentences for a person."""


class CannotRun(Exception):
    """Something is missing or broke; the text says what, and what cures it."""


class Stopped(BaseException):
    """Somebody pressed Ctrl-C or sent SIGTERM. No `Exception`: nothing may swallow it."""
