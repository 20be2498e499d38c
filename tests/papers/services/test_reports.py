import pytest
from django.db import IntegrityError

from papers.models import Report
from papers.services.reports import (
    ReportChangedMeanwhile,
    assign_number,
    mark_work_in_progress,
    publish_report,
    save_report,
    withdraw_to_draft,
)
from tests.factories import make_member, make_report
from tests.racing import race


@pytest.mark.django_db(transaction=True)
def test_a_hundred_at_once_get_a_hundred_numbers():
    reports = [make_report(status="draft").pk for _ in range(100)]

    def publish_some(keys):
        for key in keys:
            publish_report(Report.objects.get(pk=key))

    # As many at the same moment as a database with its usual hundred connections bears beside others.
    race(publish_some, [reports[start::25] for start in range(25)])
    numbers = sorted(Report.objects.values_list("number", flat=True))
    assert numbers == list(range(1, 101))


@pytest.mark.django_db(transaction=True)
def test_of_many_simultaneous_saves_one_wins_and_the_rest_are_told():
    bob = make_member()
    report = save_report(Report(title="Shared"), saved_by=bob)

    def save(number):
        mine = Report.objects.get(pk=report.pk)
        mine.body = f"Text {number}"
        try:
            save_report(mine, saved_by=bob, version=1)
        except ReportChangedMeanwhile:
            return "told"
        return f"Text {number}"

    answers = race(save, range(20))
    winners = [answer for answer in answers if answer != "told"]
    report.refresh_from_db()
    assert len(winners) == 1
    assert (report.body, report.version, report.revisions.count()) == (winners[0], 2, 2)


def test_numbers_count_within_their_kind(db):
    for kind in ("paper", "book", "paper"):
        assign_number(make_report(kind=kind))
    assert list(Report.objects.order_by("kind", "number").values_list("kind", "number")) == [
        ("book", 1),
        ("paper", 1),
        ("paper", 2),
    ]


def test_number_is_given_once(db):
    report = publish_report(make_report(status="draft"))
    withdraw_to_draft(report)
    assert mark_work_in_progress(publish_report(report)).number == 1


def test_articles_are_known_by_their_title(db):
    assert publish_report(make_report(kind="article", status="draft")).number is None


def test_wanted_number_that_is_taken_is_refused(db):
    make_report(number=4)
    with pytest.raises(IntegrityError):
        publish_report(make_report(status="draft"), number=4)


def test_first_publication_sets_day_and_moment_once(db):
    report = publish_report(make_report(status="draft"))
    moment = report.published_at
    withdraw_to_draft(report)
    assert publish_report(report).published_at == moment
    assert report.dated_on is not None


def test_two_reports_with_one_title_have_addresses_of_their_own(bob):
    first, second = (save_report(Report(title="Same"), saved_by=bob) for _ in range(2))
    assert first.get_absolute_url() != second.get_absolute_url()


def test_saving_does_not_undo_a_publication_that_came_in_between(bob):
    mine = save_report(Report(title="Shared"), saved_by=bob)
    publish_report(Report.objects.get(pk=mine.pk))
    mine.body = "Later words"
    save_report(mine, saved_by=bob)
    mine.refresh_from_db()
    assert (mine.status, mine.number, mine.body) == ("published", 1, "Later words")
