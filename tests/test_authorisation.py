"""Who may open what: every address of the site, from the resolver, for everybody who might ask.

Each line says who gets in by GET and who by POST. An address that has no line fails the test.
"""

from contextlib import contextmanager
from copy import deepcopy
from types import SimpleNamespace

import pytest
from django.core import signing
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, get_resolver, reverse

from papers.models import PaperCover
from tests.clients import signed_in_client
from tests.world import build_world

EVERYBODY = {"visitor", "member", "owner", "organiser", "admin"}
MEMBERS = EVERYBODY - {"visitor"}
OWNERS = MEMBERS - {"member"}
ORGANISERS = {"organiser", "admin"}
NOBODY: set[str] = set()

#: By GET, by POST. "Owner" is Dora, whose rows the world is made of.
ACCESS = {
    "home": (EVERYBODY, NOBODY),
    "search": (EVERYBODY, NOBODY),
    "livez": (EVERYBODY, NOBODY),
    "healthz": (EVERYBODY, NOBODY),
    "members:member_list": (EVERYBODY, NOBODY),
    "members:member_detail": (EVERYBODY, NOBODY),
    "members:account": (MEMBERS, NOBODY),
    "members:member_edit": (MEMBERS, MEMBERS),
    "members:member_export": (NOBODY, MEMBERS),
    "members:member_delete": (MEMBERS, MEMBERS),
    "members:digest_stop": (EVERYBODY, EVERYBODY),
    "members:mail_edit": (MEMBERS, MEMBERS),
    "members:mail_stop": (EVERYBODY, EVERYBODY),
    "members:invitation_list": (ORGANISERS, ORGANISERS),
    # A made-up key opens nothing; tests/readinggroup/views tells what a true one does.
    "members:invitation_accept": (NOBODY, NOBODY),
    "papers:paper_list": (EVERYBODY, NOBODY),
    "papers:paper_add": (MEMBERS, MEMBERS),
    "papers:paper_by_number": (EVERYBODY, NOBODY),
    "papers:paper_detail": (EVERYBODY, NOBODY),
    "papers:paper_card": (EVERYBODY, NOBODY),
    "papers:paper_compact": (EVERYBODY, NOBODY),
    "papers:paper_edit": (MEMBERS, MEMBERS),
    "papers:paper_fetch": (NOBODY, MEMBERS),
    "papers:duplicate_list": (ORGANISERS, NOBODY),
    "papers:duplicate_compare": (ORGANISERS, ORGANISERS),
    "papers:merge_undo": (NOBODY, ORGANISERS),
    "papers:topic_list": (EVERYBODY, NOBODY),
    "papers:topic_detail": (EVERYBODY, NOBODY),
    "papers:report_list": (EVERYBODY, NOBODY),
    "papers:report_image": (EVERYBODY, NOBODY),
    "papers:report_detail": (EVERYBODY, NOBODY),
    "papers:report_cover": (EVERYBODY, NOBODY),
    "papers:report_edit": (OWNERS, OWNERS),
    "papers:report_publish": (NOBODY, OWNERS),
    "papers:report_create": (MEMBERS, MEMBERS),
    "papers:preview": (NOBODY, MEMBERS),
    "papers:image_upload": (NOBODY, MEMBERS),
    "papers:reading_list_list": (EVERYBODY, NOBODY),
    "papers:reading_list_create": (MEMBERS, MEMBERS),
    "papers:reading_list_detail": (EVERYBODY, NOBODY),
    "papers:reading_list_edit": (OWNERS, OWNERS),
    "papers:reading_list_section_add": (NOBODY, OWNERS),
    "papers:reading_list_section_edit": (OWNERS, OWNERS),
    "papers:reading_list_section_change": (NOBODY, OWNERS),
    "papers:reading_list_entry_add": (NOBODY, OWNERS),
    "papers:reading_list_entry_edit": (OWNERS, OWNERS),
    "papers:reading_list_entry_change": (NOBODY, OWNERS),
    "sessions:presentation_list": (EVERYBODY, NOBODY),
    "sessions:presentation_create": (MEMBERS, MEMBERS),
    "sessions:presentation_detail": (EVERYBODY, NOBODY),
    "sessions:presentation_short": (EVERYBODY, NOBODY),
    "sessions:presentation_edit": (OWNERS, OWNERS),
    "sessions:presentation_give": (NOBODY, OWNERS),
    "sessions:presentation_without": (NOBODY, OWNERS),
    "sessions:presentation_undo": (NOBODY, ORGANISERS),
    "sessions:session_held": (NOBODY, ORGANISERS),
    "sessions:slide_deck_upload": (OWNERS, OWNERS),
    "sessions:slides_condition_edit": (NOBODY, OWNERS),
    "sessions:recording_edit": (OWNERS, OWNERS),
    "papers:paper_cite": (EVERYBODY, NOBODY),
    "papers:paper_cover": (EVERYBODY, NOBODY),
    "papers:paper_citation": (EVERYBODY, NOBODY),
    "papers:reading_list_citation": (EVERYBODY, NOBODY),
    "sessions:archive_citation": (EVERYBODY, NOBODY),
    "sessions:archive_export": (EVERYBODY, NOBODY),
    "papers:link_care": (MEMBERS, NOBODY),
    "papers:link_care_do": (NOBODY, ORGANISERS),
    "papers:saved_link_list": (MEMBERS, MEMBERS),
    # Its finder takes it back before an organiser can; tests/papers/services tell the rest.
    "papers:saved_link_drop": (NOBODY, {"owner"}),
    "papers:collection_draft": (NOBODY, ORGANISERS),
    "sessions:calendar_feed": (EVERYBODY, NOBODY),
    "sessions:series_calendar": (EVERYBODY, NOBODY),
    "sessions:session_calendar": (EVERYBODY, NOBODY),
    "sessions:member_calendar": (EVERYBODY, NOBODY),
    "sessions:calendar_edit": (MEMBERS, NOBODY),
    "sessions:calendar_reset": (NOBODY, MEMBERS),
    "sessions:gap_list": (ORGANISERS, ORGANISERS),
    "papers:reading_list_markdown": (EVERYBODY, NOBODY),
    "papers:report_markdown": (EVERYBODY, NOBODY),
    "sessions:presentation_citation": (EVERYBODY, NOBODY),
    "sessions:session_citation": (EVERYBODY, NOBODY),
    "comment_add": (NOBODY, MEMBERS),
    "comment_detail": (EVERYBODY, NOBODY),
    "comment_edit": ({"owner"}, {"owner"}),
    "comment_delete": (NOBODY, OWNERS),
    "comment_complain": (MEMBERS - {"owner"}, MEMBERS - {"owner"}),
    "complaint_list": (ORGANISERS, NOBODY),
    "complaint_settle": (NOBODY, ORGANISERS),
    "sessions:recording_words": (OWNERS, OWNERS),
    "sessions:recording_steps": (OWNERS, OWNERS),
    "sessions:recording_suggest": (NOBODY, OWNERS),
    "sessions:recording_suggestion_part": (OWNERS, NOBODY),
    "sessions:recording_video": (EVERYBODY, NOBODY),
    "sessions:recording_poster": (EVERYBODY, NOBODY),
    "sessions:recording_transcript": (EVERYBODY, NOBODY),
    "sessions:recording_chapters": (EVERYBODY, NOBODY),
    "sessions:slide_deck_part": (EVERYBODY, NOBODY),
    "sessions:slide_deck_again": (NOBODY, OWNERS),
    "sessions:slide_deck_original": (EVERYBODY, NOBODY),
    "sessions:slide_deck_pdf": (EVERYBODY, NOBODY),
    "sessions:slide_deck_handout": (EVERYBODY, NOBODY),
    "sessions:slide_text": (EVERYBODY, NOBODY),
    "sessions:slide_large": (EVERYBODY, NOBODY),
    "sessions:slide_small": (EVERYBODY, NOBODY),
    "sessions:series_list": (EVERYBODY, NOBODY),
    "sessions:series_detail": (EVERYBODY, NOBODY),
    "sessions:series_create": (ORGANISERS, ORGANISERS),
    "sessions:series_edit": (ORGANISERS, ORGANISERS),
    "sessions:series_stop": (NOBODY, ORGANISERS),
    "sessions:session_move": (ORGANISERS, ORGANISERS),
    "sessions:session_reinstate": (NOBODY, ORGANISERS),
    "sessions:notes_edit": (MEMBERS, MEMBERS),
    "sessions:note_add": (NOBODY, MEMBERS),
    "sessions:notes_history": (MEMBERS, NOBODY),
    "sessions:notes_version": (MEMBERS, NOBODY),
    "sessions:notes_restore": (NOBODY, MEMBERS),
    "sessions:notes_part": (EVERYBODY, NOBODY),
    "sessions:question_list": (EVERYBODY, NOBODY),
    "sessions:question_detail": (EVERYBODY, NOBODY),
    "sessions:question_ask": (MEMBERS, MEMBERS),
    "sessions:question_vote": (NOBODY, MEMBERS),
    "sessions:question_answer": (OWNERS, OWNERS),
    "sessions:question_edit": (OWNERS, OWNERS),
    "sessions:question_change": (NOBODY, OWNERS),
    "sessions:session_list": (EVERYBODY, NOBODY),
    "sessions:session_create": (ORGANISERS, ORGANISERS),
    "sessions:session_detail": (EVERYBODY, NOBODY),
    "sessions:session_edit": (ORGANISERS, ORGANISERS),
    "sessions:session_cancel": (NOBODY, ORGANISERS),
    "sessions:import_create": (ORGANISERS, ORGANISERS),
    "sessions:import_detail": (ORGANISERS, NOBODY),
    "sessions:import_part": (ORGANISERS, NOBODY),
    "sessions:import_save": (NOBODY, ORGANISERS),
    "sessions:session_reply": (NOBODY, MEMBERS),
    "sessions:session_told": (ORGANISERS, NOBODY),
    "sessions:session_invite": (NOBODY, ORGANISERS),
    "sessions:session_write": (ORGANISERS, ORGANISERS),
    "sessions:mailing_again": (NOBODY, ORGANISERS),
    "sessions:chat_list": (ORGANISERS, ORGANISERS),
    "sessions:chat_edit": (ORGANISERS, ORGANISERS),
    "sessions:chat_try": (NOBODY, ORGANISERS),
    "sessions:chat_switch": (NOBODY, ORGANISERS),
    # The first of them removes it; tests/sessions/views tell the rest.
    "sessions:chat_delete": (NOBODY, {"organiser"}),
    "sessions:session_people": (MEMBERS, NOBODY),
    "sessions:session_here": (MEMBERS, MEMBERS),
    # Hosts too: tests/sessions/views/test_check_in.py.
    "sessions:session_check_in": (ORGANISERS, ORGANISERS),
    "sessions:session_poster": (ORGANISERS, NOBODY),
    "sessions:attendance_list": (MEMBERS, NOBODY),
    "sessions:session_guest": (EVERYBODY, EVERYBODY),
    # Whoever has a guest's key changes that guest's reply, and does nothing else.
    "sessions:guest_detail": (EVERYBODY, EVERYBODY),
    "sessions:guest_cancel": (EVERYBODY, EVERYBODY),
    "sessions:guest_calendar": (EVERYBODY, NOBODY),
    # Whoever has a member's signed link answers for that member, and does nothing else.
    "sessions:reply_by_mail": (EVERYBODY, EVERYBODY),
    "sessions:slot_add": (NOBODY, ORGANISERS),
    "sessions:slot_claim": (MEMBERS, MEMBERS),
    "sessions:organise": (ORGANISERS, NOBODY),
    "sessions:organise_do": (NOBODY, ORGANISERS),
    "sessions:fairness_csv": (ORGANISERS, NOBODY),
    "sessions:proposal_list": (EVERYBODY, NOBODY),
    "sessions:queue_citation": (EVERYBODY, NOBODY),
    "sessions:proposal_past": (EVERYBODY, NOBODY),
    "sessions:proposal_create": (MEMBERS, MEMBERS),
    "sessions:proposal_vote": (NOBODY, MEMBERS),
    "sessions:proposal_edit": (OWNERS, OWNERS),
    "sessions:proposal_put_aside": (ORGANISERS, ORGANISERS),
    "sessions:proposal_bring_back": (NOBODY, ORGANISERS),
    "sessions:proposal_plan": (ORGANISERS, ORGANISERS),
    "sessions:slot_list": (MEMBERS, NOBODY),
    "sessions:slot_release": (OWNERS, OWNERS),
    "sessions:slot_cancel": (NOBODY, ORGANISERS),
    "sessions:slot_assign": (ORGANISERS, ORGANISERS),
    "sessions:slot_presenters": (OWNERS, OWNERS),
    "sessions:slot_join": (NOBODY, MEMBERS),
    "sessions:slot_swap": (OWNERS, OWNERS),
    "sessions:slot_wait": (NOBODY, MEMBERS),
    # Who asked, who is asked, and organisers.
    "sessions:swap_detail": (OWNERS, OWNERS),
    "sessions:role_list": (EVERYBODY, NOBODY),
    "sessions:role_rotation": (ORGANISERS, ORGANISERS),
    "sessions:session_roles": (ORGANISERS, ORGANISERS),
    "sessions:session_run": (EVERYBODY, NOBODY),
    "sessions:session_packet": (EVERYBODY, NOBODY),
    "sessions:role_claim": (MEMBERS, MEMBERS),
    "sessions:role_release": (NOBODY, OWNERS),
    "sessions:role_contribution": (OWNERS, OWNERS),
    "sessions:feed_list": (EVERYBODY, NOBODY),
    "sessions:feed_everything": (EVERYBODY, NOBODY),
    "sessions:feed_presentations": (EVERYBODY, NOBODY),
    "sessions:feed_sessions": (EVERYBODY, NOBODY),
    "papers:feed_reports": (EVERYBODY, NOBODY),
    "papers:feed_reading_lists": (EVERYBODY, NOBODY),
    "papers:feed_reading_list": (EVERYBODY, NOBODY),
}

