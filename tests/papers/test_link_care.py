"""Links that lead nowhere are noticed, slowly and surely, and mended only by people."""

from datetime import timedelta

import pytest
from django.utils import timezone

from papers.models import LinkCheck
from papers.services.link_checks import collect_links, plan_link_checks
from papers.tasks import check_link
from tests.factories import make_paper, make_presentation, make_reading_list, make_report

pytestmark = pytest.mark.django_db

COPY = "https://web.archive.org/web/20240101000000/http://gone.example/"


@pytest.fixture
def web(httpserver, settings):
    """A web of one host, and the archive's answer; returns the host's address."""
    host = f"127.0.0.1:{httpserver.port}"
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [host]
    settings.SOURCE_SECONDS_PER_REQUEST = 0
    settings.SOURCE_URLS = {**settings.SOURCE_URLS, "wayback": f"http://{host}/wayback/available"}
    snapshot = {"available": True, "url": COPY.replace("https", "http", 1), "timestamp": "20240101000000"}
    httpserver.expect_request("/wayback/available").respond_with_json({"archived_snapshots": {"closest": snapshot}})
    httpserver.expect_request("/gone").respond_with_data("", status=404)
    httpserver.expect_request("/fine").respond_with_data("hello")
    httpserver.expect_request("/huge").respond_with_data("x" * 100_000)
    httpserver.expect_request("/busy").respond_with_data("", status=503)
    httpserver.expect_request("/shut").respond_with_data("", status=403)
    httpserver.expect_request("/old").respond_with_data("", status=301, headers={"Location": "/fine"})
    httpserver.expect_request("/post").respond_with_data("", status=302, headers={"Location": "/"})
    httpserver.expect_request("/").respond_with_data("home")
    return f"http://{host}"


def listed(*urls: str, owner=None, commentary: str = ""):
    kept = make_reading_list(title="Tools", owner=owner)
    entry = kept.entries.create(position=1, title="A tool", commentary=commentary)
    for position, url in enumerate(urls, start=1):
        entry.links.create(position=position, url=url, label=f"link {position}")
    return kept


@pytest.fixture(autouse=True)
def no_waiting(monkeypatch):
    """Hosts are asked once a second; here is one host only."""
    monkeypatch.setattr("readinggroup.fetching.client.wait_for_turn", lambda pace: None)


def look(time_machine, *, days: int = 1) -> None:
    """Let the nightly and hourly tasks run on so many days."""
    for _ in range(days):
        collect_links()
        plan_link_checks()
        for check in LinkCheck.objects.filter(status="pending"):
            check_link(link_check_id=check.pk)
        time_machine.shift(timedelta(days=1, minutes=5))


@pytest.fixture
def clock(time_machine):
    time_machine.move_to("2026-03-02 09:00", tick=False)
    return time_machine


def health() -> dict[str, str]:
    return {check.url.rpartition("/")[2]: check.health for check in LinkCheck.objects.all()}


def test_links_are_sorted_by_what_became_of_them(web, clock):
    names = ("gone", "fine", "huge", "busy", "shut", "old", "post")
    listed(*(f"{web}/{name}" for name in names))
    look(clock)
    assert health() == {
        "gone": "unknown",
        "fine": "fine",
        "huge": "fine",
        "busy": "unsure",
        "shut": "unsure",
        "old": "moved",
        "post": "moved",
    }
    assert "home page" in LinkCheck.objects.get(url=f"{web}/post").reason
    assert LinkCheck.objects.get(url=f"{web}/old").moved_to == f"{web}/fine"


def test_link_is_gone_after_three_days_and_an_archived_copy_is_found(web, clock):
    listed(f"{web}/gone")
    look(clock, days=2)
    assert health() == {"gone": "unknown"}
    look(clock)
    check = LinkCheck.objects.get()
    assert (check.health, check.reason, check.archived_url) == ("gone", "The host answers 404.", COPY)


def test_many_looks_on_one_day_count_once(web, clock):
    listed(f"{web}/gone")
    look(clock)
    for _ in range(5):
        LinkCheck.objects.update(status="pending", due_at=timezone.now(), failed_on=timezone.localdate())
        check_link(link_check_id=LinkCheck.objects.get().pk)
    assert LinkCheck.objects.get().failures == 1


def test_each_link_is_asked_about_once_a_month(web, clock, httpserver):
    listed(f"{web}/fine")
    look(clock, days=20)
    assert len(httpserver.log) == 1
    look(clock, days=15)
    assert len(httpserver.log) == 2


def test_papers_are_left_to_their_sources_and_vanished_links_forgotten(web, clock):
    kept = listed("https://arxiv.org/abs/1706.03762", f"{web}/fine", "http://localhost:8000/papers/1/")
    look(clock)
    assert health() == {"fine": "fine"}
    kept.delete()
    collect_links()
    assert not LinkCheck.objects.exists()


