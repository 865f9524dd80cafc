"""What somebody wrote calls nobody in a chat, leads nowhere and starts no line. Pure."""

import json

import pytest

from webhooks.chat import GAP, Line, Message, as_card, as_slack, formed, harmless

URL = "https://gateline.example.com/rfcs/RFC-7"


@pytest.mark.parametrize(
    "written",
    ["@channel", "hi @everyone", "<!here>", "<@U024BE7LH>", "#general", "[pay](https://evil.example)",
     "https://evil.example/x", "www.evil.example", "<https://evil.example|our bank>",
     "[a][b]", "[b]: https://evil.example", "ada@example.com"],
)  # fmt: skip
def test_what_chats_read_more_into_is_broken_up(written):
    said = as_slack(Message("Asked", [Line(f"RFC-7 {written}", URL)]))["text"].splitlines()[1]
    text = said.removesuffix(f" <{URL}>").removeprefix("• RFC-7 ")
    for meant in ("<", ">", "@c", "@e", "@U", "#g", "](", "][", "]:", "://", "www.", "a@e"):
        assert meant not in text
    # People read the same letters.
    plain = text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&").replace(GAP, "")
    assert plain == written


def test_a_title_is_one_line_in_one_direction_and_not_endless():
    assert harmless("a\nb\r\n• fake\u202eline\u2066") == "a b • fake line"
    assert len(harmless("x" * 5000)) == 300


def test_slack_looks_for_no_names_and_fetches_nothing():
    told = as_slack(Message("A & B", [Line("RFC-7", URL)], more=3))
    assert told["text"] == f"A &amp; B\n• RFC-7 <{URL}>\n• + 3"
    assert (told["link_names"], told["parse"]) == (0, "none")
    assert told["unfurl_links"] is told["unfurl_media"] is False
    assert told["allowed_mentions"] == {"parse": []}


def test_teams_gets_a_card_of_plain_runs_whose_only_address_is_ours():
    card = as_card(Message("Asked", [Line("RFC-7 [x](https://evil.example) <at>all</at>", URL)]))
    (attached,) = card["attachments"]
    assert attached["contentType"] == "application/vnd.microsoft.card.adaptive"
    blocks = attached["content"]["body"]
    assert {each["type"] for each in blocks} == {"RichTextBlock"}
    (run,) = blocks[1]["inlines"]
    assert run["selectAction"] == {"type": "Action.OpenUrl", "url": URL}
    assert "](" not in run["text"]
    assert "msteams" not in attached["content"], "no mention is declared"


def test_it_rests_as_text_and_is_formed_when_sent():
    message = Message("Asked", [Line("RFC-7", URL)], 1)
    assert Message.of_text(message.as_text()) == message
    assert json.loads(formed("teams", message.as_text()))["type"] == "message"
    assert "text" in json.loads(formed("slack", message.as_text()))


def test_a_thing_is_named_once_and_many_are_counted():
    message = Message("Asked", [Line("1", "/1")])
    message = message.joined([Line("1 again", "/1"), Line("2", "/2"), Line("3", "/3")], 2)
    assert ([each.text for each in message.lines], message.more) == (["1", "2"], 1)
