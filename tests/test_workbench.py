"""The organisers' workbench: every page of it, found from the admin's own registry."""

from datetime import timedelta

import pytest
from django.contrib import admin
from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from papers.models import Author, Entry, EntryLink, Identifier, Paper, PaperAuthor, Report, Section
from readinggroup.models import Comment, Invitation, SearchEntry, WorkerHeartbeat
from sessions.models import Presentation, Proposal, ReminderChoice, SlideDeck, Webhook
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_role,
    make_role_play,
    make_session,
    make_topic,
)
from tests.world import build_world

MODELS = sorted(
    (model for model in admin.site._registry if model._meta.app_label in ("papers", "group_sessions", "readinggroup")),
    key=lambda model: model._meta.label,
)


def address(model, page, *arguments):
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=arguments)


def make_deck(presentation, version=1, slides=2, **fields):
    deck = SlideDeck(
        presentation=presentation,
        version=version,
        original_name=f"talk{version}.pdf",
        sha256="0" * 64,
        size=1,
        **fields,
    )
    deck.original.save("talk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    deck.save()
    for number in range(1, slides + 1):
        deck.slides.create(
            number=number,
            image=f"slides/{deck.pk}-{number}.webp",
            width=1600,
            height=900,
            thumbnail=f"slides/{deck.pk}-{number}-small.webp",
            thumbnail_width=320,
            thumbnail_height=180,
        )
    return deck


def fill(rows):
    """A group with `rows` of everything, everything with `rows` of what belongs to it."""
    member = make_member()
    people = [make_member() for _ in range(rows)]
    topic = make_topic()
    papers = [make_paper(title="", arxiv=f"2001.{number:05d}", authors=["An Author"]) for number in fresh(rows)]
    for paper in papers:
        paper.topics.add(topic)
        paper.links.create(url="https://example.org/paper")
    for position in range(2, rows + 2):
        PaperAuthor.objects.create(
            paper=papers[0], author=Author.objects.create(name=f"Author {position}"), position=position
        )
    session = make_session(slots=rows, host=member)
    report = make_report(written_by=member, paper=papers[0])
    reading_list = make_reading_list(owner=member)
    section = Section.objects.create(reading_list=reading_list, position=1, heading="One", anchor="one")
    entry = Entry.objects.create(reading_list=reading_list, section=section, position=1)
    for number, (person, paper) in enumerate(zip(people, papers, strict=True), start=1):
        report.credits.create(member=person, position=number + 1)
        report.revisions.create(version=number, title="Before", saved_by=person)
        report.images.create(name=f"picture-{report.pk}-{number}.webp", width=1, height=1, uploaded_by=person)
        EntryLink.objects.create(entry=entry, position=number, url="https://example.org", paper=paper)
        session.attendances.create(member=person, rsvp="yes")
        session.role_assignments.create(role=make_role(), member=person, position=number)
        make_role_play(paper=paper, roles=1)
        make_report(written_by=person, paper=paper)
        make_reading_list(owner=person)
        other = make_session(host=person)
        presentation = make_presentation(presenters=[person], papers=[paper], session=other, position=1)
        make_deck(presentation)
        presentation.recordings.create(host="youtube", url="https://www.youtube.com/watch?v=x", position=1)
        proposal = Proposal.objects.create(paper=paper, proposed_by=person)
        proposal.votes.create(member=person)
        Invitation.objects.create(email=person.email, invited_by=person, expires_at=timezone.now() + timedelta(days=1))
        Comment.objects.create(
            subject_type=ContentType.objects.get_for_model(Paper), subject_id=paper.pk, written_by=person, body="Hm."
        )
        WorkerHeartbeat.objects.create(name=person.email, seen_at=timezone.now())
        SearchEntry.objects.create(
            subject_type=ContentType.objects.get_for_model(Paper), subject_id=paper.pk, kind="paper", title="A"
        )
        told = session.mailings.create(kind="message", event=f"told-{person.pk}", requested_by=person)
        ReminderChoice.objects.create(member=person)
        Webhook.objects.create(name=told.event, url="https://chat.example.org/x").posts.create(event="e", text="Hm.")
    big = make_presentation(presenters=people, papers=papers, title=f"Big {rows}")
    for number in range(1, rows + 1):
        big.recordings.create(host="youtube", url="https://www.youtube.com/watch?v=x", position=number)
        make_deck(big, version=number, slides=rows)
    return {
        "Paper": papers[0],
        "Report": report,
        "Session": session,
        "Presentation": big,
        "SlideDeck": big.slide_decks.first(),
        "Entry": entry,
        "Topic": topic,
        "Member": people[0],
    }


_fresh = iter(range(100_000))


def fresh(count):
    return [next(_fresh) for _ in range(count)]


@pytest.fixture
def bigger_worlds():
    """Build a world of 1, then of 10, then of 40 rows, and answer for each what a question about it says."""

    def ask(question):
        return {rows: question(fill(rows)) for rows in (1, 10, 40)}

    return ask


def test_lists_need_equally_many_queries_for_any_number_of_rows(alice_client, bigger_worlds, count_queries):
    def count(world):
        return {
            model: count_queries(lambda model=model: visit(alice_client, address(model, "changelist")))
            for model in MODELS
        }

    counts = bigger_worlds(count)
    assert counts[1] == counts[10] == counts[40]


def test_forms_need_equally_many_queries_for_any_number_of_lines(alice_client, bigger_worlds, count_queries):
    def count(world):
        return {
            name: count_queries(lambda row=row: visit(alice_client, address(type(row), "change", row.pk)))
            for name, row in world.items()
        }

    counts = bigger_worlds(count)
    assert counts[1] == counts[10] == counts[40]


def test_deletions_need_equally_many_queries_for_any_number_of_rows(alice_client, bigger_worlds, count_queries):
    def count(world):
        return {
            name: count_queries(lambda row=row: visit(alice_client, address(type(row), "delete", row.pk)))
            for name, row in world.items()
            if name != "SlideDeck"
        }

    counts = bigger_worlds(count)
    assert counts[1] == counts[10] == counts[40]


def visit(client, url):
    response = client.get(url)
    assert response.status_code == 200, url
    return response


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model._meta.label)
def test_every_list_can_be_searched_and_every_filter_chosen(alice_client, model):
    make_presentation(presenters=["Dora"], papers=[make_paper(arxiv="1706.03762")])
    page = visit(alice_client, address(model, "changelist") + "?q=1706.03762")
    for filters in page.context["cl"].filter_specs:
        for choice in filters.choices(page.context["cl"]):
            visit(alice_client, address(model, "changelist") + choice["query_string"])


