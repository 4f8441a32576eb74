"""`python -m tests.benchmarks [name ...]`: measure all of it, or what is named, and print the table.

Called by `make bench`. Writes `.bench/latest.json` after a whole run only. Ends with an error where anything
could not be measured: no row is ever left out. A missed target is shown, and is no error.
"""

import logging
import sys
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Final

from rich.console import Console

from bots import logs
from bots.clock import monotonic
from bots.run import in_loop
from tests.benchmarks import alarms, delivery, interactions, memory, relay, starting, submission
from tests.benchmarks.rows import Row, Say, table, write

BENCHMARKS: Final[dict[str, Callable[[Say], Awaitable[list[Row]]]]] = {
    "submission": submission.measure,
    "interactions": interactions.measure,
    "delivery": delivery.measure,
    "relay": relay.measure,
    "memory": memory.measure,
    "alarms": alarms.measure,
    "starting": starting.measure,
}
FOUND: Final = Path(__file__).resolve().parents[2] / ".bench" / "latest.json"


def main(names: list[str]) -> int:
    """Measure what is named, everything without a name."""
    unknown = [name for name in names if name not in BENCHMARKS]
    if unknown:
        sys.stderr.write(f"There is no {', '.join(unknown)}: {', '.join(BENCHMARKS)}.\n")
        return 2
    logs.set_up("console")
    logging.getLogger().setLevel(logging.ERROR)
    progress = Console(stderr=True)
    rows: list[Row] = []
    for name in names or BENCHMARKS:
        rows += _measured(name, progress)
    Console(width=None if sys.stdout.isatty() else 140).print(table(rows))
    if not names:
        write(rows, FOUND)
    return 0


def _measured(name: str, progress: Console) -> list[Row]:
    begun = monotonic()

    def say(what: str) -> None:
        progress.print(f"[{monotonic() - begun:5.0f} s] {name}: {what}", markup=False, highlight=False)

    async def measure() -> list[Row]:
        return await BENCHMARKS[name](say)

    return in_loop(measure())


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
