"""Roles: claimed once, one each, given back, handed over, contributed to."""

from datetime import timedelta

import pytest
from django.utils import timezone

from readinggroup.services.members import erase_member, export_member
from sessions.models import Presentation, RoleAssignment
from sessions.queries.roles import paper_of, regulars, roles_played
from sessions.services.presentations import NotYours, release_presentation
from sessions.services.role_contributions import (
    ContributionChangedMeanwhile,
    add_role_slides,
    contribute_to_role,
    remove_role_slides,
)
from sessions.services.roles import (
    HasContribution,
    PlaysAlready,
    RoleChoice,
    RolesClosed,
    RoleTaken,
    choose_roles,
    claim_role,
    release_role,
)
from sessions.services.sessions import cancel_session
from sessions.services.slide_decks import DeckRefused
from tests.factories import make_member, make_paper, make_presentation, make_role, make_role_play
from tests.pdfs import pdf, upload
from tests.racing import race

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    return make_role_play(roles=["Juggler", "Whale", "Lighthouse"], title="An evening", paper=make_paper(title="Tides"))


def part(session, name) -> RoleAssignment:
    return session.role_assignments.select_related("role", "member", "session").get(role__name=name)


def players(session) -> dict[str, str]:
    return {one.role.name: one.player_name for one in session.role_assignments.in_order()}


