"""Several processes that draw the pages of one opened document.

They are forked from the process that opened it, since PDFium must not be used by two threads, and take the next page
from a queue in a pipe. Together they may use as much memory as one alone would; a page that does not fit into a part of
it is drawn once more at the end, alone, with all of it.
"""

import fcntl
import json
import os
import re
import resource
import signal
import struct
import sys
from collections.abc import Callable
from pathlib import Path

#: A page's index in the queue. A pipe holds 64 KiB, many times the most pages a deck may have.
_INDEX = struct.Struct("=I")
#: What one process needs to draw ordinary pages; with less there are fewer processes.
LEAST_MEMORY = 320 << 20

DRAWN, BLANK = 0, 1


def say(event: str, **facts: object) -> None:
    """Print one line for the process that started this program."""
    sys.stdout.write(json.dumps({"event": event, **facts}) + "\n")
    sys.stdout.flush()


class Crew:
    """Draws pages with `draw_page(index) -> dict`, whose facts are said as a `slide`; `is_blank` among them is for us.

    `at_start` runs in each forked process. `lock` names a file that keeps lines of several processes apart.
    """

    def __init__(
        self,
        draw_page: Callable[[int], dict[str, object]],
        *,
        processes: int,
        memory_bytes: int,
        at_start: Callable[[], None],
        lock: Path,
    ) -> None:
        self.draw_page = draw_page
        self.processes = max(1, min(processes, memory_bytes // LEAST_MEMORY))
        self.memory_bytes = memory_bytes
        self.at_start = at_start
        self.lock = lock
        self.results = lock.with_name("results")

    def draw(self, pages: int) -> int:
        """Draw all pages and return how many are not blank; what kills a lone process kills this one."""
        if pages == 1 or self.processes == 1:
            return sum(self._draw_and_say(index) for index in range(pages))
        self.results.touch()
        queue = self._queue(range(pages))
        crew = [self._fork(queue, self.memory_bytes // self.processes) for _ in range(min(self.processes, pages))]
        os.close(queue)
        for pid in crew:
            _status_of(pid)
        done = self._done()
        # What a process with a part of the memory could not draw, or took with it when it died.
        drawn = sum(self._draw_and_say(index) for index in range(pages) if index not in done)
        return drawn + sum(done.values())

    def peak_memory_bytes(self) -> int:
        """The most memory that all of them can have had at once; pages that they share are counted for each."""
        largest_of_crew = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024
        return _own_peak_bytes() + self.processes * largest_of_crew

    def _queue(self, indexes: range) -> int:
        reading, writing = os.pipe()
        os.write(writing, b"".join(map(_INDEX.pack, indexes)))
        os.close(writing)
        return reading

    def _fork(self, queue: int, memory_bytes: int) -> int:
        pid = os.fork()
        if pid:
            return pid
        status = 1
        try:
            self.at_start()
            resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
            self._work(queue)
            status = 0
        except MemoryError:
            status = 0
        finally:
            os._exit(status)

    def _work(self, queue: int) -> None:
        with open(self.lock, "w") as lock, open(self.results, "ab", buffering=0) as results:
            while entry := os.read(queue, _INDEX.size):
                (index,) = _INDEX.unpack(entry)
                slide = self.draw_page(index)
                is_blank = bool(slide.pop("is_blank"))
                # Locks of this kind belong to a process, so they hold between forked ones.
                fcntl.lockf(lock, fcntl.LOCK_EX)
                say("slide", **slide)
                results.write(struct.pack("=IB", index, BLANK if is_blank else DRAWN))
                fcntl.lockf(lock, fcntl.LOCK_UN)

    def _done(self) -> dict[int, bool]:
        """Which pages were said, and whether something is on them."""
        return {index: state == DRAWN for index, state in struct.iter_unpack("=IB", self.results.read_bytes())}

    def _draw_and_say(self, index: int) -> bool:
        slide = self.draw_page(index)
        is_blank = bool(slide.pop("is_blank"))
        say("slide", **slide)
        return not is_blank


def _status_of(pid: int) -> None:
    """Wait for a forked process; one that used up its processor time takes this one along, by the same signal."""
    _, status = os.waitpid(pid, 0)
    if os.WIFSIGNALED(status) and os.WTERMSIG(status) in (signal.SIGXCPU, signal.SIGKILL):
        os.kill(os.getpid(), os.WTERMSIG(status))


def _own_peak_bytes() -> int:
    """The most memory that this program had; what getrusage tells on Linux includes that of the one that started it."""
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        status = ""
    own = re.search(r"^VmHWM:\s*(\d+) kB$", status, re.MULTILINE)
    return (int(own[1]) if own else resource.getrusage(resource.RUSAGE_SELF).ru_maxrss) * 1024
