"""Lists of papers as people keep them: venues before and behind titles, pointing links, contents lists, no links."""

from papers.documents.document import Shape
from papers.documents.reading import read_document


def entries(text):
    return read_document(f"# Papers we read\n\n{text}", shape=Shape.READING_LIST).entries


def test_venue_before_a_title_is_told_apart():
    first, second, third = entries(
        "- arXiv 2023.10, **CALC**: Engines for the rest of us, [arXiv](https://arxiv.org/abs/2310.00001) / "
        "[Github](https://github.com/a/b)\n"
        "- CoRL 2023 oral, On **looms**, [OpenReview](https://openreview.net/forum?id=abc)\n"
        "- Since 2019, looms are counted in [a census](https://example.org/census)\n"
    )
    assert (first.title, first.year) == ("CALC: Engines for the rest of us", 2023)
    assert first.commentary.startswith("arXiv 2023.10")
    assert (second.title, second.commentary) == ("On looms", "CoRL 2023 oral")
    assert third.title == "Since 2019, looms are counted in a census"


def test_venue_behind_a_title_is_told_apart():
    first, second, third, fourth = entries(
        "- Looms converge. In *COLT 2016*. [[pdf](https://proceedings.mlr.press/v49/lee16.pdf)]\n"
        "- Do looms forget? In *ICML 2018*. [[pdf](https://arxiv.org/pdf/1710.11029.pdf)]\n"
        "- [Looms for everybody - CVPR - 2017](https://arxiv.org/abs/1703.02719)\n"
        "- Engines and their keepers (SIGMOD 2021) [Source code](https://github.com/a/b)\n"
    )
    assert (first.title, first.year, first.commentary) == ("Looms converge", 2016, "COLT 2016")
    assert (second.title, second.year) == ("Do looms forget?", 2018)
    assert (third.title, third.year, third.commentary) == ("Looms for everybody", 2017, "CVPR")
    assert (fourth.title, fourth.year, fourth.commentary) == ("Engines and their keepers", 2021, "SIGMOD 2021")


def test_paper_is_what_an_entry_is_about_though_its_notes_come_first():
    (entry,) = entries("* Looms [ [note](notes/looms.md) ] [ [paper](https://arxiv.org/abs/1801.03924v1) ]\n")
    assert [link.href for link in entry.links if link.is_main] == [
        "notes/looms.md",
        "https://arxiv.org/abs/1801.03924v1",
    ]


def test_words_before_a_link_are_one_sentence_with_it():
    (entry,) = entries("* Papers with existing [engines](https://example.org/engines) and looms\n")
    assert (entry.title, entry.commentary) == ("Papers with existing engines", "and looms")


def test_heading_above_many_labelled_lines_is_a_section():
    text = "# Recent\n\n" + "".join(
        f"- arXiv 2023.1{n}, **ENG{n}**: A title, [arXiv](https://arxiv.org/abs/2310.0000{n})\n" for n in range(4)
    )
    document = read_document(f"# Ours\n\nSome words.\n\n{text}")
    assert [section.heading for section in document.sections] == ["Recent"]
    assert len(document.entries) == 4


def test_list_of_papers_without_links_is_a_reading_list():
    text = "# Paper list: engines\n\nAll about engines.\n\n## Looms\n\n" + "".join(
        f"* How a loom counts to {n} (VLDB 20{n + 10})\n" for n in range(6)
    )
    document = read_document(text)
    assert (document.shape, len(document.entries)) == (Shape.READING_LIST, 6)
    assert (document.entries[0].title, document.entries[0].year) == ("How a loom counts to 0", 2010)


def test_dated_remarks_in_an_article_make_no_list():
    text = (
        "# On engines\n\n" + "They were many, and most of them were slow. " * 12 + "\n\n" + "- Fast (Berlin 1940)\n" * 5
    )
    assert read_document(text).shape == Shape.ARTICLE


def test_links_in_a_title_stay():
    document = read_document("# Papers of [Ada](https://ada.example/)\n\n- [a](https://a.org)\n- [b](https://b.org)\n")
    assert "[Ada](https://ada.example/)" in document.introduction


def test_contents_list_keeps_what_leads_elsewhere():
    text = (
        "# Engines\n\n## Contents\n\n- [Looms](#looms)\n- [Cards](#cards)\n- [Board](https://example.org/board)\n\n"
        "## Looms\n\n- [a](https://a.org)\n\n## Cards\n\n- [b](https://b.org)\n"
    )
    document = read_document(text)
    assert [entry.title for entry in document.entries] == ["a", "b"]
    assert "https://example.org/board" in document.introduction
    assert [warning.line for warning in document.warnings] == [7]


