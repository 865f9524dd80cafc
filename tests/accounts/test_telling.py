"""When mails go out: at once outside quiet hours, else in one digest at the local hour."""

import os
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.core.mail import get_connection
from django.utils import timezone

from accounts.actions import News, change_telling, mark_done, promise_digests, tell
from accounts.models import Digest, Letter, Notice, Tab
from accounts.quiet import digest_day, quiet_ends
from config.due.jobs import run_here
from config.due.models import DueState

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 6, 3, 12, tzinfo=UTC)


def told(person, tab=Tab.FOLLOWING, act="edit", key="", at=None, **more):
    tell([person], News(None, act, f"Thing {act}", path="/teams", key=key), tab=tab, actor=None)
    if at:
        Notice.objects.filter(person=person, burst__contains=f":{act}:").update(begun_at=at, at=at)


@pytest.mark.parametrize(
    ("zone", "now", "until"),
    [
        ("UTC", datetime(2026, 6, 3, 18, 59, tzinfo=UTC), None),
        ("UTC", datetime(2026, 6, 3, 19, 0, tzinfo=UTC), datetime(2026, 6, 4, 7, tzinfo=UTC)),
        ("UTC", datetime(2026, 6, 4, 6, 59, tzinfo=UTC), datetime(2026, 6, 4, 7, tzinfo=UTC)),
        ("UTC", datetime(2026, 6, 4, 7, 0, tzinfo=UTC), None),
        # The night the clocks go forward and back in Berlin ends at seven there.
        (
            "Europe/Berlin",
            datetime(2026, 3, 28, 20, tzinfo=UTC),
            datetime(2026, 3, 29, 5, tzinfo=UTC),
        ),
        (
            "Europe/Berlin",
            datetime(2026, 10, 24, 20, tzinfo=UTC),
            datetime(2026, 10, 25, 6, tzinfo=UTC),
        ),
    ],
)
def test_quiet_hours_are_those_of_the_person(cast, zone, now, until):
    cast.reader.time_zone = zone
    assert quiet_ends(cast.reader, None, now) == until


def test_a_mail_waits_for_the_end_of_quiet_hours_and_does_not_count_as_tried(cast, mailoutbox):
    told(cast.reader, Tab.DECIDE, key="d")
    letter = Letter.objects.get()
    with time_machine.travel(NOON.replace(hour=22), tick=False):
        assert run_here(letter) == "later"
    letter.refresh_from_db()
    assert (letter.attempts, mailoutbox) == (0, [])
    with time_machine.travel(NOON, tick=False):
        assert run_here(letter) == "done"
    assert mailoutbox[0].subject == "Thing edit"


def test_what_was_put_away_in_the_night_is_not_mailed(cast, mailoutbox):
    told(cast.reader, Tab.DECIDE, key="d")
    mark_done(actor=cast.reader, found=Notice.objects.all())
    with time_machine.travel(NOON, tick=False):
        assert run_here(Letter.objects.get()) == "done"
    assert mailoutbox == []


def test_a_reason_switched_off_sends_nothing_and_stays_in_the_inbox(cast):
    change_telling(person=cast.reader, unmailed=["decision", "followed"])
    told(cast.reader, Tab.DECIDE, key="d")
    told(cast.reader, Tab.MENTIONS, key="m")
    told(cast.reader, act="old", at=timezone.now() - timedelta(days=2))
    assert Letter.objects.get().notice.tab == "mentions"
    assert promise_digests() == 0
    assert Notice.objects.count() == 3


@pytest.mark.parametrize(
    ("zone", "day", "moment"),
    [
        ("Asia/Kathmandu", "2026-06-03", datetime(2026, 6, 3, 2, 15, tzinfo=UTC)),
        ("America/New_York", "2026-06-03", datetime(2026, 6, 3, 12, 0, tzinfo=UTC)),
    ],
)
def test_the_digest_comes_at_the_local_hour(cast, zone, day, moment):
    cast.reader.time_zone = zone
    cast.reader.save()
    told(cast.reader, at=moment - timedelta(hours=1))
    assert promise_digests(moment - timedelta(minutes=1)) == 0
    assert promise_digests(moment) == 1
    assert Digest.objects.get().day.isoformat() == day


@pytest.mark.parametrize(
    ("hour", "night"),
    [(2, datetime(2026, 3, 29, tzinfo=UTC)), (2, datetime(2026, 10, 25, tzinfo=UTC))],
)
def test_a_change_of_clocks_neither_skips_nor_doubles_a_digest(cast, hour, night):
    cast.reader.time_zone = "Europe/Berlin"
    cast.reader.save()
    change_telling(person=cast.reader, digest_hour=hour)
    told(cast.reader, at=night - timedelta(hours=6))
    seen = [promise_digests(night + timedelta(minutes=15 * n)) for n in range(-8, 24)]
    assert sum(seen) == 1
    settings = cast.reader.notice_settings
    assert digest_day(cast.reader, settings, night + timedelta(hours=6))[0].day == night.day


