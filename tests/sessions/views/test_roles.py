"""Pages of roles: cards, claiming, contributing, setting up, run sheet, packet, rotation."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from sessions.models import RoleAssignment
from sessions.services.role_contributions import contribute_to_role
from sessions.services.roles import claim_role
from sessions.services.sessions import cancel_session
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_role, make_role_play, make_session
from tests.pdfs import upload

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    paper = make_paper(title="Tides", authors=["A. Moon"], arxiv="2001.00001", abstract_html="<p>High and low.</p>")
    return make_role_play(
        roles=["Juggler", "Whale", "Lighthouse"], title="By the sea", paper=paper, starts_at=next_day(16)
    )


def next_day(hour: int):
    return (timezone.localtime() + timedelta(days=2)).replace(hour=hour, minute=0, second=0, microsecond=0)


def part(session, name) -> RoleAssignment:
    return session.role_assignments.select_related("role", "member", "session").get(role__name=name)


def address(page: str, session, *slug: str) -> str:
    return reverse(f"sessions:{page}", args=[session.pk, *slug])


def read(client, url: str) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return answer.content.decode()


def test_session_shows_paper_and_roles_to_visitors(charlie, session):
    claim_role(part(session, "Whale"), member=make_member(name="Ines"))
    page = read(charlie, session.get_absolute_url())
    for words in ("Tides", "Juggler", "Ines", "2 of 3 roles are still free", "Sign in to play it"):
        assert words in page
    assert "No presentation is planned" not in page


def test_members_see_which_player_cannot_come(charlie, bob_client, session):
    ines = make_member(name="Ines")
    claim_role(part(session, "Whale"), member=ines)
    session.attendances.create(member=ines, rsvp="no")
    assert "cannot come</span>" in read(bob_client, session.get_absolute_url())
    assert "cannot come</span>" not in read(charlie, session.get_absolute_url())


def test_other_sessions_show_no_roles(charlie):
    assert 'id="roles"' not in read(charlie, make_session(title="Talks").get_absolute_url())


def test_session_whose_roles_are_not_chosen_says_what_to_do(alice_client, bob_client):
    bare = make_session(format="role_play")
    assert "Choose paper and roles" in read(alice_client, bare.get_absolute_url())
    assert "An organiser chooses" in read(bob_client, bare.get_absolute_url())


def test_member_takes_a_role_in_one_click(bob, bob_client, session):
    answer = bob_client.post(address("role_claim", session, "whale"))
    assert answer.url == part(session, "Whale").get_absolute_url()
    assert part(session, "Whale").member == bob
    assert "You are the" in read(bob_client, session.get_absolute_url())


def test_visitor_reads_the_brief_after_signing_in(charlie, bob_client, session):
    url = address("role_claim", session, "whale")
    assert charlie.get(url).url == f"/accounts/login/?next={url}"
    assert "Why?" in read(bob_client, url)


def test_latecomer_reads_who_has_it_and_what_is_free(bob_client, session):
    claim_role(part(session, "Whale"), member=make_member(name="Ines"))
    answer = bob_client.post(address("role_claim", session, "whale"))
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ines was a moment faster" in page
    assert address("role_claim", session, "juggler") in page
    assert address("role_claim", session, "lighthouse") in page


def test_latecomer_to_a_full_session_is_invited_anyway(bob_client, session):
    for name in ("Whale", "Juggler", "Lighthouse"):
        claim_role(part(session, name), member=make_member())
    page = bob_client.post(address("role_claim", session, "whale")).content.decode()
    assert "Every role of this session has its player" in page


def test_second_role_is_offered_in_place_of_the_first(bob, bob_client, session):
    claim_role(part(session, "Whale"), member=bob)
    answer = bob_client.post(address("role_claim", session, "juggler"))
    assert answer.status_code == 409
    assert "You are the Whale already" in answer.content.decode()
    bob_client.post(address("role_claim", session, "juggler"), {"instead": "1"})
    assert part(session, "Juggler").member == bob
    assert part(session, "Whale").is_free


def test_cancelled_session_gives_no_roles(bob_client, session):
    cancel_session(session, reason="Storm")
    assert bob_client.post(address("role_claim", session, "whale")).status_code == 409
    assert part(session, "Whale").is_free


def test_members_session_is_404_for_visitors_in_every_way(charlie, bob_client):
    hidden = make_role_play(roles=["Whale"], visibility="members")
    for page in ("session_run", "session_packet"):
        assert charlie.get(address(page, hidden)).status_code == 404
        assert bob_client.get(address(page, hidden)).status_code == 200


def test_role_is_given_back(bob, bob_client, session):
    claim_role(part(session, "Whale"), member=bob)
    stranger = signed_in_client(make_member())
    assert stranger.post(address("role_release", session, "whale")).status_code == 404
    bob_client.post(address("role_release", session, "whale"))
    assert part(session, "Whale").is_free


def test_player_contributes_notes_code_and_slides(bob, bob_client, session):
    whale = claim_role(part(session, "Whale"), member=bob)
    url = address("role_contribution", session, "whale")
    form = bob_client.get(url).context["form"]
    data = {
        "notes": "We **sang**.",
        "code_url": "https://github.com/x/y",
        "file": upload(),
        "before": form.initial["before"],
    }
    assert bob_client.post(url, data).url == whale.get_absolute_url()
    page = read(bob_client, session.get_absolute_url())
    assert "<strong>sang</strong>" in page
    assert "https://github.com/x/y" in page
    whale.refresh_from_db()
    assert whale.presentation.get_absolute_url() in page
    assert "The slides that" not in page
    assert "Whale: Tides" in read(bob_client, whale.presentation.get_absolute_url())


def test_only_player_and_organisers_contribute(alice_client, bob, bob_client, session):
    url = address("role_contribution", session, "whale")
    assert alice_client.get(url).status_code == 404
    claim_role(part(session, "Whale"), member=make_member())
    assert bob_client.get(url).status_code == 404
    assert alice_client.get(url).status_code == 200


def test_notes_of_two_writers_are_both_kept(alice_client, bob, bob_client, session):
    whale = claim_role(part(session, "Whale"), member=bob)
    url = address("role_contribution", session, "whale")
    before = bob_client.get(url).context["form"].initial["before"]
    contribute_to_role(whale, notes="From the organiser")
    answer = bob_client.post(url, {"notes": "From Bob", "before": before})
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "From Bob" in page
    assert "From the organiser" in page
    again = {"notes": "From both", "before": answer.context["form"].data["before"]}
    assert bob_client.post(url, again).status_code == 302
    assert part(session, "Whale").contribution == "From both"


def test_file_that_is_no_deck_keeps_the_notes_in_the_form(bob, bob_client, session):
    claim_role(part(session, "Whale"), member=bob)
    url = address("role_contribution", session, "whale")
    before = bob_client.get(url).context["form"].initial["before"]
    page = bob_client.post(url, {"notes": "Precious", "file": upload(b"hello"), "before": before}).content.decode()
    assert "Precious" in page
    assert "errors" in page
    assert not part(session, "Whale").has_contribution


def set_up(client, session, **changes):
    """Post the organiser's form as it was shown, with some changes."""
    form = client.get(address("session_roles", session)).context["form"]
    data = {"paper_text": form["paper_text"].initial or "", "intro_minutes": 5, "discussion_minutes": 15}
    for line in form.lines:
        shown = {line.add_prefix(name): line.initial[name] for name in ("position", "minutes", "member", "seen")}
        data |= {name: "" if value is None else value for name, value in shown.items()}
        if line.initial["is_on"]:
            data[line.add_prefix("is_on")] = "on"
    return client.post(address("session_roles", session), data | changes)


