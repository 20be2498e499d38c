"""Who plays which role in the sessions of a term, as equally as can be.

The plan is made in two steps. First it is decided *how often* everybody plays each role: a flow of least cost, where
each further time costs more than the one before, so that the cheapest flow is the most even table. Then the table is
dealt out to the sessions: in each, a matching of members and roles that covers everybody, and every role, of whom
there is as much left as there are sessions left. In a bipartite graph such a matching always exists (König), so when
nobody is absent and nothing is fixed beforehand, the even table is reached: counts per member and role, and counts per
member, differ by one at most. Where people are absent, sessions are afterwards solved anew one by one, each against
all the others, until none gets more even.

Nothing here knows of the database: members, roles and sessions are numbers, such as their primary keys.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import networkx as nx  # type: ignore[import-untyped]

Key = int
Place = tuple[Key, Key]
#: How often each (member, role).
Table = Counter[tuple[Key, Key]]

#: What unevenness costs: in how often a member plays a role, how often a member plays, how often a role is played.
VARIETY, LOAD, FILLING = 4, 2, 1
#: Staying with the table is worth more than any evenness within one session, covering the urgent more than that.
OUTSIDE_TABLE, URGENT = 10**6, 10**9
MOST_ROUNDS = 6


@dataclass(frozen=True)
class Task:
    """What is to be planned.

    `free` holds, for each session in order, its roles that nobody plays yet. `absent` are pairs of session and member:
    cannot come, or does something else there. `played` counts what members played before, as (member, role), with what
    they play already in these sessions; `load` counts further things that members do, such as talks.
    """

    free: Mapping[Key, Collection[Key]]
    members: Sequence[Key]
    absent: Collection[tuple[Key, Key]] = frozenset()
    played: Mapping[tuple[Key, Key], int] = field(default_factory=dict)
    load: Mapping[Key, int] = field(default_factory=dict)

    @property
    def roles(self) -> list[Key]:
        return list(dict.fromkeys(role for roles in self.free.values() for role in roles))

    def here(self, session: Key) -> list[Key]:
        return [member for member in self.members if (session, member) not in self.absent]

    def places(self, session: Key) -> int:
        """How many roles of a session can be filled."""
        return min(len(self.free[session]), len(self.here(session)))


class _Counts:
    """How often what is played, the past included."""

    def __init__(self, task: Task) -> None:
        self.pairs = Counter(task.played)
        self.members = Counter(task.load)
        self.roles: Counter[Key] = Counter()
        for (member, role), times in task.played.items():
            self.members[member] += times
            self.roles[role] += times

    def add(self, pairs: Iterable[tuple[Key, Key]], by: int = 1) -> None:
        for member, role in pairs:
            self.pairs[member, role] += by
            self.members[member] += by
            self.roles[role] += by

    def price(self, member: Key, role: Key) -> int:
        """What one more time costs."""
        return (
            VARIETY * (2 * self.pairs[member, role] + 1)
            + LOAD * (2 * self.members[member] + 1)
            + FILLING * (2 * self.roles[role] + 1)
        )


def assign_roles(task: Task, table: Table | None = None) -> dict[Place, Key]:
    """Return who plays each (session, role); as many places are filled as there are people and roles for.

    `table` is `even_table(task)` where the caller has it already.
    """
    table = Counter(even_table(task) if table is None else table)
    counts = _Counts(task)
    plan: dict[Key, list[tuple[Key, Key]]] = {}
    waiting = [session for session in task.free if task.places(session)]
    for place, session in enumerate(waiting):
        plan[session] = _deal(task, session, table, counts, waiting[place:])
        table.subtract(plan[session])
        counts.add(plan[session])
    _even_out(task, plan, counts)
    return {(session, role): member for session, pairs in plan.items() for member, role in pairs}


def table_is_reached(task: Task, plan: Mapping[Place, Key], table: Table | None = None) -> bool:
    """Whether no plan whatever could be more even: `plan` costs what the even table costs, which bounds them all."""
    counts = _Counts(task)
    dealt = [(member, role) for (_, role), member in plan.items()]
    ideal = even_table(task) if table is None else table
    return _cost(counts, dealt) <= _cost(counts, list(ideal.elements()))


def _cost(counts: _Counts, pairs: Sequence[tuple[Key, Key]]) -> int:
    total = 0
    for pair in pairs:
        total += counts.price(*pair)
        counts.add([pair])
    counts.add(pairs, by=-1)
    return total


def even_table(task: Task) -> Table:
    """Return how often each (member, role) should come up: the most even table that presence and free roles allow."""
    counts, graph = _Counts(task), nx.MultiDiGraph()
    wanted = sum(task.places(session) for session in task.free)
    if not wanted:
        return Counter()
    offered = Counter(role for roles in task.free.values() for role in roles)
    days = {member: sum(1 for one in task.free if (one, member) not in task.absent) for member in task.members}
    graph.add_node("source", demand=-wanted)
    graph.add_node("sink", demand=wanted)
    for member in task.members:
        _add_steps(graph, "source", ("member", member), days[member], LOAD, counts.members[member])
        for role in task.roles:
            both = sum(1 for one, roles in task.free.items() if role in roles and (one, member) not in task.absent)
            _add_steps(graph, ("member", member), ("role", role), both, VARIETY, counts.pairs[member, role])
    for role in task.roles:
        _add_steps(graph, ("role", role), "sink", offered[role], FILLING, counts.roles[role])
    flow = nx.min_cost_flow(graph)
    table: Table = Counter()
    for member in task.members:
        # Who is never there is no part of the flow.
        for role, steps in flow.get(("member", member), {}).items():
            table[member, role[1]] = sum(steps.values())
    return table


def _add_steps(graph: Any, start: Any, end: Any, most: int, weight: int, before: int) -> None:
    """Let up to `most` pass, each at a higher price: the price of n is n squared, times `weight`."""
    for step in range(before, before + most):
        graph.add_edge(start, end, capacity=1, weight=weight * (2 * step + 1))


def _deal(task: Task, session: Key, table: Table, counts: _Counts, waiting: Sequence[Key]) -> list[tuple[Key, Key]]:
    """Choose a session's pairs from the table, first for those who have no session to spare."""
    left_of_member: Counter[Key] = Counter()
    left_of_role: Counter[Key] = Counter()
    for (member, role), times in table.items():
        left_of_member[member] += max(times, 0)
        left_of_role[role] += max(times, 0)
    prices = {}
    for member in task.here(session):
        days = sum(1 for one in waiting if (one, member) not in task.absent)
        for role in task.free[session]:
            offers = sum(1 for one in waiting if role in task.free[one])
            urgent = (left_of_member[member] >= days) + (left_of_role[role] >= offers)
            outside = 0 if table[member, role] > 0 else OUTSIDE_TABLE
            prices[member, role] = counts.price(member, role) + outside - URGENT * urgent
    return _cheapest_pairs(prices, task.places(session))


