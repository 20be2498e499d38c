"""Looks after the children until a signal says stop."""

import signal
import time
from collections.abc import Callable
from types import FrameType

from readinggroup.running.processes import Child

#: Seconds a child gets to finish what it is doing.
PATIENCE = 15.0


class Supervisor:
    """Starts children in order, revives the dead, and on SIGINT or SIGTERM stops all in reverse order."""

    def __init__(self, tell: Callable[[str], None]) -> None:
        self.children: list[Child] = []
        self.stopping = False
        self._tell = tell

    def __enter__(self) -> "Supervisor":
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._on_signal)
        return self

    def __exit__(self, *exception: object) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)
        for child in reversed(self.children):
            child.stop(PATIENCE)

    def add(self, child: Child) -> Child:
        """Look after a child, starting it unless it runs already."""
        if not child.is_running:
            child.start()
        self.children.append(child)
        return child

    def run(self) -> None:
        """Keep the children alive until a signal arrives."""
        while not self.stopping:
            time.sleep(0.25)
            for child in self.children:
                said = "" if self.stopping else child.revive()
                if said:
                    self._tell(said)

    def _on_signal(self, number: int, frame: FrameType | None) -> None:
        self.stopping = True
        raise KeyboardInterrupt
