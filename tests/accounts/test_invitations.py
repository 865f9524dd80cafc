"""Invitations: by mail, once, in time, revocable; the role only if the inviter may still give it."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from accounts.actions import invite, revoke_invitation, send_invitation_again
from accounts.mail import invitation_token
from accounts.models import BusinessLine, Invitation, InvitationMail, Membership, Person
from config.flow.errors import NotAllowed, NotYours

NEW = "new.person@example.com"
CHOSEN = {
    "name": "Nia New",
    "new_password1": "several words in a row",
    "new_password2": "several words in a row",
}


@pytest.fixture
def line(cast):
    return BusinessLine.objects.get(slug="payments")


@pytest.fixture
def sent(cast, line):
    return invite(actor=cast.administrator, email=NEW, name="Nia", line=line, role="growth")


def link(invitation):
    return f"/invitations/join/{invitation_token(invitation)}"


def test_the_mail_is_a_due_row_and_its_link_rests_in_no_table(sent, mailoutbox, settings):
    settings.BASE_URL = "https://gateline.example"
    (row,) = InvitationMail.objects.all()
    row.renew = lambda: None
    row.work()
    (letter,) = mailoutbox
    assert letter.to == [NEW]
    assert re.search(r"https://gateline\.example(/invitations/join/\S+)", letter.body)[1] == link(
        sent
    )
    kept = str(list(Invitation.objects.values()) + list(InvitationMail.objects.values()))
    assert invitation_token(sent) not in kept


def test_joining_signs_in_gives_the_role_and_works_once(sent):
    browser = Client()
    assert "Welcome" in browser.get(link(sent)).content.decode()
    assert browser.post(link(sent), CHOSEN).url == "/"
    assert browser.get("/kpis").status_code == 200
    person = Person.objects.get(email=NEW)
    assert Membership.objects.filter(person=person, role="growth", line=sent.line).exists()
    assert Client().get(link(sent)).status_code == 404
    assert Client().post(link(sent), CHOSEN).status_code == 404


def test_a_short_password_is_refused_and_the_name_is_kept(sent):
    told = CHOSEN | {"new_password1": "short", "new_password2": "short"}
    answer = Client().post(link(sent), told)
    assert answer.status_code == 422
    assert "Nia New" in answer.content.decode()


def test_it_runs_out(sent):
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert Client().get(link(sent)).status_code == 404


def test_a_revoked_one_opens_nothing_and_its_mail_is_not_sent(sent, cast, mailoutbox):
    revoke_invitation(actor=cast.administrator, invitation=sent)
    assert Client().get(link(sent)).status_code == 404
    InvitationMail.objects.get().work()
    assert mailoutbox == []


def test_sending_anew_makes_the_former_link_void(sent, cast):
    former = link(sent)
    again = send_invitation_again(actor=cast.administrator, invitation=sent)
    assert Client().get(former).status_code == 404
    assert Client().get(link(again)).status_code == 200
    assert InvitationMail.objects.count() == 2


def test_a_changed_link_opens_nothing(sent):
    assert Client().get(link(sent)[:-2] + "xx").status_code == 404


def test_a_role_the_inviter_may_not_give_any_more_is_not_given(cast, line):
    sent = invite(actor=cast.business_leader, email=NEW, line=line, role="growth")
    Membership.objects.filter(person=cast.business_leader).update(ended_at=timezone.now())
    Client().post(link(sent), CHOSEN)
    assert not Membership.objects.filter(person__email=NEW).exists()


def test_who_may_invite_where(cast, line):
    cards = BusinessLine.objects.get(slug="cards")
    with pytest.raises(NotYours):
        invite(actor=cast.business_leader, email=NEW, line=cards)
    with pytest.raises(NotYours):
        invite(actor=cast.business_leader, email=NEW)
    with pytest.raises(NotYours):
        invite(actor=cast.reader, email=NEW, line=line)
    with pytest.raises(NotAllowed, match="signs in here already"):
        invite(actor=cast.administrator, email="READER@example.com")
    invite(actor=cast.administrator, email=NEW)
    with pytest.raises(NotAllowed, match="invited already"):
        invite(actor=cast.administrator, email=NEW.upper())


def test_the_page_sends_shows_and_refuses(cast, as_, line):
    browser = as_(cast.business_leader)
    told = {"email": NEW, "name": "Nia", "line": line.pk, "role": "growth"}
    assert browser.post("/invitations", told).status_code == 302
    page = browser.get("/invitations").content.decode()
    assert "Nia" in page
    again = browser.post("/invitations", told)
    assert again.status_code == 422
    assert "invited already" in again.content.decode()
    other = as_(cast.cards_leader)
    assert "Nia" not in other.get("/invitations").content.decode()
    row = Invitation.objects.get()
    assert other.post(f"/invitations/{row.public_id}/revoke").status_code == 404
    assert browser.post(f"/invitations/{row.public_id}/again").status_code == 302
    assert browser.post(f"/invitations/{row.public_id}/revoke").status_code == 302
    assert "Revoked" in browser.get("/invitations").content.decode()


def test_the_api_sends_lists_and_revokes(cast, api_as, line):
    caller = api_as(cast.business_leader)
    told = {"email": NEW, "line": "payments", "role": "growth"}
    made = caller.post("/api/v1/invitations/", told, format="json")
    assert made.status_code == 201
    assert caller.get("/api/v1/invitations/").json()["results"][0]["email"] == NEW
    where = f"/api/v1/invitations/{made.json()['public_id']}"
    assert caller.post(f"{where}/again/").status_code == 200
    assert caller.post(f"{where}/revoke/").json()["state"] == "revoked"
    assert caller.post(f"{where}/again/").status_code == 409
    assert api_as(cast.cards_leader).post(f"{where}/revoke/").status_code == 404
    assert (
        caller.post("/api/v1/invitations/", told | {"email": "x"}, format="json").status_code == 400
    )