def test_organiser_sets_a_session_up(alice_client, bob):
    bare = make_session(format="role_play", title="Evening")
    paper = make_paper(title="Rain", arxiv="2001.00002")
    cook, chef = make_role("Cook", minutes=8), make_role("Chef", is_active=False)
    answer = set_up(
        alice_client, bare, paper_text="2001.00002", **{f"role-{cook.pk}-is_on": "on", f"role-{cook.pk}-member": bob.pk}
    )
    assert answer.status_code == 302
    bare.refresh_from_db()
    assert bare.role_play.paper == paper
    assert part(bare, "Cook").member == bob
    assert part(bare, "Cook").minutes == 8
    assert not bare.role_assignments.filter(role=chef).exists()


def test_proposed_roles_fit_into_the_session(alice_client):
    short = make_session(format="role_play")
    for minutes in (20, 15, 30):
        make_role(minutes=minutes, position=0)
    form = alice_client.get(address("session_roles", short)).context["form"]
    chosen = [line for line in form.lines if line.initial["is_on"]]
    assert sum(line.initial["minutes"] for line in chosen) <= 40
    assert len(chosen) >= 2


def test_same_player_twice_is_refused_with_a_sentence(alice_client, bob, session):
    keys = {f"role-{part(session, name).role_id}-member": bob.pk for name in ("Whale", "Juggler")}
    page = set_up(alice_client, session, **keys).content.decode()
    assert "Bob cannot be Juggler and Whale in the same session." in page
    assert not session.role_assignments.exclude(member=None).exists()


