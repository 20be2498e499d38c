"""Reports on the organisers' workbench: the same functions as in the editor."""

import pytest
from django.urls import reverse

from papers.models import Report
from tests.factories import make_report

pytestmark = pytest.mark.django_db
LIST = reverse("admin:papers_report_changelist")


def form_of(client, address: str) -> dict[str, str]:
    """What a browser would send back of the admin's form, untouched."""
    page = client.get(address)
    form = page.context["adminform"].form
    data = {name: form[name].value() for name in form.fields}
    for inline in page.context["inline_admin_formsets"]:
        management = inline.formset.management_form
        data |= {management.add_prefix(name): management[name].value() for name in management.fields}
        for row in inline.formset.initial_forms:
            data |= {row.add_prefix(name): row[name].value() for name in row.fields}
    return {name: value for name, value in data.items() if (value and "cover" not in name) or value == 0}


def test_edit_is_one_more_revision_and_rendered(alice, alice_client):
    report = make_report(title="Before", body="Old.", written_by=alice, number=4)
    address = reverse("admin:papers_report_change", args=[report.pk])
    answer = alice_client.post(address, form_of(alice_client, address) | {"title": "After", "body": "New *words*."})
    assert answer.status_code == 302, answer.context["errors"]
    report.refresh_from_db()
    assert (report.title, report.version, report.number) == ("After", 2, 4)
    assert "<em>words</em>" in report.body_html
    assert report.revisions.get().saved_by == alice


def test_reports_are_published_and_numbered_by_action(alice_client):
    draft = make_report(status="draft")
    article = make_report(kind="article")
    alice_client.post(LIST, {"action": "publish", "_selected_action": [draft.pk]})
    alice_client.post(LIST, {"action": "number", "_selected_action": [draft.pk, article.pk]})
    assert list(Report.objects.order_by("pk").values_list("status", "number")) == [("published", 1), ("published", 1)]
