"""A long sequence lies in a file: it reads like a list, and lets go of what was settled."""

import pytest

from readinggroup.spool import GROUP, Spool

MANY = 2 * GROUP + 5


def settled(items):
    spool = Spool(items)
    spool.settle()
    return spool


@pytest.mark.parametrize("count", [0, 1, GROUP - 1, GROUP, GROUP + 1, MANY])
def test_reads_like_a_list(count):
    items = [f"item {number}" for number in range(count)]
    spool = settled(items)
    assert list(spool) == items
    assert list(reversed(spool)) == items[::-1]
    assert [spool[place] for place in range(-count, count)] == items + items
    assert spool[1:] == items[1:]
    assert spool[-3:] == items[-3:]
    assert len(spool) == count
    assert bool(spool) == bool(items)
    assert [item for batch in spool.batches(7) for item in batch] == items
    assert all(len(batch) <= 7 for batch in spool.batches(7))
    with pytest.raises(IndexError):
        spool[count]


def test_goes_on_after_it_was_read():
    spool = settled(range(MANY))
    assert spool[0] == 0
    spool.append(MANY)
    spool.extend(range(MANY + 1, 3 * MANY))
    spool.settle()
    assert list(spool) == list(range(3 * MANY))


def test_what_is_not_settled_may_still_change():
    spool = Spool([])
    last = ["open"]
    spool.extend(["settled"] for _ in range(MANY))
    spool.append(last)
    spool.settle(but_last=1)
    last.append("changed")
    assert spool[-1] == ["open", "changed"]
    spool[0].append("a copy")
    assert spool[GROUP] == spool[0] == ["settled"] or spool[0] == ["settled"]


def test_two_readers_do_not_disturb_each_other():
    spool = settled(range(MANY))
    assert list(zip(spool, reversed(spool), strict=True)) == list(zip(range(MANY), range(MANY)[::-1], strict=True))
