"""The wall clock and the monotonic clock: the only place where the time is read.

Handed by bots to whatever needs the time; everything else takes it as an argument. Never sleeps.
"""

import time
from datetime import UTC, datetime


def now() -> datetime:
    """This instant, aware, in UTC."""
    return datetime.now(UTC)


def monotonic() -> float:
    """Seconds that only ever go forward, for measuring how long something took."""
    return time.monotonic()