def test_planning_twice_asks_once(web):
    listed(f"{web}/fine")
    collect_links()
    assert (plan_link_checks(), plan_link_checks()) == (1, 0)


def test_links_are_found_wherever_they_stand(web, clock):
    listed(commentary=f"See [this]({web}/gone?in=list).")
    make_report(body=f"See <{web}/gone?in=report>.", code_url=f"{web}/gone?in=code")
    make_presentation(summary=f"See {web}/gone?in=summary.", slides_url=f"{web}/gone?in=slides")
    make_paper().links.create(kind="code", url=f"{web}/gone?in=repository")
    collect_links()
    found = {check.url.rpartition("=")[2] for check in LinkCheck.objects.all()}
    assert found == {"list", "report", "code", "summary", "slides", "repository"}


@pytest.fixture
def gone(web, clock, bob):
    """A link of Bob's list that is gone, in its commentary as well, and another that begins like it."""
    kept = listed(f"{web}/gone", owner=bob, commentary=f"See [it]({web}/gone), not {web}/gone/away.")
    report = make_report(title="On tools", body=f"As {web}/gone says.")
    look(clock, days=3)
    return kept, report, LinkCheck.objects.get(url=f"{web}/gone")


def test_organiser_puts_the_archived_copy_everywhere(gone, web, alice_client):
    kept, report, check = gone
    page = alice_client.get("/links/care/").content.decode()
    assert "Use the archived copy" in page
    assert "On tools" in page
    answer = alice_client.post(f"/links/care/{check.pk}/", {"do": "archived"}, follow=True)
    assert "Replaced in 2 places." in answer.content.decode()
    entry = kept.entries.get()
    assert entry.links.get().url == COPY
    assert entry.commentary == f"See [it]({COPY}), not {web}/gone/away."
    report.refresh_from_db()
    assert report.body == f"As {COPY} says."
    assert report.revisions.count() == 1
    assert not LinkCheck.objects.filter(pk=check.pk).exists()


def test_keeper_mends_only_what_is_theirs(gone, web, bob_client):
    kept, report, check = gone
    assert "Use the archived copy" in bob_client.get("/links/care/").content.decode()
    bob_client.post(f"/links/care/{check.pk}/", {"do": "archived"})
    report.refresh_from_db()
    assert kept.entries.get().links.get().url == COPY
    assert f"{web}/gone" in report.body
    assert LinkCheck.objects.filter(pk=check.pk).exists()


def test_other_members_neither_see_nor_mend_it(gone, charlie, web):
    from tests.clients import signed_in_client
    from tests.factories import make_member

    client = signed_in_client(make_member())
    assert "Nothing in your lists" in client.get("/links/care/").content.decode()
    assert client.post(f"/links/care/{gone[2].pk}/", {"do": "archived"}).status_code == 404


def test_link_that_somebody_wants_left_is_left(gone, alice_client):
    alice_client.post(f"/links/care/{gone[2].pk}/", {"do": "leave"})
    assert "Every link leads somewhere" in alice_client.get("/links/care/").content.decode()
    assert "/gone" in gone[0].entries.get().links.get().url


def test_link_that_works_again_is_fine(gone, alice_client, httpserver):
    httpserver.clear_all_handlers()
    httpserver.expect_request("/gone").respond_with_data("back")
    alice_client.post(f"/links/care/{gone[2].pk}/", {"do": "again"})
    check_link(link_check_id=gone[2].pk)
    assert LinkCheck.objects.get(pk=gone[2].pk).health == "fine"


def test_readers_see_that_a_link_is_gone_and_where_its_copy_is(gone, client):
    page = client.get(gone[0].get_absolute_url()).content.decode()
    assert "(gone:" in page
    assert f'href="{COPY}"' in page


@pytest.mark.parametrize("answer", ["", "[]", '{"archived_snapshots": {}}', '{"archived_snapshots": {"closest": 3}}'])
def test_archive_that_knows_nothing_leaves_the_offer_out(httpserver, settings, clock, alice_client, answer):
    host = f"127.0.0.1:{httpserver.port}"
    settings.FETCH_ALLOWED_PRIVATE_HOSTS = [host]
    settings.SOURCE_URLS = {**settings.SOURCE_URLS, "wayback": f"http://{host}/wayback/available"}
    httpserver.expect_request("/wayback/available").respond_with_data(answer)
    httpserver.expect_request("/gone").respond_with_data("", status=410)
    listed(f"http://{host}/gone")
    look(clock, days=3)
    assert LinkCheck.objects.get().archived_url == ""
    assert "Use the archived copy" not in alice_client.get("/links/care/").content.decode()


def test_queries_do_not_grow_with_the_links(gone, alice_client, count_queries, web):
    few = count_queries(lambda: alice_client.get("/links/care/"))
    for number in range(10):
        listed(f"{web}/gone?{number}")
        LinkCheck.objects.create(key=str(number), url=f"{web}/gone?{number}", health="gone", status="done")
    assert count_queries(lambda: alice_client.get("/links/care/")) == few
