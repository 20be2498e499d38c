"""The term at a glance: what is missing, who is due, and what is done about it in place."""

import csv
from datetime import timedelta
from io import StringIO

import pytest
from django.utils import timezone

from readinggroup.models import Mail
from sessions.models import Attendance, Session, SlotWaiter
from sessions.queries.board import fairness_board, suggestions
from sessions.services.presentations import claim_presentation, open_slot
from sessions.services.queue import add_vote, propose_paper
from sessions.views.organise import plain_cell
from tests.factories import make_member, make_paper, make_presentation, make_role_play, make_session

pytestmark = pytest.mark.django_db

TERM = "/organise/"
DO = "/organise/do/"


def page(answer) -> str:
    return " ".join(answer.content.decode().split())


def days(count):
    return timezone.now() + timedelta(days=count)


def came(member, times, **reply):
    for number in range(times):
        session = make_session(starts_at=days(-10 - number))
        Attendance.objects.create(session=session, member=member, **(reply or {"attended": True}))


def line_of(member):
    return next(line for line in fairness_board() if line.member == member)


def test_only_organisers_look(bob_client, charlie):
    assert bob_client.get(TERM).status_code == 404
    assert charlie.get(TERM).url.startswith("/accounts/login/")


def test_empty_term_says_what_to_do(alice_client):
    shown = page(alice_client.get(TERM))
    assert "Nothing is missing" in shown
    assert "No session lies ahead" in shown


def test_term_tells_what_is_missing_in_words(alice_client, bob):
    claim_presentation(open_slot(make_session(title="Vision", starts_at=days(2))), member=bob)
    make_session(title="Empty", starts_at=days(9))
    shown = page(alice_client.get(TERM))
    assert "The paper of Bob is not fixed" in shown
    assert "The slides of Bob are not here yet" in shown
    assert "Nothing is planned" in shown
    assert "<strong>1</strong> session without anything" in shown


def test_range_and_series_narrow_the_term(alice_client):
    make_session(title="Near", starts_at=days(3))
    make_session(title="Far", starts_at=days(200))
    assert "Far" not in page(alice_client.get(TERM))
    first = (timezone.localdate() + timedelta(days=190)).isoformat()
    shown = page(
        alice_client.get(TERM, {"first": first, "last": (timezone.localdate() + timedelta(days=210)).isoformat()})
    )
    assert "Far" in shown
    assert "Near" not in shown
    assert "The last day lies before the first one." in page(
        alice_client.get(TERM, {"first": "2030-01-01", "last": "2029-01-01"})
    )
    assert (
        alice_client.get(TERM, {"first": "x", "series": "99999999999999999999", "last": "0001-01-01"}).status_code
        == 200
    )


def test_suggestion_says_why_and_one_click_gives_the_slot(alice_client, bob):
    came(bob, 3)
    make_presentation(presenters=[bob], presented_on=timezone.localdate() - timedelta(days=400))
    add_vote(propose_paper(make_paper(), proposed_by=bob)[0], member=bob, would_present=True)
    slot = open_slot(make_session(title="Soon"))
    shown = page(alice_client.get(TERM))
    assert "Ask <strong>Bob</strong>: last presented in" in shown
    assert "came to 3 of the last 3, would present 1 paper of the queue." in shown
    answer = alice_client.post(DO, {"do": "assign", "slot": slot.pk, "member": bob.pk, "next": TERM})
    assert answer.url == f"{TERM}#session-{slot.session_id}"
    slot.refresh_from_db()
    assert (slot.status, slot.presenter_names) == ("claimed", ["Bob"])
    answer = alice_client.post(DO, {"do": "assign", "slot": slot.pk, "member": make_member().pk}, follow=True)
    assert "went to Bob" in page(answer)


def test_nobody_is_suggested_who_cannot_or_will_not(alice_client, bob):
    came(bob, 3)
    slot = open_slot(make_session(title="Soon"))
    board = fairness_board()
    assert suggestions([slot], board)[slot.pk].member == bob.pk
    reply = Attendance.objects.create(session=slot.session, member=bob, rsvp="no")
    assert suggestions([slot], board) == {}
    reply.delete()
    other = claim_presentation(
        open_slot(make_session(starts_at=slot.session.starts_at + timedelta(minutes=5))), member=bob
    )
    assert suggestions([slot], fairness_board()) == {}
    Session.objects.filter(pk=other.session_id).update(status="cancelled")
    assert suggestions([slot], fairness_board())[slot.pk].member == bob.pk
    bob.takes_turns = False
    bob.save()
    assert suggestions([slot], fairness_board()) == {}


