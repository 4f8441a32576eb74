"""Lives of Henji, one after another, each a process of its own: `henji run`, with its traps set.

Run by `life` as `python -m tests.faults.cradle`: reads on each line how a life begins, says its process's id
and how it ended. Everything is imported by then, so that a life begins at once. A life that passes its point
for the last time kills itself with SIGKILL: nothing happens after, in no task and no thread.
"""

import json
import os
import signal
import sys
from typing import Any

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


def lives(how: dict[str, Any]) -> int:
    """Live; the exit code, where it comes to that."""
    os.environ.clear()  # noqa: TID251 -- a life has only the settings that the test names
    os.environ.update(how["settings"])  # noqa: TID251
    os.chdir(how["folder"])
    with open(how["log"], "ab") as log:  # noqa: PTH123 -- its number is what is needed
        for stream in (sys.stdout, sys.stderr):
            os.dup2(log.fileno(), stream.fileno())
    if how["dies_at"]:
        point, _, passings = how["dies_at"].partition(":")
        set_traps(POINTS[point], Fuse(int(passings)).burns)
    sys.argv = ["henji", "run"]
    try:
        main()
    except SystemExit as error:
        return error.code if isinstance(error.code, int) else 1
    return 0


def one_after_another() -> None:
    """Until there is nothing more to read."""
    for line in sys.stdin:
        process = os.fork()
        if process == 0:
            os._exit(lives(json.loads(line)))
        print(process, flush=True)  # noqa: T201 -- said to whoever began it
        _, status = os.waitpid(process, 0)
        print(os.waitstatus_to_exitcode(status), flush=True)  # noqa: T201


if __name__ == "__main__":
    print("ready", flush=True)  # noqa: T201
    one_after_another()
