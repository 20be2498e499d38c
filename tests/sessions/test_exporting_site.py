"""The public archive as files."""

import json
import tracemalloc
from io import StringIO

import bibtexparser
import feedparser
import pytest
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from selectolax.lexbor import LexborHTMLParser

from papers.models import Paper, PaperCover
from readinggroup.markdown import render_markdown
from readinggroup.services.comments import write_comment
from sessions.services.exporting_site import export_site
from tests.factories import make_member, make_paper, make_presentation, make_reading_list, make_report, make_session
from tests.sites import broken_links
from tests.videos import video
from tests.world import build_world, make_deck, picture

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("built_fonts")]
PUBLIC_URL = "https://readers.example.org/copy"
BODY = """![Ours](/reports/images/{image}) ![Theirs](https://pictures.example.com/a.png) ![](/reports/images/{hidden})

[The archive](http://localhost:8000/archive/?page=1#main), [by number](/papers/{paper}/), [a search](/search/?q=x),
[a secret](/presentations/{secret}/), [nothing](/no/such/page/), [sign in](/accounts/login/), [up](../../),
[mail](mailto:a@b.org),
[odd](http://[), [out](/../../etc/passwd), [slide](/presentations/{talk}/#slide=2), [note](#the-end)

## The end
"""


@pytest.fixture
def world(db):
    world = build_world()
    world.report.cover.save("cover.webp", picture(40, 30))
    hidden = world.image.__class__(name=f"{1:032x}-40x30.webp", report=world.draft, uploaded_by=world.dora)
    hidden.file.save("picture.webp", picture(40, 30))
    body = BODY.format(
        image=world.image.name,
        hidden=hidden.name,
        paper=world.paper.pk,
        secret=world.secret.pk,
        talk=world.presentation.pk,
    )
    world.report.body, world.report.body_html = body, render_markdown(body)
    world.report.save()
    Paper.objects.filter(pk=world.paper.pk).update(licence="CC-BY-4.0")
    cover = PaperCover(paper=world.paper, pdf_url="https://example.org/a.pdf", width=40, height=30)
    cover.image.save("cover.webp", picture(40, 30))
    world.withheld_deck = make_deck(world.withheld)
    film = world.bare.recordings.model(presentation=world.bare, host="file", position=1, size=len(video()))
    film.transcript = "WEBVTT\n\n00:00:00.000 --> 00:00:02.000\nHello\n"
    film.poster.save("poster.webp", picture(32, 18), save=False)
    film.file.save("talk.webm", ContentFile(video()))
    world.bare.recording_condition = "available"
    world.bare.save()
    world.film = film
    withheld_film = film.__class__(presentation=world.withheld, host="file", position=1)
    withheld_film.file.save("hidden.webm", ContentFile(b"withheld words"))
    world.withheld_film = withheld_film
    return world


@pytest.fixture
def exported(world, tmp_path):
    folder = tmp_path / "site"
    report = export_site(folder, public_url=PUBLIC_URL)
    return folder, report


def text_of(folder) -> str:
    return "\n".join(
        path.read_text(errors="replace")
        for path in folder.rglob("*")
        if path.suffix in (".html", ".atom", ".bib", ".ris", ".json", ".txt", ".vtt", ".svg")
    )


def test_every_link_leads_to_a_file(exported):
    folder, _ = exported
    assert broken_links(folder, PUBLIC_URL) == []


def test_everything_public_is_there(exported, world):
    folder, report = exported
    for row in (
        world.presentation, world.bare, world.withheld, world.last_week, world.coming, world.report, world.unfinished,
        world.reading_list, world.paper, world.topic, world.dora,
    ):  # fmt: skip
        page = folder / row.get_absolute_url().strip("/") / "index.html"
        assert f"<title>{row}" in page.read_text().replace("&amp;", "&"), page
    deck = folder / "slides" / str(world.deck.pk)
    assert sorted(path.name for path in deck.iterdir()) == sorted(
        [f"{number}-{what}" for number in (1, 2, 3) for what in ("large.webp", "small.webp", "text.svg")]
        + ["original.pdf", "slides.pdf", "handout"]
    )
    assert (deck / "original.pdf").read_bytes() == b"%PDF-1.4"
    assert (folder / "recordings" / str(world.film.pk) / "video.webm").read_bytes() == video()
    assert (folder / "reports" / world.report.slug / "cover.webp").is_file()
    assert (folder / "reports" / "images" / world.image.name).is_file()
    assert (folder / "papers" / str(world.paper.pk) / world.paper.slug / "cover.webp").is_file()
    # Two of them are planned.
    assert report.counts["presentations"] == 5
    assert report.counts["slides"] == 3
    assert report.counts["feeds"] == 6
    assert report.size > 10_000


