"""Discord's ids: an instant in milliseconds and a counter, so that ids made later are greater.

`world` gives everything its id from here; tests read instants back. The clock is the story's, never the
machine's. https://discord.com/developers/docs/reference#snowflakes
"""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

EPOCH = datetime(2015, 1, 1, tzinfo=UTC)
_BITS = 22


class Snowflakes:
    """Fresh ids by a clock; each is greater than the one before, also when the clock stands still."""

    def __init__(self, now: Callable[[], datetime]) -> None:
        self._now = now
        self._last = 0

    def new(self) -> str:
        """The next id, as Discord's JSON has it: a number in a string."""
        millis = (self._now() - EPOCH) // timedelta(milliseconds=1)
        self._last = max(millis << _BITS, self._last + 1)
        return str(self._last)


def instant(snowflake: str) -> datetime:
    """When this id was made, to the millisecond, in UTC."""
    return EPOCH + timedelta(milliseconds=int(snowflake) >> _BITS)
