from papers.services.reading_lists import LinkLine, add_entry, add_section
from tests.factories import make_paper, make_reading_list


def page_of(client, reading_list) -> str:
    response = client.get(reading_list.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_entry_shows_its_links_words_and_facts(charlie, db):
    paper = make_paper(title="FNet: Mixing Tokens with Fourier Transforms")
    reading_list = make_reading_list(title="Backlog")
    add_entry(
        reading_list,
        title="FNet",
        links=[
            LinkLine("https://arxiv.org/abs/2105.03824", "The paper", paper),
            LinkLine("https://youtu.be/JJR3pBl78zw"),
        ],
        commentary="- Fourier instead of attention\n  - a nested note\n- Q: does it help pre-training?",
        year=2021,
        people="James Lee-Thorp",
        organisations="Google Research",
    )

    page = page_of(charlie, reading_list)

    assert f'href="{paper.get_absolute_url()}">The paper</a>' in page
    assert 'href="https://youtu.be/JJR3pBl78zw"' in page
    assert "The paper: FNet: Mixing Tokens" in page
    for words in ("FNet", "Google Research", "James Lee-Thorp", "2021", "a nested note", "Q: does it help"):
        assert words in page


def test_sections_nest_as_headings_and_an_empty_one_stays(charlie, db):
    reading_list = make_reading_list()
    theory = add_section(reading_list, heading="Architecture/theory")
    misc = add_section(reading_list, heading="Misc", parent=theory)
    add_section(reading_list, heading="Causal Inference")
    add_entry(reading_list, section=misc, title="NADE")

    page = page_of(charlie, reading_list)

    assert '<h2 id="architecturetheory">Architecture/theory</h2>' in page
    assert '<h3 id="misc">Misc</h3>' in page
    assert '<h2 id="causal-inference">Causal Inference</h2>' in page
    assert page.count("Nothing in this section yet.") == 1
    assert page.index("Misc</h3>") < page.index("NADE") < page.index("Causal Inference</h2>")


def test_same_heading_twice_gets_two_anchors_in_one_list_and_the_same_in_another(charlie, db):
    first, second = make_reading_list(), make_reading_list()
    anchors = [add_section(first, heading="Misc ").anchor, add_section(first, heading="Misc").anchor]

    assert anchors == ["misc", "misc-2"]
    assert add_section(second, heading="Misc").anchor == "misc"
    assert 'id="misc-2"' in page_of(charlie, first)


def test_text_is_safe_and_a_dollar_stays_one_without_math(charlie, db):
    reading_list = make_reading_list(uses_math=False)
    add_entry(reading_list, title="<b>x</b>", commentary="costs $5 or $x$ <script>alert(1)</script>")

    page = page_of(charlie, reading_list)

    assert "$x$" in page
    assert "<script>alert" not in page
    assert "&lt;b&gt;x" in page


def test_stranger_gets_404_for_a_private_list_and_its_keeper_reads_it(charlie, bob_client, alice_client, bob):
    reading_list = make_reading_list(owner=bob, is_public=False)

    assert charlie.get(reading_list.get_absolute_url()).status_code == 404
    assert bob_client.get(reading_list.get_absolute_url()).status_code == 200
    assert alice_client.get(reading_list.get_absolute_url()).status_code == 200


def test_only_those_who_may_edit_are_offered_it(charlie, bob_client, bob):
    reading_list = make_reading_list(owner=bob)

    assert "Edit the list" not in page_of(charlie, reading_list)
    assert "Edit the list" in page_of(bob_client, reading_list)


def test_empty_list_says_what_to_do(charlie, bob_client, bob):
    reading_list = make_reading_list(owner=bob)

    assert "has not added anything" in page_of(charlie, reading_list)
    assert "Add the first entry" in page_of(bob_client, reading_list)


def test_number_of_queries_does_not_grow(charlie, db, count_queries):
    reading_list = make_reading_list()
    parent = None
    counts = []
    for wanted in (1, 10, 100):
        while reading_list.entries.count() < wanted:
            parent = add_section(reading_list, heading="Deeper", parent=parent if wanted < 100 else None)
            links = [LinkLine("https://example.org/a", "A", make_paper()), LinkLine("https://example.org/b", "B")]
            add_entry(reading_list, section=parent, links=links)
        counts.append(count_queries(lambda: page_of(charlie, reading_list)))

    assert len(set(counts)) == 1