def test_nothing_hidden_is_there(exported, world):
    folder, _ = exported
    text = text_of(folder)
    for hidden in ("Among ourselves", "Not yet", "For myself", world.secret.slug, world.draft.slug):
        assert hidden not in text
    names = {str(path.relative_to(folder)) for path in folder.rglob("*")}
    assert f"slides/{world.withheld_deck.pk}" not in names
    assert not any(name.startswith(f"recordings/{world.withheld_film.pk}/video") for name in names)
    assert "Words of slide" in text
    page = (folder / world.withheld.get_absolute_url().strip("/") / "index.html").read_text()
    assert "The slides are withheld." in page
    assert "Words of slide" not in page


def test_talk_of_members_in_a_public_session_is_not_named(tmp_path, alice):
    meeting = make_session(title="Open doors")
    make_presentation(title="Behind the curtain", session=meeting, position=1, visibility="members", presenters=[alice])
    quiet = make_member(name="Quentin", is_public=False)
    make_reading_list(title="Public list of a quiet member", owner=quiet)
    export_site(tmp_path / "site")
    assert "Behind the curtain" not in text_of(tmp_path / "site")
    assert quiet.slug not in text_of(tmp_path / "site")
    assert broken_links(tmp_path / "site", "http://localhost:8000") == []


def test_what_needs_the_server_is_left_out(exported):
    folder, _ = exported
    for page in folder.rglob("*.html"):
        html = page.read_text()
        for dead in (
            "<form",
            "data-live",
            "data-refresh-url",
            "Sign in",
            'type="module"',
            'type="search"',
            "/accounts/",
        ):
            if page.parent.parent.name == "reports" and dead == "/accounts/":
                continue
            assert dead not in html, (page, dead)


def test_links_of_texts_lead_where_they_can(exported, world):
    folder, _ = exported
    html = (folder / "reports" / world.report.slug / "index.html").read_text()
    tree = LexborHTMLParser(html)
    links = {node.text(): node.attributes.get("href") for node in tree.css(".report-body a")}
    presentation = f"presentations/{world.presentation.pk}/{world.presentation.slug}"
    assert links == {
        "The archive": "../../archive/index.html#main",
        "by number": f"../../papers/{world.paper.pk}/{world.paper.slug}/index.html",
        "a search": "http://localhost:8000/search/?q=x",
        "sign in": "http://localhost:8000/accounts/login/",
        "up": "../../index.html",
        "mail": "mailto:a@b.org",
        "odd": None,
        "slide": f"../../{presentation}/index.html#slide=2",
        "note": "#section-the-end",
        "Theirs": "https://pictures.example.com/a.png",
    }
    for plain in ("a secret", "nothing", "out"):
        assert plain in html
    assert [node.attributes["src"] for node in tree.css(".report-body img")] == [f"../images/{world.image.name}"]


def test_pages_of_lists_have_files_of_their_own(tmp_path):
    for number in range(1, 14):
        make_presentation(title=f"Talk {number}", number=number)
    export_site(tmp_path / "site")
    first, second = tmp_path / "site/archive/index.html", tmp_path / "site/archive/index-page-2.html"
    assert 'href="index-page-2.html"' in first.read_text()
    assert 'href="index.html"' in second.read_text()
    assert (tmp_path / "site/reports/index-kind-paper.html").is_file()


def test_feeds_and_references_are_read_by_libraries(exported, world):
    folder, _ = exported
    feed = feedparser.parse((folder / "feeds/everything.atom").read_bytes(), sanitize_html=False)
    assert not feed.bozo
    links = {entry.link for entry in feed.entries}
    assert f"{PUBLIC_URL}{world.presentation.get_absolute_url()}" in links
    (entry,) = [one for one in feed.entries if "one head" in one.title]
    assert entry.id == f"tag:localhost,2020:presentation/{world.presentation.pk}"
    assert f'src="{PUBLIC_URL}/slides/{world.deck.pk}/1-large.webp"' in entry.content[0].value
    bibtex = bibtexparser.parse_string((folder / "archive.bib").read_text())
    assert [one.key for one in bibtex.entries] == ["vaswaniattention"]
    assert json.loads((folder / "reading-lists" / f"{world.reading_list.slug}.json").read_text())
    assert (folder / "papers" / str(world.paper.pk) / f"{world.paper.slug}.ris").is_file()


def test_second_export_takes_away_what_was_withdrawn(exported, world):
    folder, _ = exported
    page = folder / world.bare.get_absolute_url().strip("/") / "index.html"
    assert page.is_file()
    world.bare.visibility = "members"
    world.bare.save()
    export_site(folder, public_url=PUBLIC_URL)
    assert not page.exists()
    assert "From memory" not in text_of(folder)


def test_command_says_how_much_and_refuses_strange_folders(world, tmp_path):
    said, complained = StringIO(), StringIO()
    world.image.file.storage.delete(world.image.file.name)
    call_command("export_site", str(tmp_path / "site"), stdout=said, stderr=complained)
    assert "5 presentations" in said.getvalue()
    assert "Open " in said.getvalue()
    assert f"/reports/images/{world.image.name} is not there and was left out." in complained.getvalue()
    (tmp_path / "thesis").mkdir()
    (tmp_path / "thesis" / "a.tex").touch()
    with pytest.raises(CommandError, match="is not empty"):
        call_command("export_site", str(tmp_path / "thesis"))
    with pytest.raises(CommandError, match="whole address"):
        call_command("export_site", str(tmp_path / "other"), url="readers.example.org")


