"""Whose turn it is among the partitions.

Used by the alarms and the outbox to share out a limit. Remembers, between looks, how much was due where, so
that a long backlog costs one round trip a batch, and looks again soon, so that nobody waits behind it. Never
talks to Redis.
"""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from adapters.redis.keys import PARTITIONS

CHUNK: Final = 100
"""How many one partition is given before the next has its turn."""

MOST: Final = 1_000
"""How many at most from one partition: Lua hands only so many arguments to a command."""

LOOK_AFTER: Final = 10
"""After how many shares to look again although work is left."""


class Rounds:
    """Shares of work for the partitions, each in turn."""

    def __init__(self) -> None:
        self._due = [0] * PARTITIONS
        self._expected: Counter[int] = Counter()
        self._first = 0
        self._shared = LOOK_AFTER

    def need_look(self) -> bool:
        """Whether it is time to ask every partition how much is due."""
        return self._shared >= LOOK_AFTER or not (any(self._due) or self._expected)

    def looked(self, due: Sequence[int]) -> None:
        """Remember what every partition said."""
        self._due = list(due)
        self._shared = 0

    def expect(self, partition: int, count: int) -> None:
        """So many more are due in a partition, as whoever put them there says: these need no look."""
        self._expected[partition] += count

    def shares(self, limit: int) -> dict[int, int]:
        """How many to ask of which partition; what is asked for counts as given."""
        self._shared += 1
        for partition, count in self._expected.items():
            self._due[partition] += count
        self._expected.clear()
        shares: dict[int, int] = {}
        while limit > 0 and any(self._due):
            for step in range(PARTITIONS):
                partition = (self._first + step) % PARTITIONS
                share = min(self._due[partition], CHUNK, limit)
                if share:
                    shares[partition] = min(shares.get(partition, 0) + share, MOST)
                    self._due[partition] -= share
                    limit -= share
                if not limit:
                    self._first = (partition + 1) % PARTITIONS
                    break
        return shares

    def gave(self, partition: int, asked: int, given: int) -> None:
        """A partition that gave less than it was asked for has no more."""
        if given < asked:
            self._due[partition] = 0
