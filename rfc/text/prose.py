"""Words of a Markdown text that are said to readers: without code, comments and addresses.

Cheap and by the look of the lines; what really becomes code is settled by the renderer.
"""

import re

_NOT_PROSE = re.compile(
    r"^[ \t>]*(?P<fence>`{3,}|~{3,})[^\n]*\n.*?(?:^[ \t>]*(?P=fence)[`~]*[ \t]*$|\Z)"
    r"|<!--.*?(?:-->|\Z)|(?P<ticks>`+)(?!`)[^\n]*?(?<!`)(?P=ticks)(?!`)|https?://\S+",
    re.DOTALL | re.MULTILINE,
)


def prose(text: str) -> str:
    """The text with a blank for each piece of code, comment and address."""
    return _NOT_PROSE.sub(" ", text)
