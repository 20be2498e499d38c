from datetime import date

from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Report
from papers.services.reports import save_report
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper, make_report, make_topic


def written(member, **fields):
    fields.setdefault("title", "On small models")
    return save_report(Report(**fields), saved_by=member)


def test_published_report_shows_text_paper_and_authors(client, bob):
    paper = make_paper(title="Auto-Encoding Variational Bayes", authors=["D. Kingma", "M. Welling"])
    report = written(
        bob, body="# Why\n\nBecause $x^2$.[^1]\n\n[^1]: A note.", paper=paper, number=3, status="published"
    )
    page = client.get(report.get_absolute_url()).content.decode()
    assert "Paper report 3" in page
    assert "Auto-Encoding Variational Bayes" in page
    assert "D. Kingma, M. Welling" in page
    assert bob.display_name in page
    assert "<msup>" in page
    assert 'class="footnotes"' in page
    assert "css/math.css" in page


def test_page_without_formulas_does_not_load_the_math_font(client, bob):
    report = written(bob, body="Only words.", status="published")
    assert "css/math.css" not in client.get(report.get_absolute_url()).content.decode()


def test_stranger_gets_404_for_draft_report(client, bob):
    report = written(bob)
    assert client.get(report.get_absolute_url()).status_code == 404
    assert signed_in_client(make_member()).get(report.get_absolute_url()).status_code == 404


def test_author_and_organiser_see_a_draft(bob, alice):
    report = written(bob)
    for member in (bob, alice):
        page = signed_in_client(member).get(report.get_absolute_url())
        assert page.status_code == 200
        assert "This is a draft." in page.content.decode()


def test_work_in_progress_is_marked(client, bob):
    report = written(bob, status="wip", body="Half of it.")
    assert "Work in progress." in client.get(report.get_absolute_url()).content.decode()


def test_empty_report_says_so_instead_of_a_blank_page(client, bob):
    report = written(bob, status="published", canonical_url="https://example.org/post")
    page = client.get(report.get_absolute_url()).content.decode()
    assert "The text is not here yet" in page
    assert '<link rel="canonical" href="https://example.org/post">' in page


def test_parts_of_a_book_report_link_each_other(client, bob):
    one = written(bob, kind="book", title="Initialisation", series_title="Theory", part=1, status="published")
    two = written(bob, kind="book", title="Learning", series_title="Theory", part=2, status="published")
    assert two.get_absolute_url() in client.get(one.get_absolute_url()).content.decode()
    assert one.get_absolute_url() in client.get(two.get_absolute_url()).content.decode()


def test_report_links_the_previous_and_next_of_its_kind_but_no_drafts(client, bob):
    reports = [
        make_report(title=f"Number {n}", number=n, status=s)
        for n, s in ((1, "published"), (2, "draft"), (3, "published"), (4, "published"))
    ]
    page = client.get(reports[2].get_absolute_url()).content.decode()
    assert reports[0].get_absolute_url() in page
    assert reports[3].get_absolute_url() in page
    assert reports[1].get_absolute_url() not in page


def test_undated_and_unnumbered_reports_have_pages(client, db):
    make_report(kind="article", dated_on=date(2024, 1, 1))
    for dated_on in (None, date(2024, 1, 1), date(2025, 1, 1)):
        assert client.get(make_report(kind="article", dated_on=dated_on).get_absolute_url()).status_code == 200


def test_long_report_has_a_table_of_contents(client, bob):
    report = written(bob, body="## One\n\na\n\n## Two\n\nb\n\n### Three\n\nc", status="published")
    page = client.get(report.get_absolute_url()).content.decode()
    assert '<a href="#section-two">Two</a>' in page
    assert 'id="section-two"' in page


def test_template_tags_in_a_text_are_neither_run_nor_lost(client, bob):
    report = written(bob, body="{% include 'base.html' %} {{ request.user.email }}", status="published")
    page = client.get(report.get_absolute_url()).content.decode()
    assert "{{ request.user.email }}" in page
    assert "{% include" in page


def test_page_takes_the_same_number_of_queries_whatever_hangs_on_the_report(client, bob):
    def queries(report):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.get(report.get_absolute_url()).status_code == 200
        return len(captured)

    small = written(bob, number=1, status="published", paper=make_paper(authors=["A"]))
    large = written(bob, number=2, status="published", paper=make_paper(authors=[f"A {n}" for n in range(10)]))
    small.topics.add(make_topic())
    for position in range(2, 9):
        large.credits.create(member=make_member(), position=position)
        large.topics.add(make_topic())
    assert queries(small) == queries(large)


def test_wrong_method_on_publish_is_refused(bob):
    report = written(bob)
    assert signed_in_client(bob).get(f"{report.get_absolute_url()}publish/").status_code == 405