def test_page_that_cannot_be_made_leaves_the_old_export(exported, world):
    folder, _ = exported
    before = (folder / "index.html").read_text()
    world.last_week.__class__.objects.filter(pk=world.last_week.pk).update(time_zone="Nowhere/Land")
    with pytest.raises(CommandError, match="cannot be made"):
        call_command("export_site", str(folder))
    assert (folder / "index.html").read_text() == before
    assert [path.name for path in folder.parent.iterdir() if "site" in path.name] == ["site"]


def test_large_files_are_not_held_in_memory(tmp_path):
    talk = make_presentation(title="Long", recording_condition="available")
    film = talk.recordings.model(presentation=talk, host="file", position=1, size=1)
    film.file.save("talk.webm", ContentFile(b"\x1aE\xdf\xa3" + b"0" * 40_000_000))
    tracemalloc.start()
    export_site(tmp_path / "site")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert (tmp_path / "site/recordings" / str(film.pk) / "video.webm").stat().st_size == 40_000_004
    assert peak < 20_000_000


def test_empty_site_is_written_too(tmp_path, db):
    export_site(tmp_path / "site")
    assert broken_links(tmp_path / "site", "http://localhost:8000") == []
    assert "No session is planned yet" in (tmp_path / "site/index.html").read_text()


def test_hostile_titles_and_names_break_nothing(tmp_path, alice):
    title = 'A "quote" <script>alert(1)</script> & ]]> ../../x?y#z %2e%2e 100 % \u202e'
    paper = make_paper(title=title, authors=[title])
    talk = make_presentation(title=title, presenters=[title], papers=[paper])
    make_report(title=title, written_by=alice, paper=paper, body_html=f"<p>{title.replace('<', '&lt;')}</p>")
    make_reading_list(title=title, owner=alice)
    write_comment(talk, written_by=alice, body='<a href="javascript:alert(1)">x</a> [y](/presentations/%2e%2e/%2e%2e/)')
    export_site(tmp_path / "site", public_url=PUBLIC_URL)
    assert broken_links(tmp_path / "site", PUBLIC_URL) == []
    for page in (tmp_path / "site").rglob("*.html"):
        assert "<script>alert" not in page.read_text(), page


@pytest.mark.browser
def test_copy_opens_in_a_browser_without_a_server(exported, world, chromium):
    folder, _ = exported
    context = chromium.new_context(viewport={"width": 1280, "height": 900})
    complaints, asked = [], []
    page = context.new_page()
    page.on("console", lambda message: complaints.append(f"{message.type}: {message.text}"))
    page.on("pageerror", lambda error: complaints.append(str(error)) if "Transition was" not in str(error) else None)
    page.on("request", lambda request: asked.append(request.url))

    def open_page(row) -> None:
        page.goto((folder / row.get_absolute_url().strip("/") / "index.html").as_uri())
        page.wait_for_load_state("load")

    open_page(world.presentation)
    page.wait_for_selector("[data-slide-viewer][data-ready]")
    assert page.locator("[data-viewer-number]").inner_text() == "1"
    page.keyboard.press("ArrowRight")
    assert page.locator("[data-viewer-number]").inner_text() == "2"
    shown = page.locator(".viewer-page[data-current] img")
    page.wait_for_function("image => image.complete && image.naturalWidth > 0", arg=shown.element_handle())
    page.locator(".filmstrip a").nth(2).click()
    assert page.url.endswith("#slide=3")
    page.get_by_role("link", name="Handout").click()
    assert page.locator("h1").inner_text() == "Attention, one head at a time"
    page.go_back()
    assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")

    open_page(world.bare)
    page.wait_for_function("document.querySelector('video').readyState > 0")
    page.evaluate("document.querySelector('track').track.mode = 'showing'")
    page.wait_for_function("document.querySelector('track').track.cues?.length === 1")

    open_page(world.role_play)
    assert page.evaluate("document.querySelector('.emblem use').getBBox().width") > 0

    open_page(world.report)
    assert page.locator(".report-body img").count() == 1
    page.wait_for_function("[...document.images].every((image) => image.complete && image.naturalWidth > 0)")
    page.locator("header a.site-name").click()
    assert page.title() == "Tuesday Readers"
    context.close()
    assert complaints == []
    assert {url.split(":")[0] for url in asked} <= {"file", "data"}


@pytest.mark.browser
def test_slides_are_all_there_without_a_script(exported, world, chromium):
    folder, _ = exported
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((folder / world.presentation.get_absolute_url().strip("/") / "index.html").as_uri())
    assert page.locator(".viewer-page img").count() == 3
    context.close()