def test_slot_that_is_held_is_not_suggested(alice_client, bob):
    came(bob, 3)
    slot = open_slot(make_session())
    SlotWaiter.objects.create(
        session=slot.session,
        member=make_member(name="Ines"),
        offered_slot=slot,
        offered_at=timezone.now(),
        offer_ends_at=days(1),
    )
    shown = page(alice_client.get(TERM))
    assert "A slot is held for <strong>Ines</strong>" in shown
    assert "Ask <strong>" not in shown


def test_board_counts_what_was_presented_played_and_attended(bob):
    came(bob, 2)
    came(bob, 1, rsvp="yes")
    came(bob, 1, rsvp="yes", attended=False)
    make_presentation(presenters=[bob], presented_on=timezone.localdate() - timedelta(days=500))
    last_week = make_session(starts_at=days(-7))
    make_presentation(presenters=[bob, "A guest"], session=last_week, position=1, status="claimed")
    role_play = make_role_play(starts_at=days(-20), roles=["Juggler"])
    role_play.role_assignments.update(member=bob)
    claim_presentation(open_slot(make_session(starts_at=days(14))), member=bob)
    line = line_of(bob)
    assert line.record.last_on == timezone.localdate(last_week.starts_at)
    assert (line.record.times_lately, line.record.visits, line.roles) == (1, 3, [("Juggler", 1)])
    assert line.record.coming_on == timezone.localdate(days(14))


def test_session_that_was_called_off_counts_for_nothing(bob):
    session = make_session(starts_at=days(-7), status="cancelled")
    make_presentation(presenters=[bob], session=session, position=1, status="claimed")
    Attendance.objects.create(session=session, member=bob, rsvp="yes")
    record = line_of(bob).record
    assert (record.last_on, record.visits) == (None, 0)


def test_presenter_is_reminded_once_a_day(alice_client, bob):
    slot = claim_presentation(open_slot(make_session()), member=bob)
    remind = {"do": "remind", "slot": slot.pk}
    assert "Bob gets a mail about what is missing." in page(alice_client.post(DO, remind, follow=True))
    assert "Bob was reminded today already." in page(alice_client.post(DO, remind, follow=True))
    mail = Mail.objects.get()
    assert (mail.address, mail.kind) == ("bob@example.org", "presenting")
    assert "Alice reminds you" in mail.text
    assert f"/presentations/{slot.pk}/change/edit/#id_papers" in mail.text
    Mail.objects.update(event=f"slot-{slot.pk}-reminder-2020-01-01")
    alice_client.post(DO, remind)
    assert Mail.objects.count() == 2


def test_who_wants_no_such_mail_is_named(alice_client, bob):
    bob.unwanted_mail = ["presenting"]
    bob.save()
    slot = claim_presentation(open_slot(make_session()), member=bob)
    assert "Say it in person." in page(alice_client.post(DO, {"do": "remind", "slot": slot.pk}, follow=True))
    assert not Mail.objects.exists()


def test_talk_that_is_over_is_marked_as_given_in_place(alice_client, bob):
    talk = make_presentation(
        presenters=[bob], session=make_session(starts_at=days(-7)), position=1, status="claimed", title="It was fine"
    )
    assert "Mark as given" in page(alice_client.get(TERM))
    alice_client.post(DO, {"do": "give", "slot": talk.pk})
    talk.refresh_from_db()
    assert (talk.status, talk.number) == ("given", 1)
    ahead = claim_presentation(open_slot(make_session()), member=bob)
    alice_client.post(DO, {"do": "give", "slot": ahead.pk})
    ahead.refresh_from_db()
    assert ahead.status == "claimed"


