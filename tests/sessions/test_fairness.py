"""Whose turn it is: said in numbers, and never what somebody asked not to be asked."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from sessions.fairness import OpenSlot, Record, by_turn, may_be_asked, points, reasons, suggest

TODAY = date(2026, 3, 2)
LONG_AGO = TODAY - timedelta(weeks=200)


def record(member=1, **known) -> Record:
    return Record(**{"member": member, "joined_on": LONG_AGO, "visits": 5, "recent_sessions": 10, **known})


def slot(pk=1, days=7, **known) -> OpenSlot:
    return OpenSlot(pk=pk, day=TODAY + timedelta(days=days), **known)


@pytest.mark.parametrize(
    ("known", "expected"),
    [
        ({}, 52),
        ({"joined_on": TODAY - timedelta(weeks=8)}, 8),
        ({"last_on": TODAY - timedelta(weeks=20)}, 20),
        ({"last_on": TODAY - timedelta(weeks=20), "times_lately": 1}, 7),
        ({"visits_recently": 9}, 61),
        ({"would_present": 1}, 62),
        ({"would_present": 3}, 62),
        ({"roles": {1: 2, 2: 1}}, 43),
        ({"coming_on": TODAY + timedelta(days=3)}, 26),
    ],
)
def test_points_are_those_of_the_description(known, expected):
    assert points(record(**known), TODAY) == expected


def test_day_that_lies_ahead_counts_as_no_wait():
    assert points(record(last_on=TODAY + timedelta(days=30)), TODAY) == 0


def test_of_equals_the_longest_wait_is_first():
    long, longer = record(1, last_on=TODAY - timedelta(weeks=60)), record(2, last_on=TODAY - timedelta(weeks=90))
    assert [one.member for one in by_turn([long, longer], TODAY)] == [2, 1]


@pytest.mark.parametrize(
    ("known", "place"),
    [
        ({"takes_turns": False}, slot()),
        ({"visits": 1}, slot()),
        ({}, slot(away=frozenset({1}))),
        ({}, slot(busy=frozenset({1}))),
    ],
)
def test_nobody_is_suggested_against_what_they_said(known, place):
    assert not may_be_asked(record(**known), place)
    assert suggest([record(**known)], [place], TODAY) == {}


def test_new_member_is_suggested_after_two_visits_and_a_guest_who_presented_at_once():
    assert may_be_asked(record(visits=2), slot())
    assert may_be_asked(record(visits=0, last_on=LONG_AGO), slot())


def test_soonest_slot_goes_to_whoever_is_due_and_the_next_to_the_next():
    first, second = record(1, visits_recently=8), record(2)
    found = suggest([second, first], [slot(20, days=14), slot(10, days=7)], TODAY)
    assert {pk: one.member for pk, one in found.items()} == {10: 1, 20: 2}


def test_one_member_is_suggested_twice_only_on_different_days():
    alone = [record(1)]
    assert set(suggest(alone, [slot(1, days=7), slot(2, days=7)], TODAY)) == {1}
    assert set(suggest(alone, [slot(1, days=7), slot(2, days=14)], TODAY)) == {1, 2}


def test_reasons_are_plain_words():
    told = record(
        last_on=date(2025, 3, 4), visits_recently=9, would_present=2, roles={7: 1}, coming_on=date(2026, 3, 10)
    )
    assert reasons(told) == (
        "last presented in March 2025",
        "came to 9 of the last 10",
        "would present 2 papers of the queue",
        "played 1 role in the past year",
        "presents on 10 March",
    )
    assert reasons(record(recent_sessions=0)) == ("has not presented yet",)


people = st.builds(
    Record,
    member=st.integers(1, 30),
    joined_on=st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    last_on=st.none() | st.dates(date(2020, 1, 1), date(2026, 6, 1)),
    times_lately=st.integers(0, 5),
    visits=st.integers(0, 9),
    takes_turns=st.booleans(),
)
some = st.frozensets(st.integers(1, 30), max_size=10)
places = st.builds(
    OpenSlot, pk=st.integers(1, 50), day=st.dates(date(2026, 3, 3), date(2026, 3, 9)), away=some, busy=some
)


# A busy machine draws slowly.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(people, max_size=12, unique_by=lambda one: one.member),
    st.lists(places, max_size=8, unique_by=lambda one: one.pk),
)
def test_whatever_the_group_nobody_is_asked_wrongly(records, slots):
    found = suggest(records, slots, TODAY)
    known = {one.member: one for one in records}
    taken = set()
    for place in slots:
        if place.pk in found:
            chosen = found[place.pk].member
            assert may_be_asked(known[chosen], place)
            assert (place.day, chosen) not in taken
            taken.add((place.day, chosen))
