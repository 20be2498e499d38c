"""Files of references become papers and lists, once."""

import zipfile
from io import BytesIO, StringIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.urls import reverse

from papers.documents.source import DocumentRefused
from papers.metadata import PaperMetadata
from papers.models import ImportedDocument, MetadataFetch, Paper, PossibleDuplicate, ReadingList
from papers.services.importing_references import import_references
from papers.services.merging import merge_papers
from papers.services.papers import edit_paper
from papers.services.writing_metadata import write_metadata
from readinggroup.progress import ProgressTeller, progress_of
from sessions.models import ImportJob
from sessions.tasks import import_document as import_task
from tests.factories import make_paper

pytestmark = pytest.mark.django_db

BIBTEX = r"""@inproceedings{vaswani, title={Attention Is All You Need}, author={Vaswani, Ashish and Shazeer, Noam},
  booktitle={NeurIPS}, year=2017, eprint={1706.03762}, archiveprefix={arXiv}, annote={Read \emph{twice}.},
  groups={Transformers}}
@book{clrs, title={Introduction to Algorithms, Third Edition}, author={Cormen, Thomas H.}, year={2009}}
@article{broken, title={Never closed
@comment{jabref-meta: grouping:
0 AllEntriesGroup:;
1 StaticGroup:Deep\;0\;1\;\;\;\;;
2 StaticGroup:Transformers\;0\;1\;\;\;\;;
}
"""


def bring(text: str = BIBTEX, name: str = "My library.bib", **options):
    return import_references([(name, text.encode())], **options)


def test_library_becomes_a_list_with_its_collections_as_sections():
    run = bring()

    reading_list = ReadingList.objects.get()
    assert reading_list.title == "My library"
    deep, transformers = reading_list.sections.all()
    assert (deep.heading, transformers.heading, transformers.parent) == ("Deep", "Transformers", deep)
    attention = transformers.entries.get()
    assert (attention.people, attention.year, attention.commentary) == (
        "Ashish Vaswani, Noam Shazeer",
        2017,
        "Read twice.",
    )
    paper = attention.links.get().paper
    assert (paper.title, paper.author_names, paper.venue) == (
        "Attention Is All You Need",
        ["Ashish Vaswani", "Noam Shazeer"],
        "NeurIPS",
    )
    assert paper.field_sources["title"] == "BibTeX file"
    assert paper.identifiers.get().value == "1706.03762"
    assert paper.metadata_fetch.status == MetadataFetch.Status.PENDING
    book = Paper.objects.get(kind="book")
    assert (book.date_text, book.metadata_fetch.status) == ("2009", MetadataFetch.Status.DONE)
    kept = reading_list.entries.get(links=None)
    assert "Never closed" in kept.commentary
    assert [(w.line, w.kept) for w in run.warnings] == [(5, "@article{broken, title={Never closed")]
    assert (run.counts["lists"], run.counts["papers"], run.counts["arxiv"]) == (1, 2, 1)
    assert ImportedDocument.objects.get().source == BIBTEX


def test_same_file_again_changes_nothing():
    bring()
    before = list(Paper.objects.values()), list(ReadingList.objects.get().entries.values())

    run = bring()

    assert (list(Paper.objects.values()), list(ReadingList.objects.get().entries.values())) == before
    assert (+run.added, +run.changed) == ({}, {})


def test_dry_run_writes_nothing_and_says_the_same():
    dry = bring(dry_run=True)

    assert not Paper.objects.exists()
    assert not ReadingList.objects.exists()
    assert dry.counts == bring().counts


def test_changed_file_follows_the_file_but_not_over_what_was_edited():
    bring()
    paper = Paper.objects.get(identifiers__value="1706.03762")
    edit_paper(paper, edited_by=None, venue="NIPS 2017")

    run = bring(BIBTEX.replace("NeurIPS", "ICML").replace("year=2017", "year=2018").replace("twice", "thrice"))

    paper.refresh_from_db()
    assert (paper.venue, paper.date_text) == ("NIPS 2017", "2018")
    assert ReadingList.objects.get().entries.exclude(people="").first().commentary == "Read thrice."
    assert [w.reason for w in run.warnings if w.line == 1] == [
        "its venue changed in the file, but was edited here; left alone"
    ]


def test_file_fills_what_is_empty_and_a_source_is_believed_more():
    known = make_paper(title="Attention is all you need", arxiv="1706.03762", venue="Curran")

    bring()

    known = Paper.objects.get(pk=known.pk)
    assert (known.title, known.venue, known.year) == ("Attention is all you need", "Curran", 2017)
    assert known.author_names == ["Ashish Vaswani", "Noam Shazeer"]
    write_metadata(known, PaperMetadata(source="arXiv", title="Attention", abstract="A network."))
    bring()
    assert Paper.objects.get(pk=known.pk).title == "Attention"


def test_papers_without_a_list():
    run = bring(papers_only=True)

    assert (Paper.objects.count(), ReadingList.objects.count()) == (2, 0)
    assert (run.shape, run.counts["lists"], run.added["paper"]) == ("papers", 0, 2)


def test_title_without_a_name_meets_the_paper_of_that_title():
    known = make_paper(title="Attention is all you need", authors=["Ashish Vaswani"], arxiv="1706.03762")

    bring("@article{a, title={{Attention} Is All You Need}, author={A. Vaswani}, year={2017}}", papers_only=True)

    assert list(Paper.objects.all()) == [known]