def test_two_hundred_changes_give_one_mail(cast, mailoutbox):
    for n in range(200):
        told(cast.reader, act=f"a{n}")
    Notice.objects.update(begun_at=timezone.now() - timedelta(days=1))
    assert promise_digests() == 1
    assert promise_digests() == 0
    assert run_here(Digest.objects.get()) == "done"
    assert len(mailoutbox) == 1
    assert not Notice.objects.undigested().exists()
    assert promise_digests() == 0


def test_a_digest_sent_again_says_the_same_under_the_same_id(cast, mailoutbox):
    told(cast.reader, at=timezone.now() - timedelta(days=1))
    promise_digests()
    digest = Digest.objects.get()
    run_here(digest)
    told(cast.reader, act="later")
    Digest.objects.update(state=DueState.DUE)
    run_here(digest)
    one, two = mailoutbox
    assert one.body == two.body
    assert one.extra_headers["Message-ID"] == two.extra_headers["Message-ID"]
    assert Notice.objects.undigested().count() == 1


def test_what_was_read_is_in_no_digest(cast):
    told(cast.reader, at=timezone.now() - timedelta(days=1))
    Notice.objects.update(read_at=timezone.now())
    assert promise_digests() == 0


def test_a_changed_hour_gives_no_second_digest_of_a_day(cast):
    told(cast.reader, at=NOON - timedelta(days=1))
    assert promise_digests(NOON) == 1
    told(cast.reader, act="more", at=NOON)
    change_telling(person=cast.reader, digest_hour=15)
    assert promise_digests(NOON.replace(hour=15)) == 0
    assert promise_digests(NOON.replace(hour=15) + timedelta(days=1)) == 1


@pytest.mark.parametrize("data", [{"quiet_from": "19"}, {"quiet_from": "99"}, {"digest_hour": "x"}])
def test_hours_that_cannot_be_are_refused_and_kept_on_the_page(cast, as_, data):
    answer = as_(cast.reader).post("/settings/notifications", {"digest_hour": "8", **data})
    assert answer.status_code == 422


def test_settings_are_kept(cast, as_, api_as):
    as_(cast.reader).post(
        "/settings/notifications",
        {"quiet_from": "", "quiet_until": "", "digest_hour": "17", "mailed": ["mention"]},
    )
    found = api_as(cast.reader).get("/api/v1/me/notifications/").json()
    assert (found["quiet_from"], found["digest_hour"]) == (None, 17)
    assert "mention" not in found["unmailed"]
    assert "decision" in found["unmailed"]
    bad = api_as(cast.reader).patch("/api/v1/me/notifications/", {"quiet_from": 3}, format="json")
    assert bad.status_code == 400


@pytest.fixture
def smtp(tmp_path):
    """A real server in a process of its own; mails fall into a folder."""
    port, box = 18000 + os.getpid() % 2000, tmp_path / "box"
    server = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "aiosmtpd",
            "-n",
            "-l",
            f"127.0.0.1:{port}",
            "-c",
            "aiosmtpd.handlers.Mailbox",
            str(box),
        ]
    )
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port
    )
    for _try in range(100):
        try:
            connection.open()
            break
        except OSError:
            time.sleep(0.1)
    connection.close()
    yield port, Path(box)
    server.terminate()
    server.wait(timeout=10)


def test_mails_reach_a_real_server_as_due_rows(cast, smtp, settings):
    port, box = smtp
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", port
    told(cast.reader, Tab.DECIDE, act="decide", key="d")
    told(cast.reader, at=timezone.now() - timedelta(days=1))
    change_telling(person=cast.reader, quiet_from=None, quiet_until=None)
    promise_digests()
    assert run_here(Letter.objects.get()) == "done"
    assert run_here(Digest.objects.get()) == "done"
    mails = sorted(path.read_text() for path in (box / "new").iterdir())
    assert len(mails) == 2
    assert any("Subject: Thing decide" in mail for mail in mails)
    digest = next(mail for mail in mails if "List-Unsubscribe" in mail)
    assert "/settings/notifications" in digest


def test_a_server_that_is_away_is_tried_again(cast, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    told(cast.reader, at=timezone.now() - timedelta(days=1))
    promise_digests()
    assert run_here(Digest.objects.get()) == "failed"
    assert Digest.objects.get().state == DueState.DUE