def test_saving_again_keeps_paper_and_players(alice_client, bob, session):
    claim_role(part(session, "Whale"), member=bob)
    set_up(alice_client, session)
    session.refresh_from_db()
    assert session.role_play.paper.title == "Tides"
    assert part(session, "Whale").member == bob
    assert part(session, "Whale").filled == "claimed"


def test_run_sheet_has_order_and_times(charlie, session):
    claim_role(part(session, "Whale"), member=make_member(name="Ines"))
    answer = charlie.get(address("session_run", session))
    steps = [
        (f"{step.start_clock}–{step.end_clock}", step.label, step.player) for step in answer.context["sheet"].steps
    ]
    assert steps == [
        ("16:00–16:05", "Welcome", ""),
        ("16:05–16:10", "Juggler", ""),
        ("16:10–16:15", "Whale", "Ines"),
        ("16:15–16:20", "Lighthouse", ""),
        ("16:20–16:35", "Discussion", ""),
    ]
    assert "25 minutes to spare" in answer.content.decode()


def test_run_sheet_warns_when_it_does_not_fit(charlie, alice_client, session):
    session.role_assignments.update(minutes=25)
    assert "35 too many" in read(charlie, address("session_run", session))
    assert "35 more than the session has" in read(alice_client, session.get_absolute_url())


def test_packet_holds_paper_questions_roles_and_times(charlie, session):
    claim_role(part(session, "Whale"), member=make_member(name="Ines"))
    page = read(charlie, address("session_packet", session))
    for words in ("Tides", "A. Moon", "High and low.", "Your questions", "Whale", "Ines", "Why?", "16:10–<wbr>16:15"):
        assert words in page


def test_run_sheet_is_on_the_clock_of_the_place(charlie):
    far = make_role_play(roles=1, starts_at=timezone.now().replace(hour=3, minute=0), time_zone="Asia/Tokyo")
    assert "12:00–<wbr>12:05" in read(charlie, address("session_run", far))


@pytest.mark.parametrize("page", ["session_run", "session_packet"])
def test_sessions_without_roles_have_no_run_sheet_and_no_packet(alice_client, page):
    assert alice_client.get(address(page, make_session())).status_code == 404


def test_roles_are_explained_to_newcomers(charlie):
    make_role("Cook", tagline="Makes soup of it.", description="First chop.\n\nThen stir.", questions="Salt?\nPepper?")
    make_role("Chef", is_active=False)
    page = read(charlie, reverse("sessions:role_list"))
    for words in ("Cook", "Makes soup of it.", "<p>Then stir.</p>", "<li>Salt?</li>", "<li>Pepper?</li>"):
        assert words in page
    assert "Chef" not in page