def test_paper_is_found_by_title_author_and_arxiv_id(alice_client):
    paper = make_paper(title="Attention", authors=["Ashish Vaswani"], arxiv="1706.03762")
    make_paper(title="Other")
    for text in ("attention", "vaswani", "1706.03762"):
        page = visit(alice_client, address(Paper, "changelist") + f"?q={text}")
        assert list(page.context["cl"].result_list) == [paper]


def test_stored_files_are_reached_by_the_site_s_own_addresses(alice_client, settings):
    world = build_world()
    world.report.cover.save("cover.webp", world.image.file)
    world.presentation.recordings.create(host="file", file="recordings/talk.webm", position=2)
    for row in (world.deck, world.image, world.report, world.presentation):
        page = visit(alice_client, address(type(row), "change", row.pk)).content.decode()
        assert settings.MEDIA_URL not in page, row
    deck = visit(alice_client, address(SlideDeck, "change", world.deck.pk)).content.decode()
    for name, numbers in (("slide_small", [1]), ("slide_large", [1]), ("slide_deck_original", [])):
        url = reverse(f"sessions:{name}", args=[world.deck.pk, *numbers])
        assert f'"{url}"' in deck
        assert alice_client.get(url).status_code == 200


def test_members_and_visitors_may_not_enter(client, bob_client):
    assert client.get("/admin/", follow=False).status_code == 302
    page = client.get("/admin/login/?next=/admin/papers/paper/")
    assert page.url == reverse("account_login") + "?next=/admin/papers/paper/"
    assert bob_client.get("/admin/", follow=True).status_code == 403