#: Rows that only some may know of: everybody else is told that there is nothing.
HIDDEN = {
    "draft": {"owner", "organiser", "admin"},
    "private_list": {"owner", "organiser", "admin"},
    "secret": {"member", "owner", "organiser", "admin"},
    "secret_question": {"member", "owner", "organiser", "admin"},
}


def arguments(name: str, world: SimpleNamespace) -> list[object]:
    """What the address of `name` is filled with."""
    rows = {
        "sessions:import_detail": [world.import_job.pk],
        "sessions:import_part": [world.import_job.pk],
        "sessions:import_save": [world.import_job.pk],
        "members:member_detail": [world.dora.slug],
        "members:invitation_accept": ["no-such-key"],
        "members:digest_stop": [signing.dumps(world.dora.pk, salt="digest")],
        "members:mail_stop": [signing.dumps([world.dora.pk, "discussion"], salt="mail")],
        **{f"sessions:guest_{part}": [world.guest.key] for part in ("detail", "cancel", "calendar")},
        "sessions:reply_by_mail": [signing.dumps([world.coming.pk, world.dora.pk], salt="reply")],
        "sessions:mailing_again": [world.mailing.pk],
        **{f"sessions:chat_{part}": [world.chat.pk] for part in ("edit", "try", "switch", "delete")},
        "papers:paper_by_number": [world.paper.pk],
        "papers:duplicate_compare": [world.paper.pk, world.twin.pk],
        "papers:merge_undo": [world.merge.pk],
        "papers:topic_detail": [world.topic.slug],
        "papers:report_image": [world.image.name],
        "papers:report_publish": [world.draft.slug],
        "sessions:presentation_detail": [world.presentation.pk, world.presentation.slug],
        "papers:paper_citation": [world.paper.pk, world.paper.slug, "bib"],
        "papers:reading_list_citation": [world.reading_list.slug, "ris"],
        "sessions:archive_citation": ["json"],
        "papers:reading_list_markdown": [world.reading_list.slug],
        "papers:link_care_do": [world.link_check.pk],
        **{f"sessions:series_{page}": [world.series.slug] for page in ("calendar", "detail", "edit", "stop")},
        "sessions:member_calendar": [world.calendar_key.key],
        "papers:saved_link_drop": [world.saved_link.pk],
        "papers:report_markdown": [world.report.slug],
        "sessions:presentation_citation": [world.presentation.pk, world.presentation.slug, "bib"],
        "sessions:session_citation": [world.last_week.pk, "txt"],
        "comment_add": ["presentation", world.presentation.pk],
        "comment_detail": [world.comment.pk],
        "comment_edit": [world.comment.pk],
        "comment_delete": [world.comment.pk],
        "comment_complain": [world.comment.pk],
        "complaint_settle": [world.comment.pk],
        **{
            f"sessions:recording_{part}": [world.recording.pk] for part in ("video", "poster", "transcript", "chapters")
        },
        "sessions:slide_deck_again": [world.deck.pk],
        "sessions:slide_deck_original": [world.deck.pk],
        "sessions:slide_deck_pdf": [world.deck.pk],
        "sessions:slide_deck_handout": [world.deck.pk],
        "sessions:slide_text": [world.deck.pk, 1],
        "sessions:slide_large": [world.deck.pk, 1],
        "sessions:slide_small": [world.deck.pk, 1],
        "sessions:slot_add": [world.coming.pk],
        **{f"sessions:session_{part}": [world.role_play.pk] for part in ("roles", "run", "packet")},
        **{f"sessions:role_{part}": [world.role_play.pk, "juggler"] for part in ("release", "contribution")},
        "sessions:role_claim": [world.role_play.pk, "whale"],
        "sessions:slot_claim": [world.slot.pk],
        "sessions:queue_citation": ["bib"],
        **{
            f"sessions:proposal_{part}": [world.proposal.pk]
            for part in ("vote", "edit", "put_aside", "bring_back", "plan")
        },
        **{f"sessions:slot_{part}": [world.talk.pk] for part in ("release", "cancel", "presenters", "join", "swap")},
        "sessions:slot_assign": [world.slot.pk],
        "sessions:slot_wait": [world.coming.pk],
        "sessions:swap_detail": [world.swap.pk],
        "papers:feed_reading_list": [world.reading_list.slug],
        **{f"sessions:question_{part}": [world.question.pk] for part in ("detail", "vote", "answer", "edit", "change")},
        **{f"sessions:notes_{part}": [world.last_week.pk] for part in ("edit", "history", "part")},
        **{f"sessions:notes_{part}": [world.last_week.pk, 1] for part in ("version", "restore")},
        "sessions:note_add": [world.last_week.pk],
    }
    if name in rows:
        return rows[name]
    if name.startswith("papers:paper_") and name not in ("papers:paper_list", "papers:paper_add"):
        return [world.paper.pk, world.paper.slug]
    if name.startswith("papers:report_") and name not in ("papers:report_list", "papers:report_create"):
        return [world.report.slug]
    for part in ("section", "entry"):
        if name.startswith(f"papers:reading_list_{part}_") and not name.endswith("_add"):
            return [world.reading_list.slug, getattr(world, part).pk]
    if name.startswith("papers:reading_list_") and name not in (
        "papers:reading_list_list",
        "papers:reading_list_create",
    ):
        return [world.reading_list.slug]
    if name.startswith("sessions:session_") and name not in ("sessions:session_list", "sessions:session_create"):
        return [world.coming.pk]
    takes_presentation = (
        "presentation_short",
        "presentation_edit",
        "presentation_give",
        "presentation_without",
        "presentation_undo",
        "slide_deck_upload",
    )
    recording = ("edit", "words", "steps", "suggest", "suggestion_part")
    if name.partition(":")[2] in (
        *takes_presentation,
        *(f"recording_{part}" for part in recording),
        "slides_condition_edit",
        "slide_deck_part",
    ):
        return [world.presentation.pk]
    return []