def test_contents_list_of_other_pages_holds_entries():
    text = "# Notes\n\n## Contents\n\n- [On looms](notes/looms.md)\n- [On cards](notes/cards.md)\n"
    assert [entry.title for entry in read_document(text).entries] == ["On looms", "On cards"]


def test_one_long_heading_makes_no_backlog():
    text = "# Notes\n\n- [a](https://a.org)\n- [b](https://b.org)\n\n## Where I find papers to read\n\n- [c](https://c.org)\n"
    assert read_document(text).shape == Shape.READING_LIST
    assert read_document(text.replace("Where I find papers to read", "To read")).shape == Shape.BACKLOG


def test_first_part_of_many_is_no_title():
    text = "# Overview\n\nWhat this is.\n\n# Papers\n\n- [a](https://a.org)\n- [b](https://b.org)\n"
    document = read_document(text, name="engines.md")
    assert (document.title, [section.heading for section in document.sections]) == ("engines", ["Overview", "Papers"])


def test_blank_before_an_address_is_mended_in_items_too():
    (entry,) = entries(
        "   - [Looms - CVPR - 2017] (https://arxiv.org/abs/1703.02719) [[code](https://github.com/a/b)]\n"
    )
    assert (entry.title, entry.links[0].text) == ("Looms", "Looms - CVPR - 2017")


NEWSLETTER = (
    "Looms Are Many — 2016.01.13 edition\n====\n\n*Looms and cards.*\n\n"
    "__Looms of the North.__ A [census](https://example.org/census) counts them. [h/t [Ada](https://ada.example)]\n\n"
    "__Cards.__ Who punches them? [A map](https://example.org/map) answers.\n\n"
    "__Wages, weekly__: [tables](https://example.org/wages) and [charts](https://example.org/charts).\n\n"
    "*Write to <ada@example.org>.*\n"
)


def test_named_paragraphs_of_an_edition_are_its_entries():
    document = read_document(NEWSLETTER, name="2016-01-13.md")
    assert (document.shape, str(document.day)) == (Shape.COLLECTION, "2016-01-13")
    assert [entry.title for entry in document.entries] == ["Looms of the North", "Cards", "Wages, weekly"]
    first = document.entries[0]
    assert [(link.href, link.is_main) for link in first.links] == [
        ("https://example.org/census", True),
        ("https://ada.example", False),
    ]
    assert first.commentary.startswith("A [census]")
    assert "ada@example.org" in document.entries[-1].commentary + document.introduction + document.outro


def test_named_paragraphs_of_an_article_stay_its_text():
    assert read_document(NEWSLETTER.replace("edition", "and more")).shape == Shape.ARTICLE


def test_contents_that_name_videos_make_no_presentation():
    names = ("Tools", "Talks", "Videos")
    contents = "".join(f"- [{name}](#{name.lower()})\n" for name in names)
    sections = "".join(
        f"## {name}\n\n" + "".join(f"- [Loom {n}](https://youtu.be/{name}{n}) - Of use.\n" for n in range(4))
        for name in names
    )
    document = read_document(f"# Awesome looms\n\n## Table of Contents\n\n{contents}\n{sections}")
    assert document.shape == Shape.READING_LIST
    assert len(document.entries) == 12
    assert document.presentations == []


def test_year_behind_a_title_is_known_with_people_beside_it():
    years = [
        entry.year
        for entry in entries(
            "- [Engines](https://arxiv.org/abs/2001.00001) (2014, Lovelace & Babbage)\n"
            "- [Looms](https://arxiv.org/abs/2001.00002) (Jacquard et al., 2015)\n"
            "- [Threads](https://arxiv.org/abs/2001.00003), 2016, Analytical Engines\n"
            "- [Cards](https://arxiv.org/abs/2001.00004) 2000 of them\n"
        )
    ]
    assert years == [2014, 2015, 2016, None]


def test_links_to_talk_about_something_are_no_part_of_its_title():
    text = (
        "# Reading list\n\n## Papers\n\n"
        "[Looms that learn](https://host.edu/looms.pdf) [Reddit](https://www.reddit.com/r/looms/1)\n\n"
        "[Clocks](https://host.edu/clocks.pdf)\n\n> They strike.\n\n[tweet](https://twitter.com/ada/status/1)\n\n"
        "[Forms of the spring](https://host.edu/springs.pdf) [How does sand fall?](https://host.edu/sand) "
        "[And why at all?](https://host.edu/why)\n"
    )
    document = read_document(text)
    assert [entry.title for entry in document.entries] == ["Looms that learn", "Clocks", "Forms of the spring"]
    assert [len(entry.links) for entry in document.entries] == [2, 2, 3]
    assert "[tweet]" in document.entries[1].commentary


