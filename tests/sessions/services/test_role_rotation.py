"""A term's rotation: proposed, explained, saved."""

from datetime import timedelta

import pytest
from django.utils import timezone

from sessions.models import RoleAssignment
from sessions.rotation.tables import rotation_tables
from sessions.services.role_contributions import contribute_to_role
from sessions.services.role_rotation import propose_rotation, save_rotation
from sessions.services.roles import claim_role
from tests.factories import make_member, make_presentation, make_role_play

pytestmark = pytest.mark.django_db

NAMES = ["Cook", "Juggler", "Whale"]


@pytest.fixture
def term():
    """Four sessions of the same three roles, a week apart."""
    start = timezone.now() + timedelta(days=7)
    return [make_role_play(roles=NAMES, starts_at=start + timedelta(weeks=week)) for week in range(4)]


@pytest.fixture
def members():
    return [make_member(name=name) for name in ("Ada", "Bea", "Cleo", "Dora")]


def since():
    return timezone.localdate() - timedelta(days=90)


def names(proposal) -> list[list[str]]:
    return [[cell.player for cell in line.cells] for line in rotation_tables(proposal).lines]


def test_everybody_plays_everything_once(term, members):
    proposal = propose_rotation(term, members, since=since())
    assert all(sorted(column) == ["Ada", "Bea", "Cleo", "Dora"] for column in zip(*names(proposal), strict=True))
    assert set(proposal.counts.values()) == {1}
    assert not RoleAssignment.objects.exclude(member=None).exists()


def test_proposal_explains_itself(term, members):
    tables = rotation_tables(propose_rotation(term, members, since=since()))
    day = since()
    assert tables.sentences == [
        f"With this plan each of 4 people plays each of 3 roles 1 time, counted since {day.day} {day:%B %Y}.",
        "Everybody has 3 roles in all.",
        "No other plan would be more even.",
    ]
    assert [(line.before, line.after) for line in tables.members] == [(0, 3)] * 4


def test_saved_as_it_was_shown(term, members):
    proposal = propose_rotation(term, members, since=since())
    assert save_rotation(term, proposal.players) == (12, [])
    saved = [[one.player_name for one in session.role_assignments.in_order()] for session in term]
    assert saved == names(proposal)
    assert set(RoleAssignment.objects.values_list("filled", flat=True)) == {"rotated"}


def test_who_cannot_come_or_presents_is_left_out_there(term, members):
    ada, bea, *_ = members
    term[0].attendances.create(member=ada, rsvp="no")
    make_presentation(session=term[1], presenters=[bea], status="claimed")
    proposal = propose_rotation(term, members, since=since())
    assert "Ada" not in names(proposal)[0]
    assert "Bea" not in names(proposal)[1]
    explained = rotation_tables(proposal).sentences
    assert f"Ada cannot come on {term[0].day_text}." in explained
    assert f"Bea presents on {term[1].day_text}, and gets no role there." in explained
    assert len(proposal.players) == 12


def test_claims_stay_and_count(term, members):
    claim_role(term[0].role_assignments.get(role__name="Whale"), member=members[0])
    proposal = propose_rotation(term, members, since=since())
    assert names(proposal)[0][2] == "Ada"
    assert len(proposal.players) == 11
    assert set(proposal.counts.values()) == {1}


def test_past_counts_from_the_day_one_says(term, members):
    past = make_role_play(roles=NAMES, starts_at=timezone.now() - timedelta(days=30))
    past.role_assignments.filter(role__name="Cook").update(member=members[0])
    lately = propose_rotation(term[:3], members, since=since())
    assert "Ada" not in [row[0] for row in names(lately)]
    whole = propose_rotation(term[:3], members, since=timezone.localdate() - timedelta(days=7))
    assert sum(whole.played.values()) == 0


def test_too_few_people_leave_places_free(term, members):
    proposal = propose_rotation(term[:1], members[:2], since=since())
    assert "1 place stays free: too few people can come." in rotation_tables(proposal).sentences
    assert len(proposal.players) == 2


def test_planned_anew_only_what_a_rotation_filled_moves(term, members):
    ada, bea, cleo, dora = members
    save_rotation(term, propose_rotation(term, members, since=since()).players)
    mine = term[0].role_assignments.get(member=ada)
    contribute_to_role(mine, notes="Done already.")
    assert not propose_rotation(term, members, since=since()).players
    anew = propose_rotation(term, [ada, bea, cleo], since=since(), anew=True)
    assert len(anew.players) == 11
    assert dora not in anew.players.values()
    saved, complaints = save_rotation(term, anew.players)
    assert (saved, complaints) == (11, [])
    mine.refresh_from_db()
    assert mine.member == ada


def test_claim_since_the_preview_wins(term, members):
    proposal = propose_rotation(term[:1], members, since=since())
    whale = term[0].role_assignments.get(role__name="Whale")
    late = make_member(name="Late")
    claim_role(whale, member=late)
    saved, complaints = save_rotation(term[:1], proposal.players)
    assert saved == 2
    assert complaints == [f"Whale on {term[0].day_text} was taken meanwhile."]
    whale.refresh_from_db()
    assert whale.member == late


def test_who_took_another_role_since_the_preview_keeps_it(term, members):
    proposal = propose_rotation(term[:1], members[:1], since=since())
    (place,) = proposal.players
    other = term[0].role_assignments.exclude(pk=place).first()
    claim_role(other, member=members[0])
    saved, complaints = save_rotation(term[:1], proposal.players)
    assert saved == 0
    assert "has another role there by now" in complaints[0]


def test_places_of_other_sessions_are_not_touched(term, members):
    foreign = make_role_play().role_assignments.first()
    assert save_rotation(term, {foreign.pk: members[0]}) == (0, [])
