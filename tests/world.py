"""A small group with everything in it, for tests that walk the whole site."""

from datetime import timedelta
from io import BytesIO
from types import SimpleNamespace

from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from papers.models import Entry, EntryLink, LinkCheck, Report, ReportImage, SavedLink, Section
from papers.services.merging import merge_papers
from readinggroup.markdown import render_markdown
from readinggroup.search import rebuild
from readinggroup.services.comments import write_comment
from sessions.models import CalendarKey, Presentation, Proposal, Series, SlideDeck, SlotSwap, Webhook
from sessions.services.import_jobs import start_import
from sessions.services.notes import add_note
from sessions.services.presentations import claim_presentation, open_slot
from sessions.services.questions import answer_question, ask_question
from sessions.services.queue import propose_paper
from sessions.services.roles import claim_role
from tests.factories import (
    make_member,
    make_paper,
    make_presentation,
    make_reading_list,
    make_report,
    make_role_play,
    make_session,
    make_topic,
)

BODY = r"""A first paragraph with $E = mc^2$ and a note.[^1]

## What it says

$$\int_0^1 x^2 \, dx = \frac13$$

| a | b |
|---|---|
| 1 | 2 |

```python
print("hello")
```

- [x] read
- [ ] understood

[^1]: The note.
"""
VIDEO = "dQw4w9WgXcQ"


def picture(width: int, height: int, colour: str = "#9c2f24") -> ContentFile:
    file = BytesIO()
    Image.new("RGB", (width, height), colour).save(file, "WEBP")
    return ContentFile(file.getvalue(), "picture.webp")


def make_deck(presentation: Presentation, *, pages: int = 3) -> SlideDeck:
    """A deck whose slides are drawn already."""
    deck = SlideDeck(
        presentation=presentation,
        version=1,
        is_current=True,
        status=SlideDeck.Status.DONE,
        original_name="talk.pdf",
        sha256="0" * 64,
        size=8,
        pages_total=pages,
        pages_done=pages,
    )
    deck.original.save("talk.pdf", ContentFile(b"%PDF-1.4"), save=False)
    deck.save()
    for number in range(1, pages + 1):
        slide = deck.slides.model(
            slide_deck=deck,
            number=number,
            width=1600,
            height=900,
            thumbnail_width=320,
            thumbnail_height=180,
            text=f"Words of slide {number}",
        )
        slide.image.save("slide.webp", picture(1600, 900), save=False)
        slide.thumbnail.save("slide.webp", picture(320, 180), save=False)
        slide.save()
    return deck


