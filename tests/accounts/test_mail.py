import uuid
from datetime import timedelta

from django.core import mail
from django.utils import timezone

from accounts.models import PasswordResetMail


def waiting(person):
    return PasswordResetMail.objects.create(
        person=person, lease_token=uuid.uuid4(), lease_until=timezone.now() + timedelta(minutes=1)
    )


def test_the_worker_sends_one_letter(cast):
    waiting(cast.reader).work()
    assert [letter.to for letter in mail.outbox] == [["reader@example.com"]]
    assert "/password/new/" in mail.outbox[0].body


def test_somebody_made_inactive_meanwhile_gets_none(cast):
    row = waiting(cast.reader)
    cast.reader.is_active = False
    cast.reader.save()
    row.person.refresh_from_db()
    row.work()
    assert mail.outbox == []


def test_the_dead_rows_page_says_whose_it_was(cast):
    assert waiting(cast.reader).describe() == "Password reset mail to Rea Reader"
