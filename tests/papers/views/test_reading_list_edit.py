import pytest
from django.urls import reverse

from papers.models import ReadingList
from papers.services.reading_lists import LinkLine, add_entry, add_section
from tests.factories import make_paper, make_reading_list


def url(name: str, reading_list: ReadingList, *args: object) -> str:
    return reverse(f"papers:reading_list_{name}", args=[reading_list.slug, *args])


@pytest.fixture
def bobs_list(bob):
    return make_reading_list(title="Bob's list", owner=bob)


def test_member_starts_a_list_and_lands_where_entries_are_added(bob_client, bob):
    response = bob_client.post(
        reverse("papers:reading_list_create"),
        {"title": "Where to start", "kind": "reading_list", "intro": "For *new* members.", "is_public": "on"},
    )

    reading_list = ReadingList.objects.get()
    assert response["Location"] == url("edit", reading_list)
    assert (reading_list.owner, reading_list.title, reading_list.is_public) == (bob, "Where to start", True)
    assert "<em>new</em>" in reading_list.intro_html


def test_list_without_title_is_refused_with_a_reason(bob_client):
    response = bob_client.post(reverse("papers:reading_list_create"), {"kind": "backlog"})

    assert response.status_code == 422
    assert "This field is required." in response.content.decode()


def test_taken_number_of_a_collection_is_refused(bob_client, db):
    make_reading_list(kind="collection", number=3)

    response = bob_client.post(
        reverse("papers:reading_list_create"), {"title": "Third again", "kind": "collection", "number": "3"}
    )

    assert response.status_code == 422
    assert ReadingList.objects.count() == 1


def test_visitor_is_asked_to_sign_in(charlie, bobs_list):
    for address in (reverse("papers:reading_list_create"), url("edit", bobs_list)):
        assert reverse("account_login") in charlie.get(address)["Location"]


def test_other_member_may_read_but_not_change(bobs_list, db):
    from tests.clients import signed_in_client
    from tests.factories import make_member

    other = signed_in_client(make_member())

    assert other.get(url("edit", bobs_list)).status_code == 403
    assert other.post(url("entry_add", bobs_list), {"entry-title": "x"}).status_code == 403
    assert not bobs_list.entries.exists()


def test_other_member_may_not_know_of_a_private_list(bobs_list):
    from tests.clients import signed_in_client
    from tests.factories import make_member

    ReadingList.objects.update(is_public=False)

    assert signed_in_client(make_member()).get(url("edit", bobs_list)).status_code == 404


def test_organiser_may_change_any_list(alice_client, bobs_list):
    assert alice_client.get(url("edit", bobs_list)).status_code == 200


def test_keeper_adds_a_section_in_a_section(bob_client, bobs_list):
    outer = add_section(bobs_list, heading="Outer")

    bob_client.post(url("section_add", bobs_list), {"section-heading": "Inner", "section-parent": outer.pk})

    assert list(bobs_list.sections.values_list("heading", "parent__heading")) == [("Outer", None), ("Inner", "Outer")]


def test_section_of_another_list_is_no_parent(bob_client, bobs_list):
    foreign = add_section(make_reading_list(), heading="Elsewhere")

    response = bob_client.post(
        url("section_add", bobs_list), {"section-heading": "Inner", "section-parent": foreign.pk}
    )

    assert response.status_code == 422
    assert not bobs_list.sections.exists()


def test_keeper_adds_an_entry_and_known_papers_are_recognised(bob_client, bobs_list):
    paper = make_paper(arxiv="1706.03762")

    bob_client.post(
        url("entry_add", bobs_list),
        {
            "entry-links": "Attention | https://arxiv.org/pdf/1706.03762v5\n[Code](https://example.org/code)",
            "entry-commentary": "Start **here**.",
            "entry-year": "2017",
        },
    )

    entry = bobs_list.entries.get()
    assert [(link.label, link.paper) for link in entry.links.all()] == [("Attention", paper), ("Code", None)]
    assert "<strong>here</strong>" in entry.commentary_html


def test_line_without_an_address_is_refused_with_the_line(bob_client, bobs_list):
    response = bob_client.post(url("entry_add", bobs_list), {"entry-links": "just words"})

    assert response.status_code == 422
    assert "“just words” names no web address" in response.content.decode()


