"""`python -m tests.faults.dying after_send:3 run`: as `henji run`, and dead at that point's third passing.

Started by `life` in place of `python -m bots`. It kills itself with SIGKILL, so that nothing at all happens
after the point, neither in the loop nor in another thread.
"""

import os
import signal
import sys

from bots.cli import main
from tests.faults.points import POINTS, set_traps


class Fuse:
    """Dies when it has burnt down."""

    def __init__(self, passings: int) -> None:
        self._left = passings

    def burns(self) -> None:
        """One passing less to live."""
        self._left -= 1
        if self._left == 0:
            os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    point, _, passings = sys.argv.pop(1).partition(":")
    set_traps(POINTS[point], Fuse(int(passings)).burns)
    main()
