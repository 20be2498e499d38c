"""Feeds as feed readers get them."""

import re
from datetime import UTC, date, datetime, timedelta

import feedparser
import pytest
import time_machine
from defusedxml import ElementTree
from django.core.files.base import ContentFile
from django.utils import timezone

from papers.services.reading_lists import LinkLine, add_entry, edit_entry
from readinggroup.markdown import render_markdown
from sessions.services.presentations import edit_presentation
from sessions.services.sessions import cancel_session, edit_session
from tests.factories import make_member, make_paper, make_presentation, make_reading_list, make_report, make_session
from tests.world import build_world, make_deck, picture

pytestmark = pytest.mark.django_db

FIXED = [
    "/feeds/everything.atom",
    "/feeds/presentations.atom",
    "/feeds/sessions.atom",
    "/feeds/reports.atom",
    "/feeds/reading-lists.atom",
]
HOSTILE = "]]> </title><script>alert(1)</script> & <b>\x01\x07\x0b\x1f\ufffe\x7fé"
ATOM = "{http://www.w3.org/2005/Atom}"


def read(client, path: str):
    """The feed as a library reads it, once the XML is well formed and the rules of RFC 4287 hold."""
    response = client.get(path)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "application/atom+xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.iter(f"{ATOM}entry")):
        assert [len(element.findall(f"{ATOM}{name}")) for name in ("id", "title", "updated")] == [1, 1, 1]
    feed = feedparser.parse(response.content, sanitize_html=False, resolve_relative_uris=False)
    assert not feed.bozo, feed.get("bozo_exception")
    ids = [entry.id for entry in feed.entries]
    assert len(set(ids)) == len(ids)
    return feed


def content_of(entry) -> str:
    return entry.content[0].value


@pytest.fixture
def world(db):
    return build_world()


@pytest.mark.parametrize("path", FIXED)
def test_every_feed_is_read_by_a_library(charlie, world, path):
    feed = read(charlie, path)
    assert feed.version == "atom10"
    assert feed.entries
    assert [link.href for link in feed.feed.links if link.rel == "self"] == [f"http://localhost:8000{path}"]
    assert feed.feed.author
    for entry in feed.entries:
        assert entry.link.startswith("http://localhost:8000/")
        assert entry.id.startswith("tag:localhost,2020:")
        assert entry.updated_parsed >= entry.published_parsed


@pytest.mark.parametrize("path", FIXED)
def test_feeds_of_an_empty_site_are_valid_and_stay_the_same(charlie, path):
    assert read(charlie, path).entries == []
    assert charlie.get(path).content == charlie.get(path).content


def test_everything_holds_one_of_each_and_nothing_hidden(charlie, world):
    feed = read(charlie, "/feeds/everything.atom")
    titles = " | ".join(entry.title for entry in feed.entries)
    for shown in (world.presentation, world.report, world.reading_list, world.last_week, world.coming):
        assert str(shown) in titles
    whole = charlie.get("/feeds/everything.atom").content.decode()
    for hidden in (world.secret, world.draft, world.private_list):
        assert str(hidden) not in whole


def test_members_get_the_same_feed_as_everybody(charlie, bob_client, world):
    for path in FIXED:
        assert bob_client.get(path).content == charlie.get(path).content
        assert "Among ourselves" not in bob_client.get(path).content.decode()


def test_private_list_has_no_feed_for_its_own_keeper_either(charlie, world):
    from tests.clients import signed_in_client

    path = f"/reading-lists/{world.private_list.slug}/entries.atom"
    assert charlie.get(path).status_code == 404
    assert signed_in_client(world.dora).get(path).status_code == 404


def test_presentation_comes_with_summary_papers_people_and_slides(charlie, world):
    (entry,) = [one for one in read(charlie, "/feeds/presentations.atom").entries if "one head" in one.title]
    text = content_of(entry)
    assert "<math" in text
    assert "Attention Is All You Need" in text
    assert f'src="http://localhost:8000/slides/{world.deck.pk}/1-large.webp"' in text
    assert entry.author == "Dora"
    assert entry.author_detail.href == f"http://localhost:8000{world.dora.get_absolute_url()}"
    (pdf,) = entry.enclosures
    assert (pdf.type, pdf.length, pdf.href.rsplit("/", 1)[-1]) == ("application/pdf", "8", "slides.pdf")
    assert charlie.get(pdf.href.removeprefix("http://localhost:8000")).status_code == 200


def test_uploaded_recording_is_an_enclosure_unless_it_is_withheld(charlie):
    talk = make_presentation(title="Filmed", recording_condition="available")
    film = talk.recordings.model(presentation=talk, host="file", position=1, size=12)
    film.file.save("talk.webm", ContentFile(b"\x1aE\xdf\xa3....webm"))
    (entry,) = read(charlie, "/feeds/presentations.atom").entries
    assert [(link.type, link.length) for link in entry.enclosures] == [("video/webm", "12")]
    edit_presentation(talk, recording_condition="withheld", recording_reason="The speaker prefers it so.")
    (entry,) = read(charlie, "/feeds/presentations.atom").entries
    assert entry.enclosures == []
    assert f"/recordings/{film.pk}/" not in charlie.get("/feeds/presentations.atom").content.decode()