def test_organiser_cannot_become_a_superuser(alice, alice_client, admin_member):
    form = visit(alice_client, address(type(alice), "change", alice.pk)).context["adminform"].form
    assert not {"is_superuser", "is_staff", "email", "user_permissions"} & set(form.fields)
    shown = visit(alice_client, address(type(alice), "change", admin_member.pk))
    assert not shown.context["has_change_permission"]
    assert alice_client.get(reverse("admin:auth_user_password_change", args=[admin_member.pk])).status_code == 403
    assert alice_client.get(address(type(alice), "delete", admin_member.pk)).status_code == 403


def management_form(prefix, total, initial):
    return {f"{prefix}-TOTAL_FORMS": total, f"{prefix}-INITIAL_FORMS": initial}


def test_authors_change_places_and_are_numbered_from_one(alice_client):
    paper = make_paper(title="Attention", authors=["First", "Second", "Third"])
    first, second, third = paper.credits.all()
    data = {
        "title": "Attention",
        "kind": "article",
        "published_precision": "day",
        **management_form("credits", 3, 3),
        **management_form("identifiers", 0, 0),
        **management_form("links", 0, 0),
    }
    for index, (credit, position) in enumerate([(first, "2"), (second, "1"), (third, "")]):
        data |= {
            f"credits-{index}-id": credit.pk,
            f"credits-{index}-paper": paper.pk,
            f"credits-{index}-author": credit.author_id,
            f"credits-{index}-position": position,
        }
    response = alice_client.post(address(Paper, "change", paper.pk), data)
    assert response.status_code == 302
    assert list(paper.credits.values_list("position", "author__name")) == [(1, "Second"), (2, "First"), (3, "Third")]


def act(client, model, action, rows):
    data = {"action": action, "_selected_action": [row.pk for row in rows]}
    response = client.post(address(model, "changelist"), data, follow=True)
    return [str(message) for message in response.context["messages"]]


def test_action_assigns_numbers_in_the_order_of_the_dates(alice_client):
    today = timezone.localdate()
    later = make_presentation(status=Presentation.Status.CLAIMED, presented_on=today)
    earlier = make_presentation(status=Presentation.Status.CLAIMED, presented_on=today - timedelta(days=7))
    said = act(alice_client, Presentation, "assign_number", [later, earlier])
    assert said == ["Numbered 2 presentations."]
    later.refresh_from_db()
    earlier.refresh_from_db()
    assert (earlier.number, later.number) == (1, 2)
    assert earlier.status == later.status == Presentation.Status.GIVEN


def test_action_publishes_reports_and_says_how_many(alice_client):
    draft = make_report(status=Report.Status.DRAFT)
    published = make_report(status=Report.Status.PUBLISHED)
    assert act(alice_client, Report, "publish", [draft, published]) == ["Published 1 report."]
    draft.refresh_from_db()
    assert draft.status == Report.Status.PUBLISHED


def test_action_fetches_metadata_again(alice_client):
    paper = make_paper(title="Attention", arxiv="1706.03762")
    said = act(alice_client, Paper, "fetch_again", [paper])
    assert said == ["Asking the sources about 1 paper again; the list shows the answers."]
    paper.metadata_fetch.refresh_from_db()
    assert paper.metadata_fetch.status == "pending"


def test_action_renders_slides_again(alice_client):
    deck = make_deck(make_presentation(), status="failed", error="Encrypted.")
    assert act(alice_client, SlideDeck, "render_again", [deck]) == ["Rendering 1 deck again."]
    deck.refresh_from_db()
    assert deck.status == "pending"


def test_list_shows_why_a_job_failed(alice_client):
    make_deck(make_presentation(), status="failed", error="The file is encrypted.")
    page = visit(alice_client, address(SlideDeck, "changelist")).content.decode()
    assert '<span class="badge badge-bad">failed</span> <small>The file is encrypted.</small>' in page


def test_paper_of_a_thousand_authors_can_be_edited(alice_client):
    paper = make_paper(title="Observation of a boson")
    authors = Author.objects.bulk_create(Author(name=f"Author {number}") for number in range(1000))
    PaperAuthor.objects.bulk_create(
        PaperAuthor(paper=paper, author=author, position=position) for position, author in enumerate(authors, start=1)
    )
    page = visit(alice_client, address(Paper, "change", paper.pk))
    assert page.context["inline_admin_formsets"][0].formset.model is Identifier
