"""Words for a chat room: what is said, made harmless, and put into the form of the chat. Pure.

A message is a title and lines, each with an address of ours. What somebody wrote (a title, a name
of a KPI) may hold anything; in a chat it must be text: it calls nobody, leads nowhere, starts no
line of its own.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from config.web.words import one_line

# Between two characters that together mean something to a chat: seen by no reader.
GAP = "\u200b"
# Where chats read more than text: a call ("@channel", "@everyone"), a channel ("#general"), the
# address of a link in Markdown, a bare web address, an emoji by name.
_MEANT = re.compile(r"(?<=[@#])(?=\w)|(?<=\])(?=[(\[:])|(?<=:)(?=//)|(?<=www)(?=\.)|(?<=\w@)")
LONGEST_LINE = 300


@dataclass(frozen=True)
class Line:
    """One thing, and where it is looked at."""

    text: str
    url: str = ""


@dataclass(frozen=True)
class Message:
    """What is said to a room; `more` things are not named."""

    title: str
    lines: list[Line] = field(default_factory=list)
    more: int = 0

    def as_text(self) -> str:
        """How it rests in the log until it is sent."""
        lines = [{"text": each.text, "url": each.url} for each in self.lines]
        return json.dumps({"title": self.title, "lines": lines, "more": self.more}, indent=1,
                          ensure_ascii=False)  # fmt: skip

    @classmethod
    def of_text(cls, text: str) -> "Message":
        """The message that rests there."""
        told = json.loads(text)
        return cls(told["title"], [Line(**each) for each in told["lines"]], told["more"])

    def joined(self, lines: Iterable[Line], most: int) -> "Message":
        """The message with further lines; a thing that is named already is not named twice."""
        known = {each.url for each in self.lines}
        fresh = [each for each in lines if each.url not in known]
        room = max(most - len(self.lines), 0)
        return Message(self.title, [*self.lines, *fresh[:room]], self.more + len(fresh[room:]))


def harmless(text: str) -> str:
    """One line of text that a chat reads as text and nothing else."""
    return _MEANT.sub(GAP, one_line(text))[:LONGEST_LINE]


def formed(form: str, text: str) -> bytes:
    """The body of the POST for one kind of chat."""
    message = Message.of_text(text)
    made = as_card(message) if form == "teams" else as_slack(message)
    return json.dumps(made, ensure_ascii=False).encode()


def as_slack(message: Message) -> dict[str, Any]:
    """For incoming webhooks of Slack, and of what takes the same: names and addresses in a text are
    not looked for, no page is fetched for a preview.
    """
    rows = [
        f"• {_slack(each.text)}" + (f" <{each.url}>" if each.url else "") for each in message.lines
    ]
    more = [f"• + {message.more}"] if message.more else []
    return {
        "text": "\n".join([_slack(message.title), *rows, *more]),
        "parse": "none",
        "link_names": 0,
        "unfurl_links": False,
        "unfurl_media": False,
        # Discord: no call of anybody, whatever the text says.
        "allowed_mentions": {"parse": []},
    }


def _slack(text: str) -> str:
    plain = harmless(text)
    return plain.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def as_card(message: Message) -> dict[str, Any]:
    """For Microsoft Teams: an adaptive card of runs, in which Markdown is not read."""
    body: list[dict[str, Any]] = [_block([_run(message.title, weight="Bolder")])]
    for each in message.lines:
        runs = [_run(f"• {each.text}")]
        if each.url:
            runs[0]["selectAction"] = {"type": "Action.OpenUrl", "url": each.url}
        body.append(_block(runs))
    if message.more:
        body.append(_block([_run(f"• + {message.more}")]))
    card = {
        "$schema": "http://adaptivecards.io/schemas/adaptive-card.json",
        "type": "AdaptiveCard",
        "version": "1.4",
        "body": body,
    }
    kind = "application/vnd.microsoft.card.adaptive"
    attached = {"contentType": kind, "contentUrl": None, "content": card}
    return {"type": "message", "attachments": [attached]}


def _block(runs: list[dict[str, Any]]) -> dict[str, Any]:
    return {"type": "RichTextBlock", "inlines": runs}


def _run(text: str, **more: Any) -> dict[str, Any]:
    return {"type": "TextRun", "text": harmless(text), **more}