def test_label_that_tells_whose_work_it_is_gives_no_title():
    text = (
        "# Reading list\n\n## Papers\n\n"
        "- Bells of all towns [Lovelace et al., 1943](https://host.edu/bells.pdf)\n"
        "- Sand and its fall [Babbage & Jacquard (1940)](https://host.edu/sand.pdf)\n"
    )
    assert [(entry.title, entry.people, entry.year) for entry in read_document(text).entries] == [
        ("Bells of all towns", "Lovelace et al", 1943),
        ("Sand and its fall", "Babbage & Jacquard", 1940),
    ]


def test_heading_that_is_an_entry_leaves_the_section_of_its_level():
    text = (
        "---\ntitle: Weekly links 2\n---\n\n## This week\n\n#### [Looms](https://host.edu/looms)\n\nThey weave.\n\n"
        "#### A series on clocks\n\n- [Dials](https://host.edu/dials)\n- [Hands](https://host.edu/hands)\n\n"
        "#### [Springs](https://host.edu/springs)\n\nThey jump.\n\n#### [Sand](https://host.edu/sand)\n\nIt falls.\n"
    )
    document = read_document(text)
    names = [document.sections[entry.section].heading for entry in document.entries if entry.section is not None]
    assert names == ["This week", "A series on clocks", "A series on clocks", "This week", "This week"]


def test_first_of_several_kinds_is_no_title():
    text = "# Slides\n\n* [Looms](https://host.edu/looms)\n\n# Papers\n\n* [Clocks](https://host.edu/clocks)\n"
    document = read_document(text, name="machines.md")
    assert (document.title, [section.heading for section in document.sections]) == ("machines", ["Slides", "Papers"])


def test_angle_brackets_around_titles_are_no_part_of_them():
    text = (
        "# Papers on weaving\n\n"
        "* <[Looms that learn](https://arxiv.org/abs/1706.03762)> by Ada Lovelace, 2019.\n"
        "* **[LOOM, WARP]** <[Warps without wefts](https://arxiv.org/abs/1810.04805)>by Charles Babbage, 2018.\n"
        "* [KNOT] <A study of knots and their undoing> by Grace Hopper, 1984.\n"
    )
    first, second, third = read_document(text).entries
    assert (first.title, first.commentary) == ("Looms that learn", "by Ada Lovelace, 2019.")
    assert (second.title, second.commentary) == ("Warps without wefts", "**[LOOM, WARP]** by Charles Babbage, 2018.")
    assert third.title == "[KNOT] <A study of knots and their undoing> by Grace Hopper, 1984."


def test_address_in_angle_brackets_may_hold_blanks():
    document = read_document("# Notes\n\n**Read:** a paper [[PDF]](<Lovelace (1843) - On engines et al.pdf>)\n")
    assert [link.href for link in document.links] == ["Lovelace%20%281843%29%20-%20On%20engines%20et%20al.pdf"]
    assert document.warnings == []


def test_year_in_a_tag_before_a_title_is_that_of_the_paper():
    text = "# Papers\n\n- [LOOM'2019] [Looms that learn](https://arxiv.org/abs/1706.03762)\n- [Knots](https://a.org)\n"
    first = read_document(text).entries[0]
    assert (first.title, first.year, first.commentary) == ("Looms that learn", 2019, "[LOOM'2019]")


def test_title_right_above_its_address_is_that_of_the_entry():
    text = (
        "# Group\n\n## Papers in consideration\n\n"
        "Looms that learn\n- https://arxiv.org/abs/1706.03762\n- Abstract:\nCloth is hard\nto weave.\n\n"
        "Knots (KNOT)\n- https://a.org/knots.pdf\n- Abstract\nThey hold.\n- as long as nobody pulls\n"
    )
    document = read_document(text)
    assert [(entry.title, [link.href for link in entry.links]) for entry in document.entries] == [
        ("Looms that learn", ["https://arxiv.org/abs/1706.03762"]),
        ("Knots (KNOT)", ["https://a.org/knots.pdf"]),
    ]
    assert document.entries[0].commentary == "- Abstract:\nCloth is hard\nto weave."
    assert "as long as nobody pulls" in document.entries[1].commentary


def test_words_above_a_list_of_addresses_are_no_entry():
    text = (
        "# Links\n\nOn looms\n- https://a.org/1\n- https://a.org/2\n\nOn knots\n- https://a.org/3\n- https://a.org/4\n"
    )
    assert len(read_document(text).entries) == 4