def test_organiser_looks_at_a_rotation_and_saves_it(alice, alice_client, session):
    ada, bea = make_member(name="Ada"), make_member(name="Bea")
    url = reverse("sessions:role_rotation")
    chosen = {"sessions": [session.pk], "members": [ada.pk, bea.pk], "since": "2026-01-01"}
    preview = alice_client.get(url, chosen)
    page = preview.content.decode()
    assert "1 place stays free" in page
    assert not session.role_assignments.exclude(member=None).exists()
    places = [cell.field for line in preview.context["tables"].lines for cell in line.cells if cell.field]
    answer = alice_client.post(url, {"place": places}, follow=True)
    assert "2 roles have their players now." in answer.content.decode()
    assert {one.member for one in session.role_assignments.exclude(member=None)} == {ada, bea}


@pytest.mark.parametrize("place", ["", "x:y", "1:", ":1", "999999:999999", "1:2:3"])
def test_made_up_places_save_nothing(alice_client, session, place):
    alice_client.post(reverse("sessions:role_rotation"), {"place": [place]})
    assert not session.role_assignments.exclude(member=None).exists()


def test_organiser_sees_who_played_what(alice_client):
    past = make_role_play(roles=["Whale"], starts_at=timezone.now() - timedelta(days=7))
    past.role_assignments.update(member=make_member(name="Ines"))
    counts = alice_client.get(reverse("sessions:role_rotation")).context["counts"]
    whale = [role.name for role in counts.roles].index("Whale")
    assert [(line.member.name, line.counts[whale], line.after) for line in counts.members] == [("Ines", (1, 1), 1)]


def test_rotation_without_sessions_says_what_to_do(alice_client):
    assert "No session with roles is planned" in read(alice_client, reverse("sessions:role_rotation"))


def test_past_roles_stand_on_the_members_page(charlie):
    ines = make_member(name="Ines", is_public=True)
    past = make_role_play(
        roles=["Whale"], starts_at=timezone.now() - timedelta(days=7), paper=make_paper(title="Tides")
    )
    hidden = make_role_play(roles=["Spy"], starts_at=timezone.now() - timedelta(days=9), visibility="members")
    for one in (past, hidden):
        one.role_assignments.update(member=ines)
    page = read(charlie, ines.get_absolute_url())
    assert "Roles played" in page
    assert "Whale" in page
    assert "Spy" not in page


def test_paper_tells_where_it_is_read_with_roles(charlie, session):
    paper = session.role_play.paper
    make_role_play(paper=paper, visibility="members", title="Among us")
    page = read(charlie, paper.get_absolute_url())
    assert "By the sea" in page
    assert "Among us" not in page
    assert "Nobody has presented it yet" not in page


def test_session_cites_the_paper_it_reads(charlie, session):
    assert "Tides" in read(charlie, f"/sessions/{session.pk}.bib")


def test_lists_tell_how_many_roles_are_free(charlie, session):
    claim_role(part(session, "Whale"), member=make_member())
    assert "Read with 3 roles, 2 still free" in read(charlie, reverse("sessions:session_list"))
    assert "2 roles still free." in read(charlie, "/")


@pytest.mark.parametrize("page", ["session_detail", "session_run", "session_packet", "session_roles"])
def test_pages_need_equally_many_queries_for_any_number_of_roles(alice_client, count_queries, page):
    def counted(roles: int) -> int:
        session = make_role_play(roles=roles, paper=make_paper(authors=["A"] * 3))
        for one in session.role_assignments.all():
            claim_role(one, member=make_member())
            contribute_to_role(one, notes="Words", code_url="https://example.org")
        return count_queries(lambda: alice_client.get(address(page, session)))

    assert counted(2) == counted(9)


def test_rotation_needs_equally_many_queries_for_any_number_of_sessions(alice_client, count_queries):
    def counted(sessions: int) -> int:
        rows = [make_role_play(starts_at=next_day(10) + timedelta(days=day)) for day in range(sessions)]
        chosen = {
            "sessions": [row.pk for row in rows],
            "members": [make_member().pk for _ in range(sessions)],
            "since": "2026-01-01",
        }
        return count_queries(lambda: alice_client.get(reverse("sessions:role_rotation"), chosen))

    assert counted(2) == counted(8)