def addresses(resolver=None, namespace: str = "") -> list[str]:
    """Every name under our own floors; allauth and the admin guard theirs, see below."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
        elif str(pattern.pattern) not in ("accounts/", "admin/"):
            found += addresses(pattern, f"{pattern.namespace}:" if pattern.namespace else namespace)
    return found


@pytest.fixture
def world(db):
    return build_world()


@pytest.fixture
def everybody(world, client, bob, alice, admin_member):
    return {
        "visitor": client,
        "member": signed_in_client(bob),
        "owner": signed_in_client(world.dora),
        "organiser": signed_in_client(alice),
        "admin": signed_in_client(admin_member),
    }


def give_cover(paper, file) -> None:
    type(paper).objects.filter(pk=paper.pk).update(licence="CC-BY-4.0")
    PaperCover(paper=paper, pdf_url="https://example.org/a.pdf").image.save("cover.webp", file)


def gets_in(response) -> bool:
    """Neither sent to the sign-in page, nor refused, nor told that there is nothing or that this is no way to ask."""
    if response.status_code in (301, 302):
        return not response.url.startswith(reverse("account_login"))
    return response.status_code not in (401, 403, 404, 405)


def test_every_address_is_in_the_table():
    assert sorted(addresses()) == sorted(ACCESS)


def who_gets_in(everybody, method: str, url: str) -> set[str]:
    """A visitor asks first and the most powerful last: what one of them changes must not shut the others out."""
    return {who for who, client in everybody.items() if gets_in(getattr(client, method)(url))}


def test_only_those_named_may_open_a_page(world, everybody):
    world.report.cover.save("cover.webp", world.image.file)
    give_cover(world.paper, world.image.file)
    world.recording.poster.save("poster.webp", world.image.file)
    world.recording.file.save("talk.webm", world.image.file)
    wrong = {}
    for name, (allowed, _) in ACCESS.items():
        got_in = who_gets_in(everybody, "get", reverse(name, args=arguments(name, world)))
        wrong |= {name: got_in} if got_in != allowed else {}
    assert wrong == {}


def test_pages_for_reading_take_nothing(world, everybody):
    reading = [name for name, (_, allowed) in ACCESS.items() if not allowed]
    wrong = {}
    for name in reading:
        got_in = who_gets_in(everybody, "post", reverse(name, args=arguments(name, world)))
        wrong |= {name: got_in} if got_in else {}
    assert wrong == {}


@contextmanager
def undone(everybody):
    """Whatever is done inside is undone: rows, cache, and who is signed in."""
    cookies = {who: deepcopy(client.cookies) for who, client in everybody.items()}
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    cache.clear()
    for who, client in everybody.items():
        client.cookies = cookies[who]


def test_only_those_named_may_change_something(world, everybody):
    wrong = {}
    for name, (_, allowed) in ACCESS.items():
        if not allowed:
            continue
        with undone(everybody):
            got_in = who_gets_in(everybody, "post", reverse(name, args=arguments(name, world)))
        wrong |= {name: got_in} if got_in != allowed else {}
    assert wrong == {}


def test_who_may_not_know_is_told_there_is_nothing(world, everybody):
    for row, allowed in HIDDEN.items():
        url = getattr(world, row).get_absolute_url()
        answers = {who: client.get(url).status_code for who, client in everybody.items()}
        assert answers == {who: 200 if who in allowed else 404 for who in everybody}, row


def test_admin_is_for_organisers(world, everybody):
    for path in ("", "papers/paper/", "papers/report/add/", "readinggroup/member/", "jsi18n/"):
        allowed = {who for who, client in everybody.items() if client.get(f"/admin/{path}").status_code == 200}
        assert allowed == ORGANISERS, path


def test_no_change_is_made_without_a_token(world):
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.dora, backend="django.contrib.auth.backends.ModelBackend")
    let_in = [
        name
        for name, (_, post) in ACCESS.items()
        if post and client.post(reverse(name, args=arguments(name, world))).status_code != 403
    ]
    # A mail program's single click brings no token of a form: the address itself is signed.
    assert let_in == ["members:digest_stop", "members:mail_stop", "sessions:guest_cancel"]