def test_claimed_role_has_its_player(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    assert players(session) == {"Juggler": "", "Whale": "Bob", "Lighthouse": ""}
    assert part(session, "Whale").filled == "claimed"


def test_claiming_twice_equals_claiming_once(bob, session):
    for _ in range(2):
        claim_role(part(session, "Whale"), member=bob)
    assert players(session)["Whale"] == "Bob"


def test_latecomer_reads_who_was_faster(alice, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    with pytest.raises(RoleTaken, match="Bob was a moment faster"):
        claim_role(part(session, "Whale"), member=alice)


def test_nobody_plays_two_roles_in_one_session(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    with pytest.raises(PlaysAlready, match="Whale"):
        claim_role(part(session, "Juggler"), member=bob)
    assert players(session) == {"Juggler": "", "Whale": "Bob", "Lighthouse": ""}


def test_one_may_change_ones_mind(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    claim_role(part(session, "Juggler"), member=bob, instead=True)
    assert players(session) == {"Juggler": "Bob", "Whale": "", "Lighthouse": ""}


def test_who_changes_their_mind_too_late_keeps_what_they_had(alice, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    claim_role(part(session, "Juggler"), member=alice)
    with pytest.raises(RoleTaken):
        claim_role(part(session, "Juggler"), member=bob, instead=True)
    assert players(session)["Whale"] == "Bob"


def test_roles_of_a_past_or_cancelled_session_cannot_be_claimed(bob, session):
    past = make_role_play(starts_at=timezone.now() - timedelta(days=1))
    with pytest.raises(RolesClosed):
        claim_role(past.role_assignments.first(), member=bob)
    cancel_session(session, reason="Storm")
    with pytest.raises(RolesClosed):
        claim_role(part(session, "Whale"), member=bob)


@pytest.mark.django_db(transaction=True)
def test_of_two_hundred_claims_fifty_at_a_time_exactly_one_wins():
    session = make_role_play(roles=["Whale", "Juggler"])
    members = [make_member() for _ in range(200)]

    def claim(member):
        try:
            claim_role(part(session, "Whale"), member=member)
        except RoleTaken as taken:
            return str(taken)
        return "won"

    answers = [answer for start in range(0, 200, 50) for answer in race(claim, members[start : start + 50])]
    winner = part(session, "Whale").member
    assert answers.count("won") == 1
    assert sum(winner.display_name in answer for answer in answers) == 199
    assert players(session)["Juggler"] == ""


@pytest.mark.django_db(transaction=True)
def test_one_member_who_grabs_every_role_at_once_gets_one():
    session = make_role_play(roles=12)
    greedy = make_member()

    def claim(assignment):
        try:
            claim_role(assignment, member=greedy)
        except PlaysAlready:
            return False
        return True

    rows = list(session.role_assignments.select_related("session", "role"))
    assert sum(race(claim, rows)) == 1
    assert session.role_assignments.filter(member=greedy).count() == 1


def test_role_is_given_back_by_its_player_or_an_organiser(alice, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    with pytest.raises(NotYours):
        release_role(part(session, "Whale"), by=make_member())
    release_role(part(session, "Whale"), by=bob)
    claim_role(part(session, "Whale"), member=bob)
    release_role(part(session, "Whale"), by=alice)
    assert players(session)["Whale"] == ""


def test_what_was_contributed_does_not_end_up_under_another_name(alice, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    contribute_to_role(part(session, "Whale"), notes="I sang.")
    with pytest.raises(HasContribution, match="Bob has contributed"):
        release_role(part(session, "Whale"), by=bob)
    with pytest.raises(HasContribution):
        claim_role(part(session, "Juggler"), member=bob, instead=True)
    contribute_to_role(part(session, "Whale"), notes="")
    release_role(part(session, "Whale"), by=bob)
    assert players(session)["Whale"] == ""


def choices(session, **members):
    """The roles as they stand, some with another player."""
    return [
        RoleChoice(one.role, 7, one.position, members.get(one.role.name, one.member), one.member_id)
        for one in session.role_assignments.select_related("role", "member")
    ]


TIMES = {"paper": None, "intro_minutes": 5, "discussion_minutes": 10}


def test_organiser_gives_roles_and_minutes(alice, bob, session):
    assert choose_roles(session, choices(session, Whale=bob, Juggler=alice), **TIMES) == []
    assert players(session) == {"Juggler": "Alice", "Whale": "Bob", "Lighthouse": ""}
    assert set(session.role_assignments.values_list("minutes", flat=True)) == {7}


def test_organiser_swaps_two_players(alice, bob, session):
    choose_roles(session, choices(session, Whale=bob, Juggler=alice), **TIMES)
    assert choose_roles(session, choices(session, Whale=alice, Juggler=bob), **TIMES) == []
    assert players(session) == {"Juggler": "Bob", "Whale": "Alice", "Lighthouse": ""}


def test_claim_since_the_organiser_looked_stays(alice, bob, session):
    planned = choices(session, Whale=alice)
    claim_role(part(session, "Whale"), member=bob)
    assert choose_roles(session, planned, **TIMES) == ["Whale went to Bob meanwhile."]
    assert players(session)["Whale"] == "Bob"


def test_member_who_took_another_role_meanwhile_is_told(bob, session):
    planned = choices(session, Whale=bob)
    claim_role(part(session, "Juggler"), member=bob)
    assert "another role" in " ".join(choose_roles(session, planned, **TIMES))
    assert players(session) == {"Juggler": "Bob", "Whale": "", "Lighthouse": ""}


def test_role_left_out_goes_unless_something_was_contributed(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    contribute_to_role(part(session, "Whale"), notes="I sang.")
    complaints = choose_roles(session, [RoleChoice(make_role("Cook"), 5, 1)], **TIMES)
    assert complaints == ["Whale stays, because Bob has contributed to it."]
    assert set(players(session)) == {"Cook", "Whale"}


def test_notes_are_rendered_and_found(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    contribute_to_role(part(session, "Whale"), notes="We measured **plankton**.", code_url="https://example.org/sea")
    assert "<strong>plankton</strong>" in part(session, "Whale").contribution_html


def test_search_opens_the_session_at_the_role(bob, charlie, session, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        claim_role(part(session, "Whale"), member=bob)
        contribute_to_role(part(session, "Whale"), notes="We measured **plankton**.")
    page = charlie.get("/search/", {"q": "plankton"}).content.decode()
    assert "An evening" in page
    assert part(session, "Whale").get_absolute_url() in page
    assert "Tides" not in page


def test_session_without_a_theme_is_found_by_its_paper(charlie, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        make_role_play(paper=make_paper(title="On plankton"))
    assert "with roles" in charlie.get("/search/", {"q": "plankton"}).content.decode()


def test_two_writers_do_not_overwrite_each_other(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    contribute_to_role(part(session, "Whale"), notes="First")
    with pytest.raises(ContributionChangedMeanwhile):
        contribute_to_role(part(session, "Whale"), notes="Mine", before="")
    assert part(session, "Whale").contribution == "First"


def test_slides_of_a_role_are_no_slot_and_no_talk_of_the_programme(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    presentation = add_role_slides(part(session, "Whale"), file=upload())
    assert (presentation.title, presentation.presenter_names) == ("Whale: Tides", ["Bob"])
    assert presentation.slide_decks.count() == 1
    listed = type(session).objects.with_presentations().get(pk=session.pk)
    assert list(listed.presentations.all()) == []
    release_presentation(presentation, by=bob)
    assert presentation.status == Presentation.Status.CLAIMED


def test_new_version_of_the_slides_joins_the_old(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    first = add_role_slides(part(session, "Whale"), file=upload())
    again = add_role_slides(part(session, "Whale"), file=upload(pdf(2)))
    assert again == first
    assert first.slide_decks.count() == 2


def test_refused_slides_leave_nothing_behind(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    with pytest.raises(DeckRefused):
        add_role_slides(part(session, "Whale"), file=upload(b"no pdf"))
    assert not Presentation.objects.exists()


def test_slides_are_taken_away(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    add_role_slides(part(session, "Whale"), file=upload())
    remove_role_slides(part(session, "Whale"))
    assert not Presentation.objects.exists()
    assert not part(session, "Whale").has_contribution


def test_counts_of_what_was_played(alice, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    off = make_role_play(roles=["Whale"])
    claim_role(part(off, "Whale"), member=bob)
    cancel_session(off, reason="Storm")
    whale = part(session, "Whale").role
    assert roles_played([alice, bob.pk]) == {alice.pk: {}, bob.pk: {whale.pk: 1}}
    assert roles_played([bob], since=timezone.localdate() + timedelta(days=8)) == {bob.pk: {}}
    assert roles_played([bob], until=timezone.now()) == {bob.pk: {}}


def test_regulars_came_presented_or_played(alice, bob, session):
    speaker, guest = make_member(), make_member()
    make_member()
    claim_role(part(session, "Whale"), member=bob)
    session.attendances.create(member=guest, rsvp="yes")
    session.attendances.create(member=alice, rsvp="no")
    make_presentation(presenters=[speaker], presented_on=timezone.localdate())
    assert set(regulars()) == {bob, speaker, guest}


def test_paper_is_the_chosen_one_or_the_one_presented(session):
    assert paper_of(session).title == "Tides"
    bare = make_role_play()
    assert paper_of(bare) is None
    make_presentation(session=bare, papers=[make_paper(title="Presented")])
    assert paper_of(bare).title == "Presented"


def test_member_who_leaves_frees_what_is_to_come_and_stays_in_the_archive(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    past = make_role_play(roles=["Cook"], starts_at=timezone.now() - timedelta(days=7))
    past.role_assignments.update(member=bob, contribution="Soup")
    assert [row["role"] for row in export_member(bob)["roles"]] == ["Cook", "Whale"]
    erase_member(bob, keep_name=True)
    assert players(session)["Whale"] == ""
    assert players(past) == {"Cook": "Bob"}
    assert part(past, "Cook").contribution == "Soup"


def test_slides_of_a_member_who_leaves_stay_slides(bob, session):
    claim_role(part(session, "Whale"), member=bob)
    presentation = add_role_slides(part(session, "Whale"), file=upload())
    erase_member(bob, keep_name=True)
    presentation.refresh_from_db()
    assert presentation.status == Presentation.Status.CLAIMED
    assert presentation.presenter_names == ["Bob"]
