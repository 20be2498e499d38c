"""A sequence that may be longer than fits in memory."""

import pickle
from array import array
from collections.abc import Iterable, Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any, TypeVar, overload

Item = TypeVar("Item")

#: So many items are written together, and read together.
GROUP = 100


class Spool(Sequence[Item]):
    """Items that are put in at the end and read in their order, most of which lie in a temporary file.

    `settle` writes what was put in before. From then on an item is read as a copy of what it was: who changes it
    changes the copy. Until then it is what was put in. Fewer than GROUP items make no file.
    """

    def __init__(self, items: Iterable[Item] = ()) -> None:
        self._file: IO[bytes] | None = None
        self._places = array("Q")
        self._open: list[Item] = []
        self._read: tuple[int, list[Item]] = (-1, [])
        for item in items:
            self.append(item)
            self.settle()

    def append(self, item: Item) -> None:
        self._open.append(item)

    def extend(self, items: Iterable[Item]) -> None:
        for item in items:
            self.append(item)

    def settle(self, *, but_last: int = 0) -> None:
        """Let go of what was put in, apart from the `but_last` last items, as soon as there are enough of them."""
        while len(self._open) - but_last >= GROUP:
            self._write(self._open[:GROUP])
            del self._open[:GROUP]

    def _write(self, group: list[Item]) -> None:
        if self._file is None:
            self._file = TemporaryFile()  # noqa: SIM115 -- it lives as long as the spool
        self._places.append(self._file.seek(0, 2))
        pickle.dump(group, self._file, protocol=pickle.HIGHEST_PROTOCOL)

    def _group(self, number: int) -> list[Item]:
        if number == len(self._places):
            return self._open
        if self._read[0] != number and self._file is not None:
            self._file.seek(self._places[number])
            self._read = (number, pickle.load(self._file))  # noqa: S301 -- nobody else reaches the file
        return self._read[1]

    def __len__(self) -> int:
        return len(self._places) * GROUP + len(self._open)

    def __iter__(self) -> Iterator[Item]:
        for number in range(len(self._places)):
            yield from self._group(number)
        yield from self._open

    @overload
    def __getitem__(self, place: int) -> Item: ...
    @overload
    def __getitem__(self, place: slice) -> list[Item]: ...
    def __getitem__(self, place: int | slice) -> Any:
        if isinstance(place, slice):
            return [self[number] for number in range(*place.indices(len(self)))]
        place = place + len(self) if place < 0 else place
        if not 0 <= place < len(self):
            raise IndexError(place)
        number = min(place // GROUP, len(self._places))
        return self._group(number)[place - number * GROUP]

    def batches(self, size: int) -> Iterator[list[Item]]:
        """All items, `size` at a time."""
        batch: list[Item] = []
        for item in self:
            batch.append(item)
            if len(batch) == size:
                yield batch
                batch = []
        if batch:
            yield batch
