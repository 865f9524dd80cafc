"""The inbox and how one is told: each person's own."""

from accounts.actions import News, tell
from accounts.models import Notice, Tab
from tests.laws.permissions import Row

READ = {"anonymous": 302, "*": 200}
ACT = {"anonymous": 302, "*": 302}
ASK = {"anonymous": 401, "*": 200}
THEIRS = {"anonymous": 302, "*": 404, "designer": 302}


def world(cast):
    tell([cast.designer], News(None, "said", "Something", path="/"), tab=Tab.FOLLOWING, actor=None)
    return {
        "one": Notice.objects.get(person=cast.designer, words="Something"),
        "team": cast.checkout.pk,
    }


def one(made):
    return {"pk": made["one"].pk}


def team(made):
    return {"kind": "team", "pk": made["team"]}


API_THEIRS = {"anonymous": 401, "*": 404, "designer": 200}
ROWS = [
    Row("inbox", READ),
    Row("notice", THEIRS, kwargs=one),
    Row("notice_done", THEIRS, kwargs=one, method="post"),
    Row("notice_unread", THEIRS, kwargs=one, method="post"),
    Row("inbox_done", ACT, method="post", data={"tab": "decide"}),
    Row("inbox_undo", ACT, method="post", data={"at": "1"}),
    Row("notice_settings", READ),
    Row("notice_settings", ACT, method="post", data={"mailed": ["mention"], "digest_hour": "8"}),
    Row("follow", ACT, kwargs=team, method="post"),
    Row("follow", {"anonymous": 302, "*": 404}, kwargs={"kind": "role", "pk": 1}, method="post"),
    Row("api_followed", ASK),
    Row("api_follow_thing", ASK, kwargs=team, method="put"),
    Row("api_follow_thing", {"anonymous": 401, "*": 204}, kwargs=team, method="delete"),
    Row("api_inbox", ASK),
    Row("api_inbox", ASK, method="post", data={"tab": "following"}),
    Row("api_notice", API_THEIRS, kwargs=one),
    Row("api_notice", API_THEIRS, kwargs=one, method="patch", data={"mark": "done"}),
    Row("api_notice_settings", ASK),
    Row("api_notice_settings", ASK, method="patch", data={"unmailed": ["team"]}),
]