def test_withheld_slides_are_not_in_the_feed(charlie):
    talk = make_presentation(title="Unpublished", slides_condition="withheld", slides_reason="Not published yet.")
    deck = make_deck(talk)
    assert f"/slides/{deck.pk}/" not in charlie.get("/feeds/presentations.atom").content.decode()


def test_hidden_profile_is_not_linked(charlie):
    make_presentation(title="Quiet", presenters=[make_member(name="Quentin", is_public=False)])
    (entry,) = read(charlie, "/feeds/presentations.atom").entries
    assert entry.author == "Quentin"
    assert "href" not in entry.author_detail


def test_two_presenters_are_two_authors(charlie):
    make_presentation(title="Together", presenters=["Ada", "Grace"])
    (entry,) = read(charlie, "/feeds/presentations.atom").entries
    assert [author.name for author in entry.authors] == ["Ada", "Grace"]


def test_report_travels_whole_with_absolute_addresses(charlie, alice):
    body = "![A figure](/reports/images/x.webp)\n\nSee [above](#top), [ours](/archive/) and [theirs](https://a.org/)."
    report = make_report(
        title="Whole", written_by=alice, body=body, body_html=render_markdown(body), teaser_html="<p>T</p>"
    )
    report.cover.save("cover.webp", picture(40, 30))
    (entry,) = read(charlie, "/feeds/reports.atom").entries
    addresses = re.findall(r'(?:src|href)="([^"]*)"', content_of(entry))
    assert addresses == [
        f"http://localhost:8000/reports/{report.slug}/cover/",
        "http://localhost:8000/reports/images/x.webp",
        f"http://localhost:8000/reports/{report.slug}/#section-top",
        "http://localhost:8000/archive/",
        "https://a.org/",
    ]
    assert entry.author == "Alice"


def test_each_entry_of_a_list_comes_with_its_commentary(charlie, alice):
    reading_list = make_reading_list(title="Links", owner=alice)
    paper = make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    first = LinkLine("https://arxiv.org/abs/1706.03762", "Transformers", paper=paper)
    with time_machine.travel(datetime(2026, 3, 1, tzinfo=UTC), tick=False):
        add_entry(reading_list, links=[first], commentary="Begin *here*.", title="The one", year=2017)
    with time_machine.travel(datetime(2026, 3, 8, tzinfo=UTC), tick=False):
        add_entry(reading_list, links=[LinkLine("https://b.org/x")], commentary="Then **this**.")
    newer, older = read(charlie, f"/reading-lists/{reading_list.slug}/entries.atom").entries
    assert "Begin <em>here</em>." in content_of(older)
    assert (older.title, newer.title) == ("The one", "https://b.org/x")
    assert (older.published, newer.published) == ("2026-03-01T00:00:00+00:00", "2026-03-08T00:00:00+00:00")
    assert "Then <strong>this</strong>." in content_of(newer)
    assert [link.href for link in older.links if link.rel == "related"] == ["https://arxiv.org/abs/1706.03762"]
    assert older.author == "Alice"
    page = charlie.get(reading_list.get_absolute_url()).content.decode()
    assert f'id="{older.link.split("#")[1]}"' in page
    (whole,) = read(charlie, "/feeds/reading-lists.atom").entries
    assert "Begin <em>here</em>." in content_of(whole)
    assert "Then <strong>this</strong>." in content_of(whole)


def test_id_survives_a_new_title_and_the_time_tells_of_the_change(charlie, alice):
    with time_machine.travel(datetime(2026, 3, 1, 12, tzinfo=UTC), tick=False):
        talk = make_presentation(title="Old", presented_on=date(2026, 2, 28))
        meeting = make_session(starts_at=datetime(2026, 3, 3, 15, tzinfo=UTC), title="Old")
        reading_list = make_reading_list(title="A list")
        entry = add_entry(reading_list, commentary="Old", title="Old")
    list_feed = f"/reading-lists/{reading_list.slug}/entries.atom"
    feeds = ("/feeds/presentations.atom", "/feeds/sessions.atom", list_feed)
    with time_machine.travel(datetime(2026, 3, 4, tzinfo=UTC), tick=False):
        before = [read(charlie, path).entries[0] for path in feeds]
    with time_machine.travel(datetime(2026, 3, 5, 12, tzinfo=UTC), tick=False):
        edit_presentation(talk, title="New")
        edit_session(meeting, title="New")
        edit_entry(entry, title="New")
        after = [read(charlie, path).entries[0] for path in feeds]
    for old, new in zip(before, after, strict=True):
        assert old.id == new.id
        assert "New" in new.title
        assert new.updated == "2026-03-05T12:00:00+00:00"
        assert old.updated < new.updated
        assert old.published == new.published