def test_title_with_a_name_meets_the_paper_that_had_none():
    bring("@article{a, title={Attention Is All You Need}, author={A. Vaswani}}", name="one.bib", papers_only=True)

    bring("@article{a, title={Attention is all you need}, eprint={1706.03762}}", name="two.bib", papers_only=True)

    assert Paper.objects.get().identifiers.get().value == "1706.03762"


def test_preprint_and_article_are_offered_and_not_merged():
    bring(
        "@article{a, title={Attention Is All You Need}, author={A. Vaswani}, doi={10.5555/3295222}}\n"
        "@article{b, title={Attention Is All You Need}, author={Vaswani, Ashish}, eprint={1706.03762}}"
    )

    assert Paper.objects.count() == 2
    assert PossibleDuplicate.objects.open().count() == 1


def test_one_work_in_many_spellings_is_one_paper():
    spellings = [
        "eprint={1706.03762v3}",
        "url={https://arxiv.org/abs/1706.03762}",
        "url={https://arxiv.org/pdf/1706.03762v5.pdf}",
        "url={https://ar5iv.labs.arxiv.org/html/1706.03762}",
        "journal={arXiv preprint arXiv:1706.03762}",
        "doi={10.48550/arXiv.1706.03762}",
    ]
    bring("\n".join(f"@misc{{k{n}, title={{Attention}}, {spelled}}}" for n, spelled in enumerate(spellings)))

    assert Paper.objects.count() == 1


def test_address_of_a_journal_names_none_of_its_articles():
    bring("@misc{a, title={One}, url={https://j.org/}}\n@misc{b, title={Two}, url={https://j.org/}}", papers_only=True)

    assert sorted(Paper.objects.values_list("title", flat=True)) == ["One", "Two"]


def test_paper_that_was_merged_since_is_met_where_it_is():
    bring(papers_only=True)
    book, kept = Paper.objects.get(kind="book"), make_paper(title="CLRS")
    merge_papers(kept, book, merged_by=None)

    run = bring(papers_only=True)

    assert run.added["paper"] == 0
    assert Paper.objects.filter(pk=kept.pk).exists()


def test_several_files_are_sections_named_after_them(tmp_path):
    (tmp_path / "Deep learning.bib").write_text("@misc{a, title={One work of some length}}")
    (tmp_path / "Theory.ris").write_text("TY  - BOOK\nTI  - Another work of some length\nER  - \n")
    out = StringIO()

    paths = [str(tmp_path / "Deep learning.bib"), str(tmp_path / "Theory.ris")]
    call_command("import_document", *paths, title="Our library", stdout=out)

    reading_list = ReadingList.objects.get()
    assert reading_list.title == "Our library"
    assert [section.heading for section in reading_list.sections.all()] == ["Deep learning", "Theory"]
    assert [entry.section.heading for entry in reading_list.entries.all()] == ["Deep learning", "Theory"]
    assert "2 sections, 2 entries" in out.getvalue()


def test_folders_of_a_zip_file_are_sections_around(alice_client):
    packed = BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("Library/Deep/Attention.bib", "@misc{a, title={One work of some length}}")
        archive.writestr("Library/Theory.json", '[{"id": "b", "type": "book", "title": "Another work of length"}]')
        archive.writestr("Library/package.json", '{"name": "x"}')
    upload = SimpleUploadedFile("My library.zip", packed.getvalue())
    alice_client.post(reverse("sessions:import_create"), {"upload": upload})
    job = ImportJob.objects.get()
    import_task(import_job_id=job.pk)
    alice_client.post(reverse("sessions:import_save", args=[job.pk]))
    import_task(import_job_id=job.pk)

    sections = ReadingList.objects.get(title="My library").sections.all()
    assert [(s.heading, s.parent and s.parent.heading) for s in sections] == [
        ("Theory", None),
        ("Deep", None),
        ("Attention", "Deep"),
    ]


def test_pasted_references_are_previewed_and_brought_in(alice_client):
    page = alice_client.post(reverse("sessions:import_create"), {"text": BIBTEX, "shape": "papers"}, follow=True)
    assert "2 papers" in page.content.decode()
    assert not Paper.objects.exists()

    alice_client.post(reverse("sessions:import_save", args=[ImportJob.objects.get().pk]))

    assert (Paper.objects.count(), ReadingList.objects.count()) == (2, 0)


def test_markdown_cannot_be_only_papers(alice_client, tmp_path):
    page = alice_client.post(reverse("sessions:import_create"), {"text": "# A", "shape": "papers"}, follow=True)
    assert "Only a file of references" in page.content.decode()
    (tmp_path / "a.md").write_text("# A")
    with pytest.raises(CommandError, match="Only a file of references"):
        call_command("import_document", str(tmp_path / "a.md"), papers_only=True)


def test_broken_import_leaves_nothing():
    with pytest.raises(DocumentRefused):
        bring("nothing at all")
    assert not ImportedDocument.objects.exists()


def test_progress_is_told_and_shown(alice_client):
    told = []
    bring(progress=lambda done, total: told.append((done, total)))
    assert told[-1] == (3, 3)

    ImportJob.objects.bulk_create([ImportJob(name="a.bib", file="imports/a.bib", status="running")])
    job = ImportJob.objects.get()
    ProgressTeller(job.progress_key)(12, 12)
    assert progress_of(job.progress_key).percent == 100
    page = alice_client.get(reverse("sessions:import_part", args=[job.pk])).content.decode()
    assert "12 of 12 entries" in page
    assert f'data-refresh-url="/import/{job.pk}/part/"' in page


def test_reading_list_page_shows_a_work_without_an_address(client):
    bring()
    page = client.get(ReadingList.objects.get().get_absolute_url()).content.decode()
    assert Paper.objects.get(kind="book").get_absolute_url() in page
