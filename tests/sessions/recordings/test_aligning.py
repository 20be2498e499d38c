"""Guessing which slide was on screen."""

import random

from sessions.recordings.aligning import suggest_cues
from sessions.recordings.transcripts import Line

SLIDES = [
    "Knowledge distillation revisited",
    "Temperature softens probabilities",
    "Optimisation remains difficult",
    "Conclusions and open questions",
]


def said(*lines: str, every: float = 15.0) -> list[Line]:
    return [Line(number * every, (number + 1) * every, text) for number, text in enumerate(lines)]


def test_slides_are_found_in_their_order():
    lines = said(
        "welcome to this talk on distillation of knowledge",
        "a student learns from a teacher",
        "now the temperature is what softens the probabilities",
        "small probabilities count more then",
        "the hard part is optimisation",
        "so in conclusion there are open questions",
    )
    assert suggest_cues(lines, SLIDES) == [(0, 1), (30, 2), (60, 3), (75, 4)]


def test_slide_that_nobody_speaks_of_is_passed_over():
    lines = said("knowledge distillation", "knowledge again", "conclusions and questions that are open", "open")
    assert [slide for _, slide in suggest_cues(lines, SLIDES)] == [1, 4]


def test_mention_of_an_earlier_slide_does_not_lead_back():
    lines = said(
        "distillation", "temperature softens", "optimisation is difficult", "as with temperature", "conclusions"
    )
    numbers = [slide for _, slide in suggest_cues(lines, SLIDES)]
    assert numbers == sorted(numbers)


def test_nothing_in_common_suggests_nothing():
    assert suggest_cues(said("bonjour tout le monde", "il fait beau"), SLIDES) == []
    assert suggest_cues([], SLIDES) == []
    assert suggest_cues(said("distillation"), ["Only one"]) == []


def test_five_hours_and_five_hundred_slides_end():
    dice = random.Random(1)
    vocabulary = [f"word{dice.randrange(3000):04}x" for _ in range(3000)]
    slides = [" ".join(dice.choices(vocabulary, k=60)) for _ in range(500)]
    lines = [Line(4.0 * n, 4.0 * n + 4, " ".join(dice.choices(vocabulary, k=10))) for n in range(4_500)]
    numbers = [slide for _, slide in suggest_cues(lines, slides)]
    assert numbers == sorted(numbers)
