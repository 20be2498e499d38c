from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.clients import signed_in_client
from tests.factories import make_member, make_report


def test_visitor_sees_public_reports_only(client, bob):
    make_report(title="Open one", written_by=bob)
    make_report(title="Hidden one", written_by=bob, status="draft")
    page = client.get("/reports/").content.decode()
    assert "Open one" in page
    assert "Hidden one" not in page
    assert "Hidden one" in signed_in_client(bob).get("/reports/").content.decode()


def test_reports_are_filtered_by_kind(client, db):
    make_report(title="About a book", kind="book")
    make_report(title="About a paper", kind="paper")
    page = client.get("/reports/?kind=book").content.decode()
    assert "About a book" in page
    assert "About a paper" not in page
    assert "About a paper" in client.get("/reports/?kind=nonsense").content.decode()


def test_empty_list_says_what_to_do(client, db):
    assert "Sign in to write one" in client.get("/reports/").content.decode()


def test_any_page_number_is_answered(client, db):
    for page in ("0", "-1", "1000000000", "x", "١"):
        assert client.get("/reports/", {"page": page}).status_code == 200


def test_list_takes_the_same_number_of_queries_for_1_10_and_100_reports(client, db):
    counts = []
    for amount in (1, 9, 90):
        for _ in range(amount):
            make_report(written_by=make_member(), teaser_html="<p>Short</p>")
        with CaptureQueriesContext(connection) as captured:
            assert client.get("/reports/").status_code == 200
        counts.append(len(captured))
    assert counts[0] == counts[1] == counts[2], counts
