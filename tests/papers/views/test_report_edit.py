import pytest

from papers.models import Report
from papers.services.reports import save_report
from tests.clients import signed_in_client
from tests.factories import make_member, make_paper

WORDS = {"kind": "paper", "title": "On small models", "body": "First $x$.", "teaser": "", "version": ""}


def test_member_writes_a_draft(bob):
    response = signed_in_client(bob).post("/write/report/", WORDS)
    report = Report.objects.get()
    assert response.status_code == 302
    assert response["Location"] == report.get_absolute_url()
    assert (report.status, report.version, report.author_names) == ("draft", 1, [bob.display_name])
    assert "<math" in report.body_html
    assert report.revisions.count() == 1


def test_visitor_is_sent_to_sign_in(client, db):
    assert client.get("/write/report/")["Location"].startswith("/accounts/login/")


def test_report_about_a_paper_starts_with_its_title(bob):
    paper = make_paper(title="Segment Anything")
    page = signed_in_client(bob).get(f"/write/report/?paper={paper.pk}").content.decode()
    assert 'value="Segment Anything"' in page
    signed_in_client(bob).post("/write/report/", {**WORDS, "paper": paper.pk})
    assert Report.objects.get().paper == paper


def test_paper_is_named_by_its_identifier_in_any_spelling(bob):
    known = make_paper(title="Attention Is All You Need", arxiv="1706.03762")
    signed_in_client(bob).post("/write/report/", {**WORDS, "paper_text": "https://arxiv.org/pdf/1706.03762v5"})
    assert Report.objects.get().paper == known


def test_nonsense_in_place_of_a_paper_is_refused_with_a_sentence(bob):
    response = signed_in_client(bob).post("/write/report/", {**WORDS, "paper_text": "that one"})
    assert response.status_code == 422
    assert 'id="id_paper_text_error"' in response.content.decode()


@pytest.mark.parametrize("about", ["x", "-1", "٣", "9" * 30, "0"])
def test_nonsense_in_the_address_starts_an_empty_report(bob, about):
    assert signed_in_client(bob).get("/write/report/", {"paper": about}).status_code == 200


def test_title_is_required_and_words_are_kept(bob):
    response = signed_in_client(bob).post("/write/report/", {**WORDS, "title": "", "body": "Keep me"})
    assert response.status_code == 422
    assert "Keep me" in response.content.decode()
    assert not Report.objects.exists()


def test_text_beyond_the_limit_is_refused_with_the_limit(bob):
    response = signed_in_client(bob).post("/write/report/", {**WORDS, "body": "a " * 100_001})
    assert response.status_code == 422
    assert "200,000 are possible" in response.content.decode()


def test_part_needs_a_series_and_dates_an_order(bob):
    response = signed_in_client(bob).post(
        "/write/report/", {**WORDS, "part": "2", "dated_on": "2024-05-02", "period_ends_on": "2024-05-01"}
    )
    page = response.content.decode()
    assert "A part needs both" in page
    assert "The last day cannot come before the date." in page


def test_stranger_may_not_edit(bob):
    report = save_report(Report(title="Mine", status="published"), saved_by=bob)
    draft = save_report(Report(title="My draft"), saved_by=bob)
    other = signed_in_client(make_member())
    assert other.get(f"{report.get_absolute_url()}edit/").status_code == 403
    assert other.get(f"{draft.get_absolute_url()}edit/").status_code == 404
    assert other.post(f"{report.get_absolute_url()}publish/", {"do": "withdraw"}).status_code == 403


def test_second_writer_gets_both_texts_and_loses_none(bob, alice):
    report = save_report(Report(title="Shared", body="Start"), saved_by=bob)
    edit = f"{report.get_absolute_url()}edit/"
    first = {**WORDS, "title": "Shared", "body": "Bob was here", "version": "1", "authors": [bob.pk]}
    assert signed_in_client(bob).post(edit, first).status_code == 302

    late = {**first, "body": "Alice was here"}
    response = signed_in_client(alice).post(edit, late)
    page = response.content.decode()
    assert response.status_code == 409
    assert "Bob was here" in page
    assert "Alice was here" in page
    assert f"{bob.display_name} saved version 2" in page
    report.refresh_from_db()
    assert report.body == "Bob was here"
    assert report.version == 2

    assert 'name="version" value="2"' in page
    assert signed_in_client(alice).post(edit, {**late, "version": "2"}).status_code == 302
    report.refresh_from_db()
    assert report.body == "Alice was here"
    assert [revision.body for revision in report.revisions.all()] == ["Alice was here", "Bob was here", "Start"]


def test_writer_cannot_lose_their_own_report(bob):
    report = save_report(Report(title="Mine"), saved_by=bob)
    signed_in_client(bob).post(f"{report.get_absolute_url()}edit/", {**WORDS, "version": "1", "authors": []})
    assert report.author_names == [bob.display_name]


def test_publishing_gives_the_next_number_and_withdrawing_keeps_it(bob, client):
    save_report(Report(title="Older", number=7, status="published"), saved_by=bob)
    report = save_report(Report(title="Newer"), saved_by=bob)
    signed_in_client(bob).post(f"{report.get_absolute_url()}publish/", {"do": "publish"})
    assert "Paper report 8" in client.get(report.get_absolute_url()).content.decode()
    signed_in_client(bob).post(f"{report.get_absolute_url()}publish/", {"do": "withdraw"})
    assert client.get(report.get_absolute_url()).status_code == 404
    signed_in_client(bob).post(f"{report.get_absolute_url()}publish/", {"do": "work_in_progress"})
    assert "Paper report 8" in client.get(report.get_absolute_url()).content.decode()


def test_publishing_needs_the_token(bob):
    from django.test import Client

    report = save_report(Report(title="Mine"), saved_by=bob)
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(bob, backend="django.contrib.auth.backends.ModelBackend")
    assert strict.post(f"{report.get_absolute_url()}publish/", {"do": "publish"}).status_code == 403


def test_numbered_report_keeps_its_kind(bob):
    report = save_report(Report(title="Cited", number=3, status="published"), saved_by=bob)
    edit = {**WORDS, "version": "1", "kind": "book"}
    response = signed_in_client(bob).post(f"{report.get_absolute_url()}edit/", edit)
    assert "keeps its kind" in response.content.decode()


def test_second_report_on_one_part_is_refused_with_a_sentence(bob):
    save_report(Report(title="One", kind="book", series_title="Theory", part=1), saved_by=bob)
    book = {**WORDS, "kind": "book", "series_title": "Theory", "part": "1"}
    response = signed_in_client(bob).post("/write/report/", book)
    assert response.status_code == 422
    assert "There is a report on this part already." in response.content.decode()