def test_cancelled_session_says_so_first(charlie):
    meeting = make_session(title="Soon", slots=1)
    cancel_session(meeting, reason="The room burned down.")
    (entry,) = read(charlie, "/feeds/sessions.atom").entries
    assert entry.title.startswith("Cancelled: ")
    assert "The room burned down." in content_of(entry)
    assert "still open" not in content_of(entry)


def test_sessions_are_announced_four_weeks_ahead(charlie):
    make_session(title="Far away", starts_at=timezone.now() + timedelta(days=40))
    make_session(title="Near", starts_at=timezone.now() + timedelta(days=20))
    assert [entry.title.split(": ")[1] for entry in read(charlie, "/feeds/sessions.atom").entries] == ["Near"]


def test_members_talk_in_a_public_session_stays_among_members(charlie, bob_client):
    meeting = make_session(title="Open doors")
    make_presentation(title="Behind the curtain", session=meeting, position=1, status="claimed", visibility="members")
    for path in ("/", "/sessions/", meeting.get_absolute_url(), "/feeds/sessions.atom"):
        assert "Behind the curtain" not in charlie.get(path).content.decode(), path
    assert "Behind the curtain" in bob_client.get(meeting.get_absolute_url()).content.decode()


def test_hostile_words_stay_words(charlie):
    make_report(title=HOSTILE, body_html="<p>ok<script>alert(1)</script><img src=x onerror=alert(1)></p>")
    talk = make_presentation(title=HOSTILE, presenters=[HOSTILE], summary_html='<a href="javascript:alert(1)">x</a>')
    talk.topics.create(name=HOSTILE[:80], slug="hostile")
    make_session(title=HOSTILE)
    reading_list = make_reading_list(title=HOSTILE, owner_name=HOSTILE)
    entry = reading_list.entries.create(position=1, title=HOSTILE, commentary_html="<p>\x0bfine ]]> text</p>")
    entry.links.create(position=1, label=HOSTILE, url="https://example.org/\x01?a=1&b=<2>")
    entry.links.create(position=2, label="js", url="javascript:alert(1)")
    shown = "]]> </title><script>alert(1)</script> & <b>"
    for path in (*FIXED, f"/reading-lists/{reading_list.slug}/entries.atom"):
        feed = read(charlie, path)
        assert feed.entries, path
        for one in feed.entries:
            assert shown in one.title
            html = content_of(one) if one.get("content") else ""
            assert not re.search(r"<script|onerror|javascript:", html), html


def test_reader_that_has_it_already_is_answered_in_a_word(charlie, world):
    for path in FIXED:
        first = charlie.get(path)
        assert first.headers["Cache-Control"] == "public, max-age=300"
        again = charlie.get(path, headers={"If-None-Match": first.headers["ETag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert charlie.get(path, headers={"If-Modified-Since": first.headers["Last-Modified"]}).status_code == 304
    first = charlie.get(FIXED[1])
    edit_presentation(world.presentation, title="Another title")
    assert charlie.get(FIXED[1], headers={"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_feed_tells_of_the_newest_fifty(charlie):
    for number in range(1, 56):
        make_presentation(title=f"Talk {number}", presented_on=date(2026, 1, 1) + timedelta(days=number))
    entries = read(charlie, "/feeds/presentations.atom").entries
    assert len(entries) == 50
    assert entries[0].title == "Talk 55"


def test_feed_needs_as_many_queries_for_any_number_of_entries(charlie, count_queries):
    def add(number: int) -> None:
        for place in range(number):
            talk = make_presentation(
                title=f"T{place}",
                presenters=[make_member()],
                papers=[make_paper(authors=["A B"])],
                session=make_session(),
            )
            make_deck(talk, pages=1)
            make_report(written_by=make_member(), paper=make_paper())
            reading_list = make_reading_list(owner=make_member())
            add_entry(reading_list, links=[LinkLine("https://a.org", paper=make_paper())])

    add(2)
    few = {path: count_queries(lambda path=path: charlie.get(path)) for path in FIXED}
    add(3)
    for path, queries in few.items():
        assert count_queries(lambda path=path: charlie.get(path)) == queries, path


def test_pages_name_their_feeds(charlie, world):
    pages = {
        "/": "/feeds/everything.atom",
        "/archive/": "/feeds/presentations.atom",
        "/sessions/": "/feeds/sessions.atom",
        "/reports/": "/feeds/reports.atom",
        "/reading-lists/": "/feeds/reading-lists.atom",
        world.reading_list.get_absolute_url(): f"{world.reading_list.get_absolute_url()}entries.atom",
    }
    for page, feed in pages.items():
        html = charlie.get(page).content.decode()
        assert re.search(rf'<link rel="alternate" type="application/atom\+xml" title="[^"]+" href="{feed}">', html), (
            page
        )
    shown = charlie.get("/feeds/").content.decode()
    for feed in pages.values():
        assert f'href="{feed}"' in shown
    assert 'href="/feeds/"' in charlie.get("/papers/").content.decode()