def test_slot_is_opened_in_place_and_nonsense_does_nothing(alice_client):
    session = make_session()
    alice_client.post(DO, {"do": "open", "session": session.pk})
    assert session.presentations.open().count() == 1
    for wrong in ({}, {"do": "x"}):
        assert alice_client.post(DO, wrong).url == TERM
    for wrong in ({"do": "open", "session": "²"}, {"do": "assign", "slot": "9" * 30}, {"do": "remind"}):
        assert alice_client.post(DO, wrong).status_code == 404
    assert alice_client.post(DO, {"do": "x", "next": "https://evil.example/organise/"}).url == TERM


def test_page_asks_as_much_for_three_of_each_as_for_one(alice_client, count_queries):
    def add(number):
        member = make_member()
        came(member, 2)
        starts_at = days(5 + number)
        session = make_session(starts_at=starts_at, slots=1)
        claim_presentation(open_slot(session), member=member, paper=make_paper())
        make_presentation(presenters=[member], session=make_session(starts_at=days(-5 - number)), position=1)
        role_play = make_role_play(starts_at=starts_at)
        role_play.role_assignments.filter(position=1).update(member=member)
        add_vote(propose_paper(make_paper(), proposed_by=member)[0], member=member, would_present=True)

    add(1)
    few = count_queries(lambda: alice_client.get(TERM))
    add(2)
    add(3)
    assert count_queries(lambda: alice_client.get(TERM)) == few


def test_board_is_a_table_that_no_spreadsheet_runs(alice_client, bob):
    evil = make_member(name='=HYPERLINK("http://evil.example")')
    answer = alice_client.get("/organise/fairness.csv")
    rows = list(csv.reader(StringIO(answer.content.decode())))
    assert {row[0] for row in rows[1:]} == {"Alice", "Bob", f"'{evil.name}"}
    assert answer["Content-Disposition"] == 'attachment; filename="fairness.csv"'


@pytest.mark.parametrize("cell", ["=1", "+1", "-1", "@a", "\t=1", "\r=1", " =1"])
def test_formulas_become_words(cell):
    assert plain_cell(cell) == f"'{cell}"
    assert plain_cell(-3) == -3


def test_admin_finds_the_same_sessions(admin_member_client):
    make_session(title="Lacks a presenter", slots=1)
    make_session(title="To talk", format="discussion")
    shown = page(admin_member_client.get("/admin/group_sessions/session/?is=needing_attention"))
    assert "Lacks a presenter" in shown
    assert "A slot is open" in shown
    assert "To talk" not in shown
    assert "1 session needs attention" in page(admin_member_client.get("/admin/"))


@pytest.mark.parametrize("at", ["page", "term"])
def test_pressing_twice_opens_one_slot(alice_client, at):
    session = make_session(slots=1)
    path, form = (f"/sessions/{session.pk}/slots/", {}) if at == "page" else (DO, {"do": "open", "session": session.pk})
    look = session.get_absolute_url() if at == "page" else TERM
    assert '<input type="hidden" name="seen" value="1">' in page(alice_client.get(look))
    for _ in range(2):
        answer = alice_client.post(path, {**form, "seen": 1}, follow=True)
    assert session.presentations.count() == 2
    assert "changed a moment ago" in page(answer)


def test_more_sessions_than_are_shown_are_said_to_be_there(alice_client, monkeypatch):
    for number in range(3):
        make_session(starts_at=days(3 + number))
    for most, is_said in ((2, True), (3, False)):
        for module in ("sessions.views.organise", "sessions.queries.term"):
            monkeypatch.setattr(f"{module}.MOST_SESSIONS", most)
        shown = alice_client.get(TERM)
        assert len(shown.context["coming"]) == most
        assert ("These are the first 2 sessions" in page(shown)) == is_said


def test_term_full_of_past_sessions_does_not_say_that_none_is_ahead(alice_client, monkeypatch):
    for number in (-9, -8, 4):
        make_session(starts_at=days(number), ends_at=days(number) + timedelta(hours=1))
    for module in ("sessions.views.organise", "sessions.queries.term"):
        monkeypatch.setattr(f"{module}.MOST_SESSIONS", 2)
    shown = page(alice_client.get(TERM))
    assert "What lies ahead is not shown" in shown
    assert "No session lies ahead" not in shown
