"""Questions noted in texts: which lines are, and which only look like it."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from readinggroup.markdown import find_questions
from readinggroup.markdown.questions import MOST_QUESTIONS


def texts(markdown: str) -> list[str]:
    return [question.text for question in find_questions(markdown)]


@pytest.mark.parametrize(
    ("markdown", "found"),
    [
        ("Q: why?", "why?"),
        ("q: why?", "why?"),
        ("- Q: why?", "why?"),
        ("1. Q: why?", "why?"),
        ("- [ ] Q: why?", "why?"),
        ("> Q: why?", "why?"),
        ("> said\n>\n> > - Q: why?", "why?"),
        ("Q. why?", "why?"),
        ("Q3: why?", "why?"),
        ("Question: why?", "why?"),
        ("Frage: warum?", "warum?"),
        ("**Q:** why?", "why?"),
        ("**Q**: why?", "why?"),
        ("*Q:* why?", "why?"),
        ("__Question:__ why?", "why?"),
        ("**Q: why?**", "why?"),
        ("Q: why does\n   it work?", "why does\nit work?"),
        ("- Q: why does\n  it work?\n- not this", "why does\nit work?"),
        ("Q: why?\n\nNot this.", "why?"),
        ("Q:\nwhy?", "why?"),
        ("What we saw.\nQ: why?", "why?"),
        ("Q: is $a_b * c_d$ a [bound](https://example.org)?", "is $a_b * c_d$ a [bound](https://example.org)?"),
        ("Text.[^1]\n\n[^1]: Q: why?", "why?"),
    ],
)
def test_question_is_found(markdown, found):
    assert texts(markdown) == [found]


@pytest.mark.parametrize(
    "markdown",
    [
        "",
        "Why?",
        "FAQ: why?",
        "Q&A: why?",
        "Q. Le and T. Mikolov, 2014",
        "The question: why?",
        "Q:",
        "Q:why",
        "```\nQ: why?\n```",
        "    Q: why?",
        "`Q: why?`",
        "# Q: why?",
        "| Q: a |\n|---|\n| Q: b |",
        "A: because",
        "Q: why? " + "[" * 6000,
        ">" * 90 + " Q: why?",
    ],
)
def test_what_only_looks_like_one_is_not(markdown):
    assert texts(markdown) == []


def test_answer_below_a_question_belongs_to_it():
    for markdown in ("Q: why?\nA: because\nit must", "- Q: why?\n  - **A:** because\n    it must"):
        (question,) = find_questions(markdown)
        assert (question.text, question.answer) == ("why?", "because\nit must")
    (question,) = find_questions("Q: why?\n\nSomething else.\n\nA: to another one")
    assert question.answer == ""


def test_speaker_is_told_apart_from_the_words():
    (question,) = find_questions(r"**Bob \*the\* reader:** Q: why?")
    assert (question.speaker, question.text) == ("Bob *the* reader", "why?")


def test_each_of_several_is_found_in_order():
    assert texts("Q: a\nQ: b\n\n- Q: c\n  - Q: d") == ["a", "b", "c", "d"]


def test_there_is_an_end():
    assert len(find_questions("\n\n".join(f"Q: {number}?" for number in range(1000)))) == MOST_QUESTIONS


markdown_like = st.text(alphabet=st.sampled_from("Q:A.? \n*_>-#`~[]()$|\\ab1\t\x00é"), max_size=200)


@settings(max_examples=300, deadline=None)
@given(markdown_like)
def test_no_text_breaks_it(markdown):
    for question in find_questions(markdown):
        assert question.text.strip()


words = st.lists(st.text(alphabet="abcdefgh", min_size=1, max_size=8), min_size=1, max_size=6).map(" ".join)


@settings(max_examples=100, deadline=None)
@given(st.lists(st.tuples(st.booleans(), words), max_size=8), st.sampled_from(["Q: {}?", "- Q: {}?", "> **Q:** {}?"]))
def test_all_questions_of_a_text_and_nothing_else_are_found(paragraphs, shape):
    markdown = "\n\n".join(shape.format(text) if is_question else f"z {text}" for is_question, text in paragraphs)
    assert texts(markdown) == [f"{text}?" for is_question, text in paragraphs if is_question]
