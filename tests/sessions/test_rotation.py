"""The rotation of roles: the most even plan, and how even that is."""

from collections import Counter

from hypothesis import given, settings
from hypothesis import strategies as st

from sessions.rotation.planning import Task, assign_roles, table_is_reached

sizes = st.integers(min_value=1, max_value=9)


def make_task(members: int, roles: int, sessions: int, **fields) -> Task:
    return Task({100 + one: list(range(10, 10 + roles)) for one in range(sessions)}, range(1, members + 1), **fields)


def spread(numbers) -> int:
    numbers = list(numbers)
    return max(numbers) - min(numbers)


def check_rules(task: Task, plan) -> None:
    """One role per member in a session, nobody where they are absent, no place filled that is not free."""
    taken = [(session, member) for (session, _), member in plan.items()]
    assert len(set(taken)) == len(taken)
    assert not set(taken) & set(task.absent)
    assert all(role in task.free[session] for session, role in plan)
    assert len(plan) == sum(task.places(session) for session in task.free)


@given(members=sizes, roles=sizes, sessions=st.integers(min_value=1, max_value=14))
@settings(max_examples=150, deadline=None)
def test_when_nobody_is_absent_all_counts_differ_by_one_at_most(members, roles, sessions):
    task = make_task(members, roles, sessions)
    plan = assign_roles(task)
    check_rules(task, plan)
    assert len(plan) == sessions * min(members, roles)
    times = Counter((member, role) for (_, role), member in plan.items())
    assert spread(times[member, role] for member in task.members for role in task.roles) <= 1
    assert spread(sum(times[member, role] for role in task.roles) for member in task.members) <= 1
    assert spread(sum(times[member, role] for member in task.members) for role in task.roles) <= 1
    assert table_is_reached(task, plan)


@st.composite
def messy_tasks(draw) -> Task:
    """Roles that differ between sessions, people who are away, and a past."""
    members = range(1, draw(sizes) + 1)
    roles = range(10, 10 + draw(sizes))
    free = {100 + one: draw(st.lists(st.sampled_from(roles), unique=True)) for one in range(draw(st.integers(1, 6)))}
    absent = draw(st.sets(st.tuples(st.sampled_from(list(free)), st.sampled_from(members)), max_size=20))
    pairs = st.tuples(st.sampled_from(members), st.sampled_from(roles))
    played = draw(st.dictionaries(pairs, st.integers(1, 3), max_size=12))
    return Task(free, members, absent=absent, played=played)


@given(messy_tasks())
@settings(max_examples=150, deadline=None)
def test_absent_people_get_no_role_and_no_place_stays_free_that_somebody_could_fill(task):
    check_rules(task, assign_roles(task))


@given(messy_tasks())
@settings(max_examples=60, deadline=None)
def test_same_question_has_the_same_answer(task):
    assert assign_roles(task) == assign_roles(task)


def test_what_was_played_before_counts():
    task = make_task(3, 3, 2, played={(1, 10): 1, (2, 11): 1, (3, 12): 1})
    times = Counter(task.played) + Counter((member, role) for (_, role), member in assign_roles(task).items())
    assert set(times.values()) == {1}
    assert len(times) == 9


def test_who_played_less_comes_first():
    task = make_task(4, 2, 1, played={(1, 10): 1, (2, 11): 1})
    assert sorted(assign_roles(task).values()) == [3, 4]


def test_other_load_counts_like_a_role():
    task = make_task(3, 2, 1, load={2: 1})
    assert sorted(assign_roles(task).values()) == [1, 3]


def test_second_term_makes_good_for_the_first():
    task = make_task(5, 3, 4)
    first = Counter((member, role) for (_, role), member in assign_roles(task).items())
    second = make_task(5, 3, 1, played=first)
    times = first + Counter((member, role) for (_, role), member in assign_roles(second).items())
    assert set(times.values()) == {1}
    assert len(times) == 15


def test_without_people_or_sessions_there_is_nothing_to_plan():
    assert assign_roles(make_task(0, 3, 2)) == {}
    assert assign_roles(make_task(3, 3, 0)) == {}
    assert assign_roles(make_task(3, 0, 2)) == {}