def test_entry_of_nothing_is_refused(bob_client, bobs_list):
    response = bob_client.post(url("entry_add", bobs_list), {"entry-links": ""})

    assert response.status_code == 422
    assert "An entry needs a link, a title or a few words." in response.content.decode()


def test_editing_an_entry_keeps_its_paper(bob_client, bobs_list):
    paper = make_paper()
    entry = add_entry(bobs_list, links=[LinkLine("https://example.org/p", "P", paper)])
    section = add_section(bobs_list, heading="New home")

    assert "P | https://example.org/p" in bob_client.get(url("entry_edit", bobs_list, entry.pk)).content.decode()
    bob_client.post(
        url("entry_edit", bobs_list, entry.pk),
        {"links": "Better name | https://example.org/p", "section": section.pk, "title": ""},
    )

    entry.refresh_from_db()
    assert entry.section == section
    assert [(link.label, link.paper) for link in entry.links.all()] == [("Better name", paper)]


def test_renamed_section_keeps_its_anchor(bob_client, bobs_list):
    section = add_section(bobs_list, heading="Misc")

    bob_client.post(url("section_edit", bobs_list, section.pk), {"heading": "Everything else", "body": "Odds."})

    section.refresh_from_db()
    assert (section.heading, section.anchor) == ("Everything else", "misc")
    assert "Odds." in section.body_html


def test_entries_move_up_and_down_within_their_section(bob_client, bobs_list):
    section = add_section(bobs_list, heading="A")
    names = ["one", "two", "three"]
    one, two, three = (add_entry(bobs_list, section=section, title=name) for name in names)
    add_entry(bobs_list, title="elsewhere")

    bob_client.post(url("entry_change", bobs_list, three.pk), {"do": "up"})
    bob_client.post(url("entry_change", bobs_list, one.pk), {"do": "up"})
    bob_client.post(url("entry_change", bobs_list, two.pk), {"do": "down"})

    assert list(section.entries.values_list("title", flat=True)) == ["one", "three", "two"]


def test_sections_move_among_their_siblings_only(bob_client, bobs_list):
    first = add_section(bobs_list, heading="First")
    add_section(bobs_list, heading="Inner", parent=first)
    second = add_section(bobs_list, heading="Second")

    bob_client.post(url("section_change", bobs_list, second.pk), {"do": "up"})
    bob_client.post(url("section_change", bobs_list, second.pk), {"do": "up"})

    top = bobs_list.sections.filter(parent=None).order_by("position")
    assert [section.heading for section in top] == ["Second", "First"]


def test_removing_a_section_keeps_what_was_in_it(bob_client, bobs_list):
    outer = add_section(bobs_list, heading="Outer")
    middle = add_section(bobs_list, heading="Middle", parent=outer)
    inner = add_section(bobs_list, heading="Inner", parent=middle)
    entry = add_entry(bobs_list, section=middle, title="Kept")

    bob_client.post(url("section_change", bobs_list, middle.pk), {"do": "remove"})

    entry.refresh_from_db()
    inner.refresh_from_db()
    assert (entry.section, inner.parent) == (outer, outer)


def test_removed_entry_is_gone(bob_client, bobs_list):
    entry = add_entry(bobs_list, title="Mistake")

    bob_client.post(url("entry_change", bobs_list, entry.pk), {"do": "remove"})

    assert not bobs_list.entries.exists()


def test_changes_need_a_post(bob_client, bobs_list):
    entry = add_entry(bobs_list, title="Here")

    assert bob_client.get(url("entry_change", bobs_list, entry.pk)).status_code == 405


def test_turning_math_off_renders_the_entries_anew(bob_client, bobs_list):
    entry = add_entry(bobs_list, commentary="price $x$")
    assert "<math" in entry.commentary_html

    bob_client.post(url("edit", bobs_list), {"title": "Bob's list", "kind": "backlog", "is_public": "on"})

    entry.refresh_from_db()
    assert "$x$" in entry.commentary_html


def test_number_of_queries_on_the_workbench_does_not_grow(bob_client, bobs_list, count_queries):
    counts = []
    for wanted in (1, 10, 100):
        while bobs_list.entries.count() < wanted:
            section = add_section(bobs_list, heading="S")
            add_entry(bobs_list, section=section, links=[LinkLine("https://example.org", "A", make_paper())])
        counts.append(count_queries(lambda: bob_client.get(url("edit", bobs_list))))

    assert len(set(counts)) == 1