def _even_out(task: Task, plan: dict[Key, list[tuple[Key, Key]]], counts: _Counts) -> None:
    """Solve each session anew against all the others, as long as that makes anything more even."""
    for _ in range(MOST_ROUNDS):
        is_better = False
        for session, pairs in plan.items():
            counts.add(pairs, by=-1)
            prices = {(one, role): counts.price(one, role) for one in task.here(session) for role in task.free[session]}
            fresh = _cheapest_pairs(prices, len(pairs))
            if sum(prices[pair] for pair in fresh) < sum(prices[pair] for pair in pairs):
                pairs, is_better = fresh, True
            plan[session] = pairs
            counts.add(pairs)
        if not is_better:
            return


def _cheapest_pairs(prices: Mapping[tuple[Key, Key], int], wanted: int) -> list[tuple[Key, Key]]:
    """Return `wanted` pairs of least price in sum, no member and no role twice."""
    graph = nx.DiGraph()
    graph.add_node("source", demand=-wanted)
    graph.add_node("sink", demand=wanted)
    for (member, role), price in prices.items():
        graph.add_edge("source", ("member", member), capacity=1, weight=0)
        graph.add_edge(("member", member), ("role", role), capacity=1, weight=price)
        graph.add_edge(("role", role), "sink", capacity=1, weight=0)
    flow = nx.min_cost_flow(graph)
    return [(member, role) for member, role in prices if flow[("member", member)][("role", role)]]