def build_world() -> SimpleNamespace:
    """Dora is a member who wrote and presented everything here; what is hers is nobody else's to change."""
    now = timezone.now()
    dora = make_member(name="Dora", about="Reads.", about_html=render_markdown("Reads."))
    topic = make_topic("Attention")
    paper = make_paper(
        title="Attention Is All You Need",
        authors=["Ashish Vaswani", "Noam Shazeer"],
        arxiv="1706.03762",
        abstract="A new simple network architecture.",
        abstract_html="<p>A new simple network architecture.</p>",
        venue="NeurIPS",
        added_by=dora,
    )
    paper.topics.add(topic)
    paper.links.create(kind="pdf", url="https://arxiv.org/pdf/1706.03762")
    last_week = make_session(starts_at=now - timedelta(days=7), title="Last week", host=dora)
    coming = make_session(starts_at=now + timedelta(days=7), title="Next week", slots=2)
    role_play = make_role_play(
        title="With roles", paper=paper, roles=["Juggler", "Whale"], starts_at=now + timedelta(days=14)
    )
    claim_role(role_play.role_assignments.first(), member=dora)
    talk = claim_presentation(coming.presentations.get(position=2), member=dora)
    swap = SlotSwap.objects.create(
        given=talk, wanted=claim_presentation(open_slot(coming), member=make_member()), asked_by=dora
    )
    presentation = make_presentation(
        title="Attention, one head at a time",
        number=1,
        presented_on=timezone.localdate() - timedelta(days=7),
        presenters=[dora],
        papers=[paper],
        session=last_week,
        position=1,
        slides_condition="available",
        recording_condition="available",
        summary=BODY,
        summary_html=render_markdown(BODY),
        claimed_by=dora,
    )
    presentation.topics.add(topic)
    deck = make_deck(presentation)
    recording = presentation.recordings.create(
        host="youtube",
        url=f"https://www.youtube.com/watch?v={VIDEO}",
        video_id=VIDEO,
        position=1,
        chapters=[[0, "Beginning"]],
        transcript="WEBVTT\n\n00:00:01.000 --> 00:00:02.000\nWelcome to everybody\n",
    )
    comment = write_comment(presentation, written_by=dora, body="Why **this** head?", anchor="slide=2")
    bare = make_presentation(
        title="From memory", presenters=["A guest"], slides_condition="none", recording_condition="none", number=2
    )
    withheld = make_presentation(
        title="Unpublished work",
        presenters=[dora],
        slides_condition="withheld",
        slides_reason="Not published yet.",
        recording_condition="withheld",
        recording_reason="The speaker prefers it so.",
    )
    secret_session = make_session(title="Behind doors", visibility="members")
    secret = make_presentation(title="Among ourselves", presenters=[dora], visibility="members")
    report = make_report(
        title="What attention is",
        written_by=dora,
        paper=paper,
        number=1,
        teaser="In short.",
        teaser_html="<p>In short.</p>",
        body=BODY,
        body_html=render_markdown(BODY),
        dated_on=timezone.localdate(),
    )
    report.topics.add(topic)
    unfinished = make_report(title="Half a book", status=Report.Status.WORK_IN_PROGRESS, kind="book", written_by=dora)
    draft = make_report(title="Not yet", status=Report.Status.DRAFT, written_by=dora)
    reading_list = make_reading_list(
        title="First steps", owner=dora, intro="Begin here.", intro_html="<p>Begin here.</p>"
    )
    section = Section.objects.create(reading_list=reading_list, position=1, heading="Basics", anchor="basics")
    Section.objects.create(reading_list=reading_list, position=2, heading="Deeper", anchor="deeper", parent=section)
    entry = Entry.objects.create(
        reading_list=reading_list, section=section, position=1, title="Attention", commentary_html="<p>Good.</p>"
    )
    EntryLink.objects.create(
        entry=entry, position=1, label="arXiv", url="https://arxiv.org/abs/1706.03762", paper=paper
    )
    saved_link = SavedLink.objects.create(url="https://example.org/post", title="A find", saved_by=dora)
    link_check = LinkCheck.objects.create(key="k", url="https://example.org/gone", health="gone", status="done")
    private_list = make_reading_list(title="For myself", owner=dora, is_public=False)
    image = ReportImage(name=f"{0:032x}-40x30.webp", report=report, uploaded_by=dora)
    image.file.save("picture.webp", picture(40, 30), save=False)
    image.save()
    proposal, _ = propose_paper(make_paper(title="What to read"), proposed_by=dora, why="It is **short**.")
    Proposal.objects.create(paper=paper, proposed_by=dora)
    coming.welcomes_guests, coming.capacity, coming.meeting_url = True, 20, "https://meet.example.org/a-secret-room"
    coming.save()
    guest = coming.guests.create(name="A guest", email="guest@example.net", confirmed_at=now)
    came = last_week.attendances.create(member=dora, rsvp="yes", attended=True, checked_in_at=last_week.starts_at)
    import_job = start_import(name="links.md", content=b"# Links\n\n- [A](https://a.org)\n- [B](https://b.org)\n")
    mailing = coming.mailings.create(kind="invitation", event=f"session-{coming.pk}-invitation", written=1)
    dora.mails.create(event=mailing.event, kind="invitations", address=dora.email, subject="Next week", text="Come.")
    chat = Webhook.objects.create(name="#papers", url="https://chat.example.org/hooks/s3cret")
    chat.posts.create(event=mailing.event, text="Coming up: Next week")
    twin = make_paper(title="Attention is all you need", authors=["A. Vaswani"])
    merge = merge_papers(make_paper(title="Kept"), make_paper(title="Gone"), merged_by=None)
    add_note(last_week, text="We began late, with $d_k$ already on the board.", by=dora)
    question = ask_question("Why **this** many heads?", asked_by=dora, paper=paper)
    answered = ask_question("What is $d_k$?", asked_by=dora, session=last_week)
    answer_question(answered, answer="The width of a key.", by=dora, seen="", session=last_week)
    secret_question = ask_question("Among ourselves: why?", asked_by=dora, session=secret_session)
    rebuild()
    return SimpleNamespace(
        dora=dora,
        topic=topic,
        paper=paper,
        last_week=last_week,
        coming=coming,
        role_play=role_play,
        slot=coming.presentations.get(status="open"),
        talk=talk,
        swap=swap,
        presentation=presentation,
        deck=deck,
        recording=recording,
        comment=comment,
        question=question,
        answered=answered,
        secret_question=secret_question,
        bare=bare,
        withheld=withheld,
        secret=secret,
        report=report,
        unfinished=unfinished,
        draft=draft,
        reading_list=reading_list,
        section=section,
        entry=entry,
        private_list=private_list,
        image=image,
        saved_link=saved_link,
        series=Series.objects.create(name="Tuesdays"),
        guest=guest,
        came=came,
        calendar_key=CalendarKey.objects.create(member=dora),
        link_check=link_check,
        import_job=import_job,
        proposal=proposal,
        mailing=mailing,
        chat=chat,
        twin=twin,
        merge=merge,
    )
